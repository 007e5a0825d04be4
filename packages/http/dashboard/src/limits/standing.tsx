import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { readSpending } from '../api/reads.ts';
import type { Limit } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { fromMinor, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { parseAmount } from '../money/parse-amount.ts';
import { Bar, share } from './limit-bar.tsx';
import { periodHolding, type Stretch } from './limit-period.ts';
import { percentOf, stateOf } from './limit-preview.ts';
import { readFirstDay, readThresholds, type Terms } from './limit-terms.ts';
import { periodInWords } from './period-words.ts';
import { addDays, isDay } from '../days/day.ts';

interface StandingProps {
  readonly wallet: Wallet;
  readonly terms: Terms;
  readonly limit: Limit | undefined;
}

const PAUSE_MS = 200;

/** The period the preview speaks of: the one that holds today, or that of a custom limit. */
function presentPeriod(terms: Terms, today: string): Stretch | undefined {
  const to = isDay(terms.until) ? addDays(terms.until, 1) : undefined;
  const own = terms.period === 'custom' && isDay(terms.from) && to !== undefined ? { from: terms.from, to } : {};
  return periodHolding({ period: terms.period, firstDay: readFirstDay(terms) ?? 1, ...own }, today);
}

/** What is carried into the present period: known only of a limit that goes on as it was. */
function carriedOf(terms: Terms, limit: Limit | undefined, stretch: Stretch): string | undefined {
  const goesOn =
    limit !== undefined &&
    limit.rollover === terms.rollover &&
    (limit.cap ?? '') === terms.cap &&
    limit.current.from === stretch.from &&
    limit.current.to === stretch.to;
  return goesOn ? limit.current.carried : undefined;
}

/** What was spent in a stretch in what the limit counts; of a tag only when the limit has counted it already. */
function useSpent({ wallet, terms, limit }: StandingProps, stretch: Stretch | undefined): string | undefined {
  const spent = useSignal<string | undefined>(undefined);
  const scope = terms.what === 'category' ? terms.scope.trim() : null;
  const { from, to } = stretch ?? { from: '', to: '' };
  useEffect(() => {
    if (terms.what === 'tag' || from === '') return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      readSpending(wallet.id, { from, to }).then(
        (report) => {
          if (gone) return;
          const zero = fromMinor(0n, wallet.decimals);
          spent.value = scope === null ? report.total : (report.rows.find((row) => row.category === scope)?.total ?? zero);
        },
        () => (spent.value = undefined),
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [wallet.id, wallet.version, terms.what, scope, from, to]);
  if (terms.what !== 'tag') return spent.value;
  return limit !== undefined && limit.tag === terms.tag && limit.current.from === from ? limit.current.spent : undefined;
}

/** Where a limit with these terms would stand now, before it is set. */
export function Standing(props: StandingProps) {
  const { wallet, terms, limit } = props;
  const stretch = presentPeriod(terms, wallet.today);
  const spent = useSpent(props, stretch);
  if (stretch === undefined) return <p class="quiet">Choose the first and the last day to see where it would stand.</p>;
  const when = periodInWords(terms.period, stretch.from, stretch.to);
  if (terms.what === 'category' && terms.scope.trim() === '')
    return <p class="quiet">Name a category to see where it would stand.</p>;
  if (spent === undefined) {
    return (
      <p class="quiet">
        {terms.what === 'tag'
          ? 'Where a new limit of a tag stands shows once it is saved.'
          : `Reading what was spent in ${when}.`}
      </p>
    );
  }
  const carried = carriedOf(terms, limit, stretch);
  const parsed = parseAmount(terms.amount, wallet.decimals);
  if (!parsed.ok) {
    return (
      <p class="quiet">
        Spent in {when}: <Amt value={spent} />. Nothing changes until you save.
      </p>
    );
  }
  const budget = parsed.minor + toMinor(carried ?? '0');
  const left = budget - toMinor(spent);
  const percent = percentOf(toMinor(spent), budget);
  const thresholds = readThresholds(terms.thresholds) ?? [80, 100];
  const says = percent === null ? 'There is nothing to spend now' : `It would stand at ${percent} percent now`;
  return (
    <div class="standing">
      <Bar
        percent={share(spent, fromMinor(budget, wallet.decimals))}
        marks={thresholds}
        state={stateOf(toMinor(spent), budget, thresholds)}
        label={says}
      />
      <p class="quiet" role="status">
        Now, in {when}: <Amt value={spent} /> of <Amt value={fromMinor(budget, wallet.decimals)} />
        {percent !== null && `, ${percent} %`}, <Amt value={fromMinor(left, wallet.decimals)} bare />{' '}
        {left < 0n ? 'over' : 'left'}.{' '}
        {carried === undefined && terms.rollover !== 'none' && 'What earlier periods carry comes on top once it is saved. '}
        Nothing changes until you save.
      </p>
    </div>
  );
}

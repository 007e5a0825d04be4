import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { readSpending } from '../api/reads.ts';
import type { Period, Wallet } from '../api/types.ts';
import { addDays, addMonths, monthStart, weekdayOf } from '../days/day.ts';
import { fromMinor, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { parseAmount } from '../money/parse-amount.ts';
import { Bar, share } from './limit-bar.tsx';
import { stateOf } from './limit-preview.ts';
import { periodInWords } from './limit-words.ts';

interface StandingProps {
  readonly wallet: Wallet;
  readonly scope: string | null;
  readonly period: Period;
  readonly amount: string;
  readonly thresholds: readonly number[];
}

function presentPeriod(period: Period, today: string): { readonly from: string; readonly to: string } {
  if (period === 'day') return { from: today, to: addDays(today, 1) };
  if (period === 'month') return { from: monthStart(today), to: addMonths(today, 1) };
  if (period === 'year') return { from: `${today.slice(0, 4)}-01-01`, to: `${Number(today.slice(0, 4)) + 1}-01-01` };
  const from = addDays(today, 1 - weekdayOf(today));
  return { from, to: addDays(from, 7) };
}

const PAUSE_MS = 200;

/** Where a limit with these terms would stand now, before it is set. */
export function Standing({ wallet, scope, period, amount, thresholds }: StandingProps) {
  const spent = useSignal<string | undefined>(undefined);
  const { from, to } = presentPeriod(period, wallet.today);
  useEffect(() => {
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
  }, [wallet.id, wallet.version, scope, from, to]);
  const parsed = parseAmount(amount, wallet.decimals);
  const when = periodInWords(period, from, to);
  if (spent.value === undefined) return <p class="quiet">Reading what was spent in {when}.</p>;
  if (!parsed.ok) {
    return (
      <p class="quiet">
        Spent in {when}: <Amt value={spent.value} />. Nothing changes until you save.
      </p>
    );
  }
  const left = fromMinor(parsed.minor - toMinor(spent.value), wallet.decimals);
  const percent = share(spent.value, parsed.amount);
  const over = toMinor(left) < 0n;
  return (
    <div class="standing">
      <Bar
        percent={percent}
        marks={thresholds}
        state={stateOf(toMinor(spent.value), parsed.minor, thresholds)}
        label={`It would stand at ${Math.floor(percent)} percent now`}
      />
      <p class="quiet" role="status">
        Now, in {when}: <Amt value={spent.value} /> of <Amt value={parsed.amount} />, {Math.floor(percent)} %,{' '}
        <Amt value={left} bare /> {over ? 'over' : 'left'}. Nothing changes until you save.
      </p>
    </div>
  );
}

import { readLimitHistory } from '../api/limit-reads.ts';
import type { Limit, LimitPeriod } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { dayAndMonth, dayInWords } from '../days/format-day.ts';
import { decimalsOf, fromMinor, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Link, Path } from '../shell/link.tsx';
import { Read, Sheet } from '../shell/sheet.tsx';
import { useOwnResource } from '../state/resource.ts';
import { Bar, Scale, share } from './limit-bar.tsx';
import { HistoryBars } from './history-bars.tsx';
import { HistoryTable } from './history-table.tsx';
import { barInWords, CARRIES } from './limit-words.ts';
import { periodInWords, rhythmInWords } from './period-words.ts';

interface HistoryProps {
  readonly wallet: Wallet;
  readonly limit: Limit;
}

/** One limit over its periods: where it stands, what was planned, carried, spent and left, and what changed when. */
export function LimitHistoryView({ wallet, limit }: HistoryProps) {
  const history = useOwnResource(() => readLimitHistory(wallet.id, limit.id), `${wallet.id} ${limit.id}`, wallet.version);
  return (
    <>
      <Now wallet={wallet} limit={limit} />
      <div class="cols">
        <Sheet id="periods" title="By period" class="c8" note="spent, against what there was to spend">
          <Read from={history} rows={14}>
            {({ rows }) => (
              <>
                <HistoryBars rows={rows} period={limit.period} />
                <HistoryTable rows={rows} limit={limit} decimals={wallet.decimals} />
              </>
            )}
          </Read>
        </Sheet>
        <div class="stack c4">
          <Thresholds limit={limit} />
          <Sheet id="changes" title="Changes">
            <Read from={history} rows={2}>
              {({ rows }) => <Changes rows={rows} limit={limit} />}
            </Read>
          </Sheet>
        </div>
      </div>
    </>
  );
}

function Now({ wallet, limit }: HistoryProps) {
  const { left, carried, budget, spent, percent, state, from, to, daysLeft } = limit.current;
  const over = toMinor(left) < 0n;
  return (
    <section class="limit-now" aria-labelledby="limit-now-h">
      <div class="sheet__head">
        <h2 id="limit-now-h">
          {limit.tag === null ? limit.scope === null ? 'The whole wallet' : <Path category={limit.scope} /> : `#${limit.tag}`}
        </h2>
        <span class="quiet">
          {rhythmInWords(limit)}; {CARRIES[limit.rollover]}
        </span>
        <Link to="/limits">All limits</Link>
      </div>
      <dl class="figures">
        <div class="figure figure--big">
          <dt>
            {over ? 'Over' : 'Left'} in {periodInWords(limit.period, from, to)}
          </dt>
          <dd class="num">
            <span class={over ? 'state--over' : undefined}>
              <Amt value={left} bare />
            </span>
            <span class="cur">{wallet.currency}</span>
          </dd>
          <dd class="basis">{daysLeft === 1 ? 'The last day.' : `${daysLeft} days to go.`}</dd>
        </div>
        <Figure name="Planned" value={limit.amount} basis={`since ${dayInWords(limit.startsOn)}`} />
        <Figure name="Carried in" value={carried} plus basis="makes" and={budget} />
        <Figure name="Spent" value={spent} basis={percent === null ? 'nothing to spend' : `${percent} %`} look="figure--wide" />
      </dl>
      <div>
        <Scale first={limit.thresholds[0] ?? 80} />
        <Bar percent={share(spent, budget)} marks={limit.thresholds} state={state} label={barInWords(limit, wallet.currency)} />
      </div>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly plus?: boolean;
  readonly basis: string;
  readonly and?: string;
  readonly look?: string;
}

function Figure({ name, value, plus, basis, and, look }: FigureProps) {
  return (
    <div class={`figure ${look ?? ''}`}>
      <dt>{name}</dt>
      <dd class="num">
        <Amt value={value} plus={plus === true} />
      </dd>
      <dd class="basis">
        {basis} {and !== undefined && <Amt value={and} />}
      </dd>
    </div>
  );
}

function Thresholds({ limit }: { readonly limit: Limit }) {
  const { budget } = limit.current;
  const minor = toMinor(budget);
  return (
    <Sheet id="thresholds" title="Thresholds" end={<Link to={`/limits?edit=${encodeURIComponent(limit.id)}`}>Change</Link>}>
      <dl class="sum">
        {limit.thresholds.map((threshold) => (
          <div key={threshold}>
            <dt>At {threshold} %</dt>
            <dd>
              <Amt value={atPercent(minor, threshold, budget)} />
            </dd>
          </div>
        ))}
      </dl>
      <p class="sheet__foot">
        Each one alerts once in a period. A correction that brings it back under arms it again.
        {limit.mode === 'block' && ' What would put it over is refused.'}
      </p>
    </Sheet>
  );
}

/** The least that reaches a threshold, in whole minor units. */
function atPercent(budget: bigint, threshold: number, like: string): string {
  const product = budget * BigInt(threshold);
  return fromMinor(product > 0n ? (product + 99n) / 100n : 0n, decimalsOf(like));
}

function Changes({ rows, limit }: { readonly rows: readonly LimitPeriod[]; readonly limit: Limit }) {
  const changes = rows.flatMap((row) => row.changes).toReversed();
  return (
    <div class="story">
      <ol>
        {changes.map(({ startsOn, amount }, index) => (
          <li key={`${startsOn} ${index}`}>
            <Amt value={amount} /> {rhythmInWords(limit)}
            <small>
              from {dayAndMonth(startsOn)} {startsOn.slice(0, 4)}
            </small>
          </li>
        ))}
      </ol>
      {changes.length === 0 && <p class="quiet">Nothing changed in these periods.</p>}
    </div>
  );
}

import type { LimitPeriod, Period } from '../api/limit-types.ts';
import { partsOf } from '../days/day.ts';
import { dayAndMonth, shortMonth } from '../days/format-day.ts';
import { toLength } from '../money/amount.ts';
import { words } from '../money/amt.tsx';
import { hideAmounts } from '../state/settings.ts';
import { gridStep } from './grid-step.ts';
import { periodInWords } from './period-words.ts';

function nameOf(period: Period, from: string): string {
  if (period === 'month' && from.endsWith('-01')) return shortMonth(from);
  if (period === 'year') return from.slice(0, 4);
  if (period === 'quarter' && from.endsWith('-01')) return `Q${Math.ceil(partsOf(from).month / 3)}`;
  return dayAndMonth(from);
}

/** What was spent as bars, and across each an ink line for what there was to spend. */
export function HistoryBars({ rows, period }: { readonly rows: readonly LimitPeriod[]; readonly period: Period }) {
  const most = Math.max(0, ...rows.flatMap(({ spent, budget }) => [toLength(spent), toLength(budget)]));
  const step = gridStep(most);
  const top = Math.max(step, Math.ceil(most / step) * step);
  const height = (amount: string): string => `${(Math.max(0, toLength(amount)) / top) * 100}%`;
  const lines = Array.from({ length: Math.round(top / step) }, (_, index) => index * step);
  const last = rows.at(-1);
  if (last === undefined) return null;
  const over = rows.filter(({ state }) => state === 'over').length;
  const label = `Spent in ${rows.length} periods up to ${periodInWords(period, last.from, last.to)}; over in ${over}. In the last, ${words(last.spent)} of ${words(last.budget)}.`;
  return (
    <figure>
      <div role="img" aria-label={label}>
        <ul class="bars bars--12" aria-hidden="true">
          <li class="bars__y">
            {lines.map((line) => (
              <span key={line} style={{ '--y': `${(line / top) * 100}%` }}>
                <em>{hideAmounts.value ? '' : line.toLocaleString()}</em>
              </span>
            ))}
          </li>
          {rows.map(({ from, spent, budget, state }) => (
            <li key={from}>
              <div class="hist">
                <i class={state === 'over' ? 'crossed' : undefined} style={{ '--v': height(spent) }} />
                <span class="had" style={{ '--y': height(budget) }} />
              </div>
              <span class="m">{nameOf(period, from)}</span>
            </li>
          ))}
        </ul>
      </div>
      <figcaption>
        <ul class="legend">
          <li>
            <span class="key key--out" />
            spent
          </li>
          {over > 0 && (
            <li>
              <span class="key key--crossed" />
              spent, over
            </li>
          )}
          <li>
            <span class="key key--line" />
            to spend: planned and carried
          </li>
        </ul>
      </figcaption>
    </figure>
  );
}

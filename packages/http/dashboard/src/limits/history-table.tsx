import type { Limit, LimitPeriod } from '../api/limit-types.ts';
import { dayAndMonth, shortMonth } from '../days/format-day.ts';
import { sum, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { subjectInWords } from './limit-words.ts';
import { periodInWords } from './period-words.ts';

interface HistoryTableProps {
  readonly rows: readonly LimitPeriod[];
  readonly limit: Limit;
  readonly decimals: number;
}

/** Newest first. */
export function HistoryTable({ rows, limit, decimals }: HistoryTableProps) {
  const total = (pick: (row: LimitPeriod) => string): string => sum(rows.map(pick), decimals);
  const carries = limit.rollover !== 'none';
  return (
    <table class="tbl fold-table history">
      <caption class="sr">{subjectInWords(limit)} by period: planned, carried, spent, and what was left</caption>
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col" class="n">
            Planned
          </th>
          <th scope="col" class="n">
            Carried in
          </th>
          <th scope="col" class="n">
            Spent
          </th>
          <th scope="col" class="n">
            {carries ? 'Left, carried on' : 'Left'}
          </th>
          <th scope="col" class="n">
            Share
          </th>
          <th scope="col">Crossed</th>
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map((row) => (
          <Row key={row.from} row={row} limit={limit} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Together</th>
          <td class="n" data-l="Planned">
            <Amt value={total((row) => row.planned)} />
          </td>
          <td class="n wide-only" />
          <td class="n" data-l="Spent">
            <Amt value={total((row) => row.spent)} />
          </td>
          <td class="wide-only" />
          <td class="wide-only" />
          <td class="wide-only" />
        </tr>
      </tfoot>
    </table>
  );
}

/** Short for a month, so that the row stays one line: Oct 2026. */
function nameOf({ period }: Limit, { from, to }: LimitPeriod): string {
  return period === 'month' && from.endsWith('-01') ? `${shortMonth(from)} ${from.slice(0, 4)}` : periodInWords(period, from, to);
}

function Row({ row, limit }: { readonly row: LimitPeriod; readonly limit: Limit }) {
  const over = toMinor(row.left) < 0n;
  return (
    <tr>
      <th scope="row">{nameOf(limit, row)}</th>
      <td class="n" data-l="Planned">
        <Amt value={row.planned} />
      </td>
      <td class="n" data-l="Carried in">
        <Amt value={row.carried} plus />
      </td>
      <td class="n" data-l="Spent">
        <Amt value={row.spent} />
      </td>
      <td class="n" data-l="Left">
        {over ? (
          <b class="state--over">
            <Amt value={row.left} />
          </b>
        ) : (
          <Amt value={row.left} />
        )}
      </td>
      <td class="n delta" data-l="Share">
        {row.percent === null ? '—' : `${row.percent} %`}
      </td>
      <td class="delta" data-l="Crossed">
        {row.told.length === 0 ? '—' : row.told.map(({ threshold, on }) => `${threshold} % on ${dayAndMonth(on)}`).join(', ')}
      </td>
    </tr>
  );
}

import type { Limit } from '../api/limit-types.ts';
import { readBudget } from '../api/report-reads.ts';
import type { BudgetLimit, BudgetRow } from '../api/report-types.ts';
import type { Wallet } from '../api/types.ts';
import { addMonths, monthStart } from '../days/day.ts';
import { HistoryBars } from '../limits/history-bars.tsx';
import { subjectInWords } from '../limits/limit-words.ts';
import { periodInWords, rhythmInWords } from '../limits/period-words.ts';
import { toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Link } from '../shell/link.tsx';
import { Bones, Empty, Read, Sheet } from '../shell/sheet.tsx';
import { limits } from '../state/books.ts';
import { useOwnResource, useResource } from '../state/resource.ts';
import { type Chosen, stretchInWords, type Times } from './choice.ts';
import { FigureLink, percentInWords } from './figure-link.tsx';
import type { ReportProps } from './report-props.ts';

const SHOWN_BARS = 12;
const SHOWN_ROWS = 60;

/** Every limit against what was spent, period by period. */
export function BudgetView({ wallet, chosen }: ReportProps) {
  const { from, to, times } = chosen;
  const report = useOwnResource(
    () => readBudget(wallet.id, { from, to: begunBy(wallet.today, chosen), ...times }),
    `${wallet.id} budget ${JSON.stringify(chosen)}`,
    wallet.version,
  );
  const terms = useResource(limits.of(wallet.id)).value.value?.items;
  const value = report.value.value;
  if (value === undefined || value.limits.length === 0 || terms === undefined)
    return (
      <Sheet id="budget" title="Budget" note={stretchInWords(from, to)}>
        <Read from={report} rows={14}>
          {(budget) =>
            budget.limits.length > 0 ? (
              <Bones rows={14} />
            ) : (
              <Empty
                action={
                  <Link class="btn" to="/limits?new=1">
                    Set a limit
                  </Link>
                }
              >
                No limit was set in {stretchInWords(from, to)}, so there is nothing to compare with.
              </Empty>
            )
          }
        </Read>
      </Sheet>
    );
  return (
    <>
      {value.limits.map((each) => (
        <BudgetSheet key={each.id} wallet={wallet} budget={each} limit={terms.find(({ id }) => id === each.id)} times={times} />
      ))}
    </>
  );
}

/** Periods that have not begun have nothing to compare: a year that runs goes to the end of its month. */
function begunBy(today: string, { from, to, stretch }: Chosen): string {
  const end = addMonths(monthStart(today), 1);
  return stretch === 'own' || to <= end || end <= from ? to : end;
}

interface BudgetSheetProps {
  readonly wallet: Wallet;
  readonly budget: BudgetLimit;
  readonly limit: Limit | undefined;
  readonly times: Times;
}

function BudgetSheet({ wallet, budget, limit, times }: BudgetSheetProps) {
  const name = limit === undefined ? nameOfRemoved(budget) : subjectInWords(limit);
  const newest = budget.rows.toReversed().slice(0, SHOWN_ROWS);
  const left = budget.rows.length - newest.length;
  return (
    <Sheet
      id={`budget-${budget.id}`}
      title={name}
      note={`${limit === undefined ? 'a limit that was removed' : rhythmInWords(limit)}, ${wallet.currency}`}
    >
      {limit !== undefined && budget.rows.length > 1 && (
        <HistoryBars rows={budget.rows.slice(-SHOWN_BARS)} period={limit.period} />
      )}
      <BudgetTable name={name} rows={newest} nameOf={(row) => nameOf(row, limit)} times={times} budget={budget} />
      {(left > 0 || !budget.complete) && <p class="sheet__foot">The newest {SHOWN_ROWS} periods are shown.</p>}
    </Sheet>
  );
}

const nameOf = ({ from, to }: BudgetRow, limit: Limit | undefined): string =>
  limit === undefined ? stretchInWords(from, to) : `${periodInWords(limit.period, from, to)}`;

function nameOfRemoved({ rows }: BudgetLimit): string {
  const drill = rows[0]?.drill;
  return drill?.category ?? (drill?.tag === undefined ? 'The whole wallet' : `#${drill.tag}`);
}

interface BudgetTableProps {
  readonly name: string;
  readonly rows: readonly BudgetRow[];
  readonly nameOf: (row: BudgetRow) => string;
  readonly times: Times;
  readonly budget: BudgetLimit;
}

function BudgetTable({ name, rows, nameOf: say, times, budget }: BudgetTableProps) {
  return (
    <details class="astable astable--kept" open>
      <summary>Show as a table</summary>
      <table class="tbl fold-table">
        <caption class="sr">{name}: planned, carried, spent and left in each period</caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            {['Planned', 'Carried in', 'Spent', 'Left', 'Share'].map((head) => (
              <th scope="col" class="n" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.from}>
              <th scope="row">
                {say(row)}
                {row.partial && <span class="quiet"> whole period</span>}
              </th>
              <td class="n" data-l="Planned">
                <Amt value={row.planned} />
              </td>
              <td class="n" data-l="Carried in">
                <Amt value={row.carried} plus />
              </td>
              <td class="n" data-l="Spent">
                <FigureLink value={row.spent} drill={row.drill} times={times} />
              </td>
              <td class="n" data-l="Left">
                <FigureLink value={row.left} drill={row.drill} times={times} over={toMinor(row.left) < 0n} />
              </td>
              <td class="n delta" data-l="Share">
                {percentInWords(row.percent)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td class="n" data-l="Planned">
              <Amt value={budget.planned} />
            </td>
            <td class="wide-only" />
            <td class="n" data-l="Spent">
              <Amt value={budget.spent} />
            </td>
            <td class="wide-only" colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </details>
  );
}

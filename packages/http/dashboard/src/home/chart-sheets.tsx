import type { ForecastReport } from '../api/schedule-types.ts';
import type { BalanceReport, CashflowReport, Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { dayAndMonth, dayInWords, monthAndYear, shortMonth } from '../days/format-day.ts';
import { toMinor } from '../money/amount.ts';
import { aboutInWords, Amt, words } from '../money/amt.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { ahead } from '../state/ahead.ts';
import { flow, line } from '../state/books.ts';
import { useResource } from '../state/resource.ts';
import { Chart } from './chart.tsx';

export function BalanceSheet({ wallet }: { readonly wallet: Wallet }) {
  const read = useResource(ahead.of(wallet.id)).value.value;
  const coming = read === undefined || read.series.length === 0 ? undefined : read;
  const until = coming === undefined ? '' : `, forecast to ${dayInWords(addDays(coming.to, -1))}`;
  return (
    <Sheet id="line" title="Balance" class="c6" note={`day by day${until}`}>
      <Read from={line.of(wallet.id)} rows={7}>
        {(report) =>
          wallet.entries === 0 ? (
            <Empty>The line begins with your first entry.</Empty>
          ) : (
            <BalanceFigure report={report} coming={coming} wallet={wallet} />
          )
        }
      </Read>
    </Sheet>
  );
}

interface BalanceFigureProps {
  readonly report: BalanceReport;
  readonly coming: ForecastReport | undefined;
  readonly wallet: Wallet;
}

/** "forecast for 31 December ≈ 5,600" */
function forecastInWords({ to, closing }: ForecastReport): string {
  return `forecast for ${dayInWords(addDays(to, -1))} ${aboutInWords(closing)}`;
}

function BalanceFigure({ report, coming, wallet }: BalanceFigureProps) {
  const first = report.series[0];
  const last = report.series.at(-1);
  const lowest = report.series.toSorted((left, right) => (toMinor(left.balance) < toMinor(right.balance) ? -1 : 1))[0];
  if (first === undefined || last === undefined || lowest === undefined) return null;
  const label = `Balance from ${dayInWords(first.from)} ${first.from.slice(0, 4)} to today, from ${words(first.balance)} to ${words(last.balance)} ${wallet.currency}${coming === undefined ? '' : `; ${forecastInWords(coming)}`}.`;
  const months = report.series.filter((day, index) => index === report.series.length - 1 || day.to.endsWith('-01'));
  return (
    <figure>
      <Chart label={label} data={{ sort: 'balance', report, ahead: coming }} />
      <figcaption class="legend sheet__foot">
        <span>
          Lowest <Amt value={lowest.balance} /> on {dayAndMonth(lowest.from)}; today <Amt value={last.balance} />.
        </span>
        {coming !== undefined && (
          <span>
            Dashed: your schedules and plans. Lowest {aboutInWords(coming.lowest.balance)} on {dayAndMonth(coming.lowest.on)}.
          </span>
        )}
      </figcaption>
      <details class="astable">
        <summary>Show as a table</summary>
        <table class="tbl">
          <caption class="sr">Balance at the end of each month</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" class="n">
                Balance at its end, {wallet.currency}
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map((day) => (
              <tr key={day.from}>
                <th scope="row">
                  {monthAndYear(day.from)}
                  {!day.to.endsWith('-01') && ', so far'}
                </th>
                <td class="n">
                  <Amt value={day.balance} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

export function FlowSheet({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="flow" title="In and out by month" class="c6" note={wallet.currency}>
      <Read from={flow.of(wallet.id)} rows={7}>
        {(report) =>
          wallet.entries === 0 ? <Empty>The months fill as you book.</Empty> : <FlowFigure report={report} today={wallet.today} />
        }
      </Read>
    </Sheet>
  );
}

function FlowFigure({ report, today }: { readonly report: CashflowReport; readonly today: string }) {
  const last = report.months.at(-1);
  const label = `In and out from ${monthAndYear(report.from)} to ${monthAndYear(addDays(report.to, -1))}: in ${words(report.in)}, out ${words(report.out)}, stayed ${words(report.net)}.`;
  return (
    <figure>
      <Chart label={label} data={{ sort: 'flow', report, today }} />
      <figcaption class="legend sheet__foot">
        <span class="legend">
          <span class="key key--in" />
          in
        </span>
        <span class="legend">
          <span class="key key--out" />
          out
        </span>
        {last !== undefined && last.to > today && <span>{shortMonth(last.from)} so far, hatched</span>}
      </figcaption>
      <details class="astable">
        <summary>Show as a table</summary>
        <table class="tbl">
          <caption class="sr">In and out by month</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" class="n">
                In
              </th>
              <th scope="col" class="n">
                Out
              </th>
              <th scope="col" class="n">
                Stayed
              </th>
            </tr>
          </thead>
          <tbody>
            {report.months.map((each) => (
              <tr key={each.from}>
                <th scope="row">
                  {monthAndYear(each.from)}
                  {each.to > today && ', so far'}
                </th>
                <td class="n">
                  <Amt value={each.in} />
                </td>
                <td class="n">
                  <Amt value={each.out} />
                </td>
                <td class="n">
                  <Amt value={each.net} plus />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

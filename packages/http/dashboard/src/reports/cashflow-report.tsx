import { readSavings } from '../api/report-reads.ts';
import type { FlowSums, SavingsReport } from '../api/report-types.ts';
import { addDays } from '../days/day.ts';
import { monthAndYear, shortMonth } from '../days/format-day.ts';
import { Chart } from '../home/chart.tsx';
import { toMinor } from '../money/amount.ts';
import { words } from '../money/amt.tsx';
import { Read, Sheet } from '../shell/sheet.tsx';
import { useOwnResource } from '../state/resource.ts';
import { stretchInWords, type Times } from './choice.ts';
import { FigureLink, percentInWords } from './figure-link.tsx';
import type { ReportProps } from './report-props.ts';

/** What came in, went out and stayed. */
export function CashflowView({ wallet, chosen }: ReportProps) {
  const { from, to, times } = chosen;
  const report = useOwnResource(
    () => readSavings(wallet.id, { from, to, ...times }),
    `${wallet.id} cashflow ${JSON.stringify(chosen)}`,
    wallet.version,
  );
  return (
    <Sheet id="cashflow" title="Cash flow" note={`${stretchInWords(from, to)}, ${wallet.currency}`}>
      <Read from={report} rows={14}>
        {(flow) => (
          <>
            <Sums flow={flow} times={times} />
            <Bars flow={flow} today={wallet.today} />
            <Months flow={flow} times={times} today={wallet.today} />
          </>
        )}
      </Read>
    </Sheet>
  );
}

function Sums({ flow, times }: { readonly flow: SavingsReport; readonly times: Times }) {
  const figure = (name: string, value: string, basis: string, plus = false) => (
    <div class="figure">
      <dt>{name}</dt>
      <dd class="num">
        <FigureLink value={value} drill={flow.drill} times={times} plus={plus} />
      </dd>
      <dd class="basis">{basis}</dd>
    </div>
  );
  return (
    <dl class="figures figures--report">
      {figure('Stayed', flow.net, 'in less out', true)}
      {figure('In', flow.in, 'income')}
      {figure('Out', flow.out, 'expenses less refunds')}
      <div class="figure">
        <dt>Savings rate</dt>
        <dd class="num">{percentInWords(flow.savingsRate)}</dd>
        <dd class="basis">{flow.savingsRate === null ? 'nothing came in' : 'of what came in stayed'}</dd>
      </div>
    </dl>
  );
}

function Bars({ flow, today }: { readonly flow: SavingsReport; readonly today: string }) {
  if (flow.months.length < 2) return null;
  const last = flow.months.find((month) => month.from <= today && month.to > today);
  const label = `In and out from ${monthAndYear(flow.from)} to ${monthAndYear(addDays(flow.to, -1))}: in ${words(flow.in)}, out ${words(flow.out)}, stayed ${words(flow.net)}.`;
  return (
    <figure>
      <Chart label={label} data={{ sort: 'flow', report: flow, today }} />
      <figcaption class="legend">
        <span class="legend">
          <span class="key key--in" />
          in
        </span>
        <span class="legend">
          <span class="key key--out" />
          out
        </span>
        {last !== undefined && <span>{shortMonth(last.from)} so far, hatched</span>}
      </figcaption>
    </figure>
  );
}

interface MonthsProps {
  readonly flow: SavingsReport;
  readonly times: Times;
  readonly today: string;
}

function Months({ flow, times, today }: MonthsProps) {
  const moved = [flow.received, flow.sent].some((amount) => toMinor(amount) !== 0n);
  const rest = (sums: FlowSums) => (
    <>
      {(['in', 'out', 'net'] as const).map((name) => (
        <td class="n" data-l={name === 'net' ? 'Stayed' : name === 'in' ? 'In' : 'Out'} key={name}>
          <FigureLink value={sums[name]} drill={sums.drill} times={times} plus={name === 'net'} />
        </td>
      ))}
      <td class="n delta" data-l="Savings rate">
        {percentInWords(sums.savingsRate)}
      </td>
      {moved &&
        (['received', 'sent'] as const).map((name) => (
          <td class="n delta" data-l={name === 'sent' ? 'Sent' : 'Received'} key={name}>
            <FigureLink value={sums[name]} drill={{ ...sums.drill, kind: name }} times={times} />
          </td>
        ))}
    </>
  );
  return (
    <details class="astable astable--kept" open>
      <summary>Show as a table</summary>
      <table class="tbl fold-table">
        <caption class="sr">In, out and what stayed, month by month</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            {['In', 'Out', 'Stayed', 'Savings rate', ...(moved ? ['Received', 'Sent'] : [])].map((name) => (
              <th scope="col" class="n" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {flow.months.map((month) => (
            <tr key={month.from}>
              <th scope="row">
                {month.partial ? stretchInWords(month.from, month.to) : monthAndYear(month.from)}
                {month.from <= today && month.to > addDays(today, 1) && ', so far'}
              </th>
              {rest(month)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            {rest(flow)}
          </tr>
        </tfoot>
      </table>
      {moved && <p class="quiet">Transfers between wallets are in none of the sums; they stand apart.</p>}
    </details>
  );
}

import { useMemo } from 'preact/hooks';
import { readNetWorth } from '../api/report-reads.ts';
import type { NetWorthReport } from '../api/report-types.ts';
import type { BalanceReport } from '../api/types.ts';
import { dayInWords, monthAndYear } from '../days/format-day.ts';
import { Chart } from '../home/chart.tsx';
import { Amt, words } from '../money/amt.tsx';
import { currencies } from '../money/currencies.ts';
import { Link } from '../shell/link.tsx';
import { Read, Sheet } from '../shell/sheet.tsx';
import { Choice } from '../shell/typed-field.tsx';
import { useOwnResource } from '../state/resource.ts';
import { address, setQuery } from '../state/route.ts';
import { latestDay, latestPosition } from '../state/wallets.ts';
import { netWorthDays, stretchInWords } from './choice.ts';
import { NetWorthTable } from './networth-table.tsx';
import type { ReportProps } from './report-props.ts';

/** What all wallets come to in one currency, at rates that somebody said. */
export function NetWorthView({ wallet, chosen }: ReportProps) {
  const choices = useMemo(() => Object.fromEntries(currencies().map(({ code, name }) => [code, `${code}, ${name}`])), []);
  const asked = address.value.searchParams.get('currency') ?? '';
  const currency = Object.hasOwn(choices, asked) ? asked : wallet.currency;
  const { times } = chosen;
  const { occurredAsOf, recordedAsOf } = times;
  const today = latestDay.value ?? wallet.today;
  const days = netWorthDays(chosen, today);
  const { from, to, on } = days;
  const report = useOwnResource(
    () => readNetWorth({ currency, ...days, ...times }),
    `networth ${currency} ${from} ${to} ${on} ${occurredAsOf} ${recordedAsOf}`,
    latestPosition.value,
  );
  return (
    <Sheet
      id="networth"
      title="Net worth"
      note={`${stretchInWords(from, chosen.to)}, all wallets`}
      end={<Link to="/settings">Rates</Link>}
    >
      <Choice
        look="worth__in"
        id="networth-currency"
        label="In"
        value={currency}
        of={choices}
        choose={(code) => setQuery({ currency: code })}
      />
      <Read from={report} rows={14}>
        {(worth) => <NetWorthFigure worth={worth} today={today} />}
      </Read>
    </Sheet>
  );
}

function NetWorthFigure({ worth, today }: { readonly worth: NetWorthReport; readonly today: string }) {
  const { total, currency, on, series, unconverted } = worth;
  const line = useMemo(() => lineOf(worth), [worth]);
  const first = series[0];
  const label =
    first === undefined
      ? ''
      : `Net worth from ${monthAndYear(first.from)} to ${monthAndYear(on)}, from ${words(first.total)} to ${words(total)} ${currency}.`;
  return (
    <>
      <dl class="figures figures--report">
        <div class="figure figure--big">
          <dt>{on === today ? 'Today' : `At the end of ${dayInWords(on)} ${on.slice(0, 4)}`}</dt>
          <dd class="num">
            <Amt value={total} />
            <span class="cur">{currency}</span>
          </dd>
          <dd class="basis">
            {unconverted.length === 0
              ? 'every wallet is in it'
              : `without ${unconverted.map((each) => each.currency).join(', ')}, which has no rate`}
          </dd>
        </div>
      </dl>
      {series.length > 1 && (
        <figure>
          <Chart label={label} data={{ sort: 'balance', report: line, by: 'month' }} />
          <figcaption class="quiet">
            At the end of each month{series.some((each) => each.unconverted.length > 0) && ', of what had a rate then'}.
          </figcaption>
        </figure>
      )}
      <NetWorthTable worth={worth} today={today} />
    </>
  );
}

/** The series as the plot of a balance takes it. */
function lineOf({ series, total, on }: NetWorthReport): BalanceReport {
  return {
    balance: total,
    on,
    opening: series[0]?.total ?? total,
    series: series.map(({ from, to, total: balance }) => ({ from, to, in: '0', out: '0', balance })),
  };
}

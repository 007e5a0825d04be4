import type { ForecastReport, ForecastStep } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { addDays, isDay } from '../days/day.ts';
import { dayInWords, longDay, shortDay } from '../days/format-day.ts';
import { Chart } from '../home/chart.tsx';
import { aboutInWords, Amt, words } from '../money/amt.tsx';
import { Field } from '../quick-add/entry-fields.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { forecast, forecastEnd, horizon, schedules } from '../state/ahead.ts';
import { walletName } from '../state/wallets.ts';
import { nameOf } from './schedule-words.ts';

const MOST_ROWS = 200;

/** The balance as it is expected to move, to a day that one chooses. */
export function ForecastSheet({ wallet }: { readonly wallet: Wallet }) {
  const to = horizon.value ?? forecastEnd(wallet.today);
  const choose = (day: string): void => {
    if (!isDay(day) || day <= wallet.today) return;
    horizon.value = day;
    forecast.invalidate();
  };
  return (
    <Sheet id="forecast" title="Forecast" class="c12" note={wallet.currency}>
      <div class="schedule__until">
        <Field id="forecast-to" label="To the end of">
          <input
            class="input"
            id="forecast-to"
            type="date"
            value={to}
            min={addDays(wallet.today, 1)}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        </Field>
      </div>
      <Read from={forecast.of(wallet.id)} rows={7}>
        {(report) =>
          report.series.length === 0 ? (
            <Empty>Nothing is expected until {dayInWords(addDays(report.to, -1))}. A schedule draws the line on.</Empty>
          ) : (
            <ForecastFigure wallet={wallet} report={report} />
          )
        }
      </Read>
    </Sheet>
  );
}

interface ForecastFigureProps {
  readonly wallet: Wallet;
  readonly report: ForecastReport;
}

function ForecastFigure({ wallet, report }: ForecastFigureProps) {
  const { from, lowest, opening, closing } = report;
  const end = addDays(report.to, -1);
  const today = { balance: opening, from, to: addDays(from, 1), in: opening, out: opening };
  const line = { balance: opening, on: from, opening, series: [today] };
  const label = `Forecast from ${words(opening)} today to ${aboutInWords(closing)} ${wallet.currency} on ${longDay(end)}, lowest ${aboutInWords(lowest.balance)} on ${longDay(lowest.on)}.`;
  return (
    <figure>
      <Chart label={label} data={{ sort: 'balance', report: line, ahead: report }} />
      <figcaption class="legend sheet__foot">
        <span>
          Dashed: your schedules, what other wallets are to send, plans, and what is booked ahead. Lowest{' '}
          {aboutInWords(lowest.balance)} on {shortDay(lowest.on, wallet.today)}; {aboutInWords(closing)} at the end of{' '}
          {shortDay(end, wallet.today)}.{!report.complete && ' There is more to come than is drawn.'}
        </span>
      </figcaption>
      <StepTable wallet={wallet} report={report} />
    </figure>
  );
}

function StepTable({ wallet, report }: ForecastFigureProps) {
  const known = schedules.of(wallet.id).value.value ?? [];
  const whatOf = ({ what, id, walletId }: ForecastStep): string => {
    if (what === 'incoming') return `Transfer from ${walletName(walletId ?? '')}`;
    if (what !== 'schedule') return what === 'planned' ? 'Planned' : 'Booked ahead';
    const terms = known.find((each) => each.scheduleId === id)?.terms[0];
    return terms === undefined ? 'Schedule' : nameOf(terms);
  };
  return (
    <details class="astable">
      <summary>Show as a table</summary>
      <table class="tbl">
        <caption class="sr">Every step of the forecast</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">What</th>
            <th scope="col" class="n">
              {wallet.currency}
            </th>
            <th scope="col" class="n">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          {report.series.slice(0, MOST_ROWS).map((step, index) => (
            <tr key={index}>
              <th scope="row">{shortDay(step.on, wallet.today)}</th>
              <td>{whatOf(step)}</td>
              <td class="n">
                <Amt value={step.change} plus />
              </td>
              <td class="n">
                <Amt value={step.balance} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.series.length > MOST_ROWS && <p class="quiet">{report.series.length - MOST_ROWS} more steps.</p>}
    </details>
  );
}

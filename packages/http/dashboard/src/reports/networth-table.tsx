import type { Converted, NetWorthReport, UsedRate } from '../api/report-types.ts';
import { addDays } from '../days/day.ts';
import { dayAndMonth, monthAndYear } from '../days/format-day.ts';
import { toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';

interface NetWorthProps {
  readonly worth: NetWorthReport;
  readonly today: string;
}

/** What each wallet is worth, by which rate of which day; and what has no rate, apart. */
export function NetWorthTable({ worth, today }: NetWorthProps) {
  const { wallets, inTransit, unconverted, currency, total, on } = worth;
  const to = addDays(on, 1);
  return (
    <>
      <table class="tbl fold-table worth">
        <caption class="sr">Each wallet in {currency}</caption>
        <thead>
          <tr>
            <th scope="col">Wallet</th>
            <th scope="col" class="n">
              Balance
            </th>
            <th scope="col">Rate</th>
            <th scope="col" class="n">
              {currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {wallets.map((each) => (
            <Row
              key={each.walletId}
              name={each.name}
              worth={each}
              to={`/register?wallet=${encodeURIComponent(each.walletId)}&to=${to}`}
            />
          ))}
          {inTransit
            .filter((each) => toMinor(each.balance) !== 0n)
            .map((each) => (
              <Row key={each.currency} name="In transit" worth={each} to="/transfers" />
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td class="wide-only" colSpan={2} />
            <td class="n" data-l={currency}>
              <Amt value={total} />
            </td>
          </tr>
        </tfoot>
      </table>
      {unconverted.length > 0 && (
        <div class="band band--apart">
          <Icon name="warn" small />
          <p>
            In no total, since there is no rate:{' '}
            {unconverted.map(({ currency: other, balance }, index) => (
              <span key={other}>
                {index > 0 && ', '}
                <Amt value={balance} /> {other}
              </span>
            ))}
            .
          </p>
          <Link class="btn" to="/settings">
            Set a rate
          </Link>
        </div>
      )}
      <SeriesTable worth={worth} today={today} />
    </>
  );
}

/** "1 EUR = 1.0842 USD, 30 Sep 2026" */
const rateInWords = ({ base, quote, rate, on }: UsedRate): string =>
  `1 ${base} = ${rate} ${quote}, ${dayAndMonth(on)} ${on.slice(0, 4)}`;

function Row({ name, worth, to }: { readonly name: string; readonly worth: Converted; readonly to: string }) {
  const { balance, currency, converted, rate } = worth;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="n" data-l="Balance">
        <span>
          <Link class="plain" to={to}>
            <Amt value={balance} />
          </Link>{' '}
          <span class="cur">{currency}</span>
        </span>
      </td>
      <td class="delta" data-l="Rate">
        {rate !== null ? rateInWords(rate) : converted === null ? 'no rate' : '—'}
      </td>
      <td class="n" data-l="Worth">
        {converted === null ? (
          '—'
        ) : (
          <Link class="plain" to={to}>
            <Amt value={converted} />
          </Link>
        )}
      </td>
    </tr>
  );
}

function SeriesTable({ worth: { series, currency }, today }: NetWorthProps) {
  if (series.length < 2) return null;
  return (
    <details class="astable">
      <summary>Show as a table</summary>
      <table class="tbl">
        <caption class="sr">Net worth at the end of each month</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col" class="n">
              At its end, {currency}
            </th>
            <th scope="col">Without a rate</th>
          </tr>
        </thead>
        <tbody>
          {series.map((month) => (
            <tr key={month.from}>
              <th scope="row">
                {monthAndYear(month.from)}
                {month.from <= today && month.to > today && ', so far'}
              </th>
              <td class="n">
                <Amt value={month.total} />
              </td>
              <td class="delta">{month.unconverted.map((each) => each.currency).join(', ') || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

import type { SpendingReport, Wallet } from '../api/types.ts';
import { addDays, monthStart } from '../days/day.ts';
import { monthName, spanInWords } from '../days/format-day.ts';
import { fromMinor, minus, toLength, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { startBooking } from '../shell/overlays.ts';
import { Link } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { type Compared, spending } from '../state/books.ts';

const SLOTS = 8;

interface Slice {
  readonly category: string | null;
  readonly total: string;
  readonly share: number;
  readonly change: string;
}

/** The largest seven and the rest together, each beside the same days of the month before. */
function slices(read: Compared<SpendingReport>, decimals: number): readonly Slice[] {
  const tops = (report: SpendingReport) => report.rows.filter((row) => row.depth === 0 && toMinor(row.total) !== 0n);
  const earlier = new Map(tops(read.before).map((row) => [row.category, row.total]));
  const zero = fromMinor(0n, decimals);
  const now = tops(read.now).map((row) => ({
    category: row.category,
    total: row.total,
    share: row.share,
    change: minus(row.total, earlier.get(row.category) ?? zero),
  }));
  now.sort((left, right) => (toMinor(right.total) > toMinor(left.total) ? 1 : -1));
  if (now.length <= SLOTS) return now;
  const rest = now.slice(SLOTS - 1);
  const add = (pick: (slice: Slice) => string): string =>
    fromMinor(
      rest.reduce((total, slice) => total + toMinor(pick(slice)), 0n),
      decimals,
    );
  const other: Slice = {
    category: null,
    total: add((slice) => slice.total),
    share: rest.reduce((total, slice) => total + slice.share, 0),
    change: add((slice) => slice.change),
  };
  return [...now.slice(0, SLOTS - 1), other];
}

export function SpendingSheet({ wallet }: { readonly wallet: Wallet }) {
  const from = monthStart(wallet.today);
  const to = addDays(wallet.today, 1);
  const span = `${spanInWords(from, to).replace(/ \w+$/, '')} ${monthName(wallet.today)}`;
  return (
    <Sheet id="cats" title="Spending by category" note={span}>
      <Read from={spending.of(wallet.id)} rows={8}>
        {(read) => {
          const shown = slices(read, wallet.decimals);
          if (shown.length === 0) {
            return (
              <Empty
                action={
                  <button class="btn" type="button" onClick={startBooking}>
                    Book an entry
                  </button>
                }
              >
                Nothing spent in {monthName(wallet.today)} yet.
              </Empty>
            );
          }
          return <Spending shown={shown} read={read} wallet={wallet} rows={`&kind=spending&from=${from}&to=${to}`} />;
        }}
      </Read>
    </Sheet>
  );
}

interface SpendingProps {
  readonly shown: readonly Slice[];
  readonly read: Compared<SpendingReport>;
  readonly wallet: Wallet;
  readonly rows: string;
}

function Spending({ shown, read, wallet, rows }: SpendingProps) {
  const basis = spanInWords(read.basis.from, read.basis.to);
  return (
    <>
      <div class="strip" aria-hidden="true">
        {shown.map((slice, index) => (
          <i key={slice.category} style={{ '--w': Math.max(toLength(slice.total), 0), '--k': `var(--chart-${index + 1})` }} />
        ))}
      </div>
      <table class="tbl">
        <caption class="sr">Spending by category, against the same days of the month before</caption>
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col" class="n">
              {wallet.currency}
            </th>
            <th scope="col" class="n narrow-off">
              Share
            </th>
            <th scope="col" class="n">
              {basis}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((slice, index) => (
            <tr key={slice.category}>
              <th scope="row">
                <span class="keyed">
                  <span class="key" style={{ '--k': `var(--chart-${index + 1})` }} />
                  {slice.category === null ? (
                    'The rest'
                  ) : (
                    <Link class="path" to={`/register?category=${encodeURIComponent(slice.category)}${rows}`}>
                      {slice.category}
                    </Link>
                  )}
                </span>
              </th>
              <td class="n">
                <Amt value={slice.total} />
              </td>
              <td class="n delta narrow-off">{slice.share} %</td>
              <td class="n delta">
                <Amt value={slice.change} plus />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Out</th>
            <td class="n">
              <Link class="plain" to={`/register?${rows.slice(1)}`}>
                <Amt value={read.now.total} />
              </Link>
            </td>
            <td class="n narrow-off">100 %</td>
            <td class="n">
              <Amt value={minus(read.now.total, read.before.total)} plus />
            </td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}

import { readLargest, readUnusual } from '../api/report-reads.ts';
import type { LargestReport, UnusualEntry, UnusualReport } from '../api/report-types.ts';
import type { Entry, Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { shortDay } from '../days/format-day.ts';
import { Amt, EntryAmt, words } from '../money/amt.tsx';
import { Link, Path } from '../shell/link.tsx';
import { Bones, Empty, Fault, Sheet } from '../shell/sheet.tsx';
import { whatOf } from '../state/entry-words.ts';
import { useOwnResource, useResource } from '../state/resource.ts';
import { address, setQuery } from '../state/route.ts';
import { rowsOf, stretchInWords, type Times } from './choice.ts';
import type { ReportProps } from './report-props.ts';

interface Found {
  readonly largest: LargestReport;
  readonly unusual: UnusualReport;
}

/** The largest entries, and those far above what is usual, with why. */
export function EntriesView({ wallet, chosen }: ReportProps) {
  const { from, to, times } = chosen;
  const kind = address.value.searchParams.get('kind') === 'income' ? 'income' : 'expense';
  const load = async (): Promise<Found> => {
    const ask = { from, to, ...times };
    const [largest, unusual] = await Promise.all([readLargest(wallet.id, ask, kind), readUnusual(wallet.id, ask)]);
    return { largest, unusual };
  };
  const report = useResource(useOwnResource(load, `${wallet.id} entries ${kind} ${JSON.stringify(chosen)}`, wallet.version));
  const found = report.value.value;
  const fault = report.fault.value;
  const span = stretchInWords(from, to);
  return (
    <>
      <Sheet id="unusual" title="Unusual" note={`${span}, far above what the payee or category had in the twelve months before`}>
        {fault !== undefined && <Fault error={fault} stale={found !== undefined} again={() => void report.reload()} />}
        {found === undefined ? (
          <Bones rows={14} />
        ) : found.unusual.items.length === 0 ? (
          <p class="quiet">Nothing unusual in {span}.</p>
        ) : (
          <UnusualList report={found.unusual} wallet={wallet} times={times} />
        )}
      </Sheet>
      {found !== undefined && (
        <Sheet
          id="largest"
          title="Largest"
          note={span}
          end={
            <span class="chips" role="group" aria-label="Of">
              {(['expense', 'income'] as const).map((each) => (
                <button
                  key={each}
                  class="chip"
                  type="button"
                  aria-pressed={each === kind}
                  onClick={() => setQuery({ kind: each })}
                >
                  {each === 'expense' ? 'Out' : 'In'}
                </button>
              ))}
            </span>
          }
        >
          {found.largest.entries.length === 0 ? (
            <Empty>{kind === 'expense' ? `Nothing went out in ${span}.` : `Nothing came in in ${span}.`}</Empty>
          ) : (
            <EntryTable entries={found.largest.entries} wallet={wallet} times={times} head="largest-h" />
          )}
        </Sheet>
      )}
    </>
  );
}

/** The register at the day of an entry, with the entry open. */
function entryPlace({ id, occurredOn }: Entry, times: Times): string {
  return `${rowsOf({ from: occurredOn, to: addDays(occurredOn, 1) }, times)}&open=${encodeURIComponent(id)}`;
}

interface UnusualListProps {
  readonly report: UnusualReport;
  readonly wallet: Wallet;
  readonly times: Times;
}

function UnusualList({ report, wallet, times }: UnusualListProps) {
  return (
    <>
      <ul class="odd">
        {report.items.map((item) => (
          <li key={`${item.entry.id} ${item.category}`}>
            <div>
              <p>
                <b>{whatOf(item.entry)}</b> {item.entry.payee !== null && item.entry.note}{' '}
                <span class="quiet">{shortDay(item.entry.occurredOn, wallet.today)}</span>
              </p>
              <p class="quiet">{reasonInWords(item)}</p>
            </div>
            <Link class="plain" to={entryPlace(item.entry, times)}>
              <Amt value={`-${item.amount}`} />
            </Link>
          </li>
        ))}
      </ul>
      {report.more > 0 && <p class="sheet__foot">{report.more.toLocaleString()} more are not shown. Choose a shorter stretch.</p>}
    </>
  );
}

/** "64 times the usual 6.37 of Röststätte (60 earlier entries)." */
function reasonInWords({ times, usual, payee, category, earlier }: UnusualEntry): string {
  return `${times.toLocaleString()} times the usual ${words(usual)} of ${payee ?? category}; the middle of ${earlier.toLocaleString()} earlier entries.`;
}

interface EntryTableProps {
  readonly entries: readonly Entry[];
  readonly wallet: Wallet;
  readonly times: Times;
  readonly head: string;
  /** The balance after each, where the order makes one. */
  readonly running?: boolean;
}

export function EntryTable({ entries, wallet, times, head, running }: EntryTableProps) {
  return (
    <table class="entries entries--fold" role="table" aria-labelledby={head}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="time">
            Day
          </th>
          <th role="columnheader" scope="col">
            What
          </th>
          <th role="columnheader" scope="col">
            Category
          </th>
          <th role="columnheader" scope="col" class="n">
            {wallet.currency}
          </th>
          {running === true && (
            <th role="columnheader" scope="col" class="n">
              Balance
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <tr class="e" role="row" key={entry.id}>
            <td role="cell" class="time">
              {shortDay(entry.occurredOn, wallet.today)}
            </td>
            <td role="cell" class="what">
              {whatOf(entry)} <span class="phone-only quiet">{shortDay(entry.occurredOn, wallet.today)}</span>
            </td>
            <td role="cell" class="cat">
              {entry.category === null ? partsInWords(entry) : <Path category={entry.category} />}
            </td>
            <td role="cell" class="n main">
              <Link class="plain" to={entryPlace(entry, times)}>
                <EntryAmt kind={entry.kind} amount={entry.amount} />
              </Link>
            </td>
            {running === true && (
              <td role="cell" class="n bal">
                {entry.balance !== null && <Amt value={entry.balance} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const partsInWords = ({ parts }: Entry): string => (parts ?? []).map(({ category }) => category).join(', ');

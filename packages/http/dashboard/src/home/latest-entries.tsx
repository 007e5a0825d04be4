import { useRef } from 'preact/hooks';
import type { Entry, Wallet } from '../api/types.ts';
import { dayAndMonth } from '../days/format-day.ts';
import { EntryAmt } from '../money/amt.tsx';
import { startBooking } from '../shell/overlays.ts';
import { Link, PathLink } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { latest } from '../state/books.ts';
import { whatOf } from '../state/entry-words.ts';
import { walletName } from '../state/wallets.ts';
import { dropBooking, ownEntries, type Waiting, waitingIn } from '../state/bookings.ts';

const MOST = 10;

/** The newest entries; those still on their way stand above them, dashed. */
export function LatestEntries({ wallet }: { readonly wallet: Wallet }) {
  const waiting = waitingIn(wallet.id).filter((each) => each.state !== 'refused');
  return (
    <Sheet id="last" title="Latest entries" class="c7" end={<Link to="/register">Open the register</Link>}>
      <Read from={latest.of(wallet.id)} rows={MOST}>
        {({ items }) =>
          items.length + waiting.length === 0 ? (
            <Empty
              action={
                <button class="btn" type="button" onClick={startBooking}>
                  Book an entry
                </button>
              }
            >
              No entries yet. Write one as you would say it: 12.50 coffee @Food:Cafe.
            </Empty>
          ) : (
            <Entries wallet={wallet} items={items.slice(0, Math.max(MOST - waiting.length, 1))} waiting={waiting} />
          )
        }
      </Read>
    </Sheet>
  );
}

interface EntriesProps {
  readonly wallet: Wallet;
  readonly items: readonly Entry[];
  readonly waiting: readonly Waiting[];
}

function Entries({ wallet, items, waiting }: EntriesProps) {
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const fresh = (id: string): boolean => known.current !== undefined && !known.current.has(id) && !ownEntries.has(id);
  const isFresh = items.map((entry) => fresh(entry.id));
  known.current = new Set([...(known.current ?? []), ...items.map((entry) => entry.id)]);
  return (
    <table class="entries entries--fold" role="table" aria-labelledby="last-h">
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
        </tr>
      </thead>
      <tbody role="rowgroup">
        {waiting.toReversed().map((each) => (
          <WaitingRow key={each.key} each={each} />
        ))}
        {items.map((entry, index) => (
          <tr key={entry.id} class={isFresh[index] === true ? 'e wash' : 'e'} role="row">
            <td role="cell" class="time">
              {dayAndMonth(entry.occurredOn)}
            </td>
            <td role="cell" class="what">
              <Link class="plain" to={`/register?open=${encodeURIComponent(entry.id)}`}>
                {whatOf(entry)}
              </Link>
            </td>
            <td role="cell" class="cat">
              <Purpose entry={entry} />
            </td>
            <td role="cell" class="n main">
              <EntryAmt kind={entry.kind} amount={entry.amount} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Purpose({ entry }: { readonly entry: Entry }) {
  if (entry.category !== null) return <PathLink category={entry.category} />;
  if (entry.parts !== null) return <span class="quiet">{entry.parts.length} parts</span>;
  return entry.transfer === null ? null : <span class="quiet">transfer, {walletName(entry.transfer.walletId)}</span>;
}

function WaitingRow({ each }: { readonly each: Waiting }) {
  return (
    <tr class="e ghost" role="row">
      <td role="cell" class="time">
        {dayAndMonth(each.occurredOn)}
      </td>
      <td role="cell" class="what">
        {whatOf(each)}{' '}
        <span class="quiet">
          {each.state === 'sending' ? 'on its way' : 'waits'}
          {each.state === 'waiting' && (
            <button class="textbtn" type="button" onClick={() => dropBooking(each.key)}>
              Drop it
            </button>
          )}
        </span>
      </td>
      <td role="cell" class="cat">
        {each.category !== null && <PathLink category={each.category} />}
      </td>
      <td role="cell" class="n main">
        <EntryAmt kind={each.kind} amount={each.amount} />
      </td>
    </tr>
  );
}

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Entry, Wallet } from '../api/types.ts';
import { voidEntry } from '../state/entry-deeds.ts';
import { ownEntries, waitingIn } from '../state/bookings.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { address, setQuery } from '../state/route.ts';
import { Editor } from './editor.tsx';
import type { Pager } from './pager.ts';
import { DayHead, EntryRow, GhostRow, PartRow } from './entry-row.tsx';
import { type Heights, itemsOf, offsetsOf } from './rows.ts';
import { useRowKeys } from './row-keys.ts';
import { Selection, selecting } from './selection.tsx';
import { useWindow } from './use-window.ts';

const ROOMY = matchMedia('(pointer: coarse), (max-width: 719px)');

/** The heights of rows, in pixels, as the style sheet sets them in rem. */
function heights(): Heights {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const entry = (ROOMY.matches ? 3.5 : 2.5) * rem;
  return { day: 2 * rem, entry, void: 3.75 * rem, part: 2 * rem };
}

interface RegisterTableProps {
  readonly wallet: Wallet;
  readonly pager: Pager;
}

/** The rows in sight, between two spacers as high as those that are not. */
export function RegisterTable({ wallet, pager }: RegisterTableProps) {
  const rows = pager.rows.value ?? [];
  const more = pager.next.value !== null;
  const open = useSignal<string | undefined>(address.peek().searchParams.get('open') ?? undefined);
  const editorHeight = useSignal(320);
  const selected = useSignal<ReadonlySet<string>>(new Set());
  const place = useRef<HTMLTableSectionElement>(null);
  const tall = useMemo(heights, [rows]);
  const unfolded = useSignal<ReadonlySet<string>>(new Set());
  const items = useMemo(
    () => itemsOf(rows, wallet.decimals, more, unfolded.value),
    [rows, more, wallet.decimals, unfolded.value],
  );
  const openHeight = open.value === undefined ? undefined : { id: open.value, height: editorHeight.value };
  const offsets = useMemo(() => offsetsOf(items, tall, openHeight), [items, tall, open.value, editorHeight.value]);
  const { start, end } = useWindow(place, offsets);
  const fresh = useFresh(rows);
  const total = pager.totals.value?.entries ?? rows.length;
  const unloaded = more ? Math.max(total - rows.length, 20) * tall.entry : 0;
  useEffect(() => {
    pager.inSight = end;
    if (more && end >= items.length - 30) void pager.more();
  }, [more, end, items.length, pager]);
  const toggle = (entry: Entry): void => {
    open.value = open.peek() === entry.id ? undefined : entry.id;
    setQuery({ open: undefined });
  };
  const voidThese = (): void => {
    const these = rows.filter((entry) => selected.peek().has(entry.id) && !entry.void);
    selected.value = new Set();
    selecting.value = false;
    void voidAll(wallet, these);
  };
  useRowKeys({ items, offsets, place, toggle, selected, voidThese, voidOne: (entry) => void voidAll(wallet, [entry]) });
  useOpenInSight(open.value, items.length);
  const head = items[start];
  const headIndex = head === undefined || head.sort === 'day' ? undefined : head.head;
  const first = headIndex === undefined ? undefined : items[headIndex];
  const waiting = waitingIn(wallet.id)
    .filter((each) => each.state !== 'refused')
    .toReversed();
  const lead = (offsets[start] ?? 0) - (first === undefined ? 0 : tall.day);
  return (
    <>
      <Selection wallet={wallet} rows={rows} selected={selected} voidThese={voidThese} />
      <table class="reg" role="table" aria-labelledby="reg-h" aria-rowcount={more ? -1 : items.length + 1}>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            <th role="columnheader">What</th>
            <th role="columnheader">Category</th>
            <th role="columnheader" class="n">
              {wallet.currency}
            </th>
            <th role="columnheader" class="n">
              Balance
            </th>
          </tr>
        </thead>
        {waiting.length > 0 && (
          <tbody role="rowgroup">
            {waiting.map((each) => (
              <GhostRow key={each.key} each={each} today={wallet.today} />
            ))}
          </tbody>
        )}
        <tbody role="rowgroup" ref={place}>
          <tr role="none" class="gap" style={{ '--gap': `${Math.max(lead, 0)}px` }} />
          {first?.sort === 'day' && <DayHead key={first.day} item={first} today={wallet.today} index={headIndex ?? 0} />}
          {items.slice(start, end).flatMap((item, at) => {
            if (item.sort === 'day') return [<DayHead key={item.day} item={item} today={wallet.today} index={start + at} />];
            if (item.sort === 'part') return [<PartRow key={`${item.entry.id} ${item.at}`} item={item} index={start + at} />];
            const { entry } = item;
            const isOpen = open.value === entry.id;
            const row = (
              <EntryRow
                key={entry.id}
                wallet={wallet}
                entry={entry}
                index={start + at}
                open={isOpen}
                chosen={selected.value.has(entry.id)}
                wash={fresh.has(entry.id)}
                unfolded={unfolded.value.has(entry.id)}
                toggle={toggle}
                pick={(each) => flip(selected, each.id)}
                fold={(each) => flip(unfolded, each.id)}
              />
            );
            return isOpen
              ? [
                  row,
                  <Editor
                    key={`edit ${entry.id}`}
                    wallet={wallet}
                    entry={entry}
                    height={editorHeight}
                    close={() => toggle(entry)}
                  />,
                ]
              : [row];
          })}
          <tr role="none" class="gap" style={{ '--gap': `${(offsets[items.length] ?? 0) - (offsets[end] ?? 0) + unloaded}px` }} />
        </tbody>
      </table>
    </>
  );
}

function flip(set: Signal<ReadonlySet<string>>, id: string): void {
  const next = new Set(set.peek());
  if (!next.delete(id)) next.add(id);
  set.value = next;
}

async function voidAll(wallet: Wallet, these: readonly Entry[]): Promise<void> {
  for (const entry of these) {
    try {
      did(await voidEntry(wallet.id, entry.id, entry));
    } catch (error) {
      warn(`Not voided. ${reasonOf(error)}`);
      return;
    }
  }
}

/** Rows that came in from elsewhere since the list was first shown. */
function useFresh(rows: readonly Entry[]): ReadonlySet<string> {
  const newest = useRef<string | undefined>(undefined);
  return useMemo(() => {
    const mark = newest.current;
    const latestAt = rows.reduce((latest, entry) => (entry.recordedAt > latest ? entry.recordedAt : latest), mark ?? '');
    newest.current = latestAt;
    if (mark === undefined || latestAt === mark) return new Set();
    return new Set(rows.filter((entry) => entry.recordedAt > mark && !ownEntries.has(entry.id)).map((entry) => entry.id));
  }, [rows]);
}

/** Brings a row that was asked for in the address into sight, once. */
function useOpenInSight(open: string | undefined, count: number): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || count === 0) return;
    done.current = true;
    if (open === undefined || !address.peek().searchParams.has('open')) return;
    requestAnimationFrame(() => document.getElementById(`entry-${open}`)?.scrollIntoView({ block: 'center' }));
  }, [open, count]);
}

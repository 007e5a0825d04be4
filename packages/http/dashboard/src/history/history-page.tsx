import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { readHistory } from '../api/reads.ts';
import type { HistoryChange, HistoryPage as HistoryPageRead } from '../api/history-types.ts';
import type { Wallet } from '../api/types.ts';
import { instantInWords } from '../days/format-day.ts';
import { Icon } from '../shell/icon.tsx';
import { Bones, Empty, Read, Sheet } from '../shell/sheet.tsx';
import { history } from '../state/books.ts';
import { redoInHistory, undoInHistory } from '../state/history-deeds.ts';
import { useSettled } from '../state/resource.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { type Deed, did } from '../state/undo.ts';
import { changeAt, changeInWords } from './change-words.ts';

interface Older {
  readonly items: readonly HistoryChange[];
  readonly next: number | null;
}

/** The pages after the first, as many as were asked for; read again when something was done, since that may bear on each line. */
function useOlder(walletId: string, page: HistoryPageRead | undefined, pages: number): Older | undefined {
  const [older, setOlder] = useState<Older | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    const readAll = async (): Promise<void> => {
      let next = page?.next ?? null;
      let items: readonly HistoryChange[] = [];
      for (let count = 0; count < pages && next !== null && !gone; count += 1) {
        const read = await readHistory(walletId, next);
        items = [...items, ...read.items];
        next = read.next;
      }
      if (!gone) setOlder({ items, next });
    };
    if (pages > 0) readAll().catch((error: unknown) => warn(reasonOf(error)));
    return () => {
      gone = true;
    };
  }, [walletId, page?.version, pages]);
  return older;
}

/** What was done, newest first, each with its way back. */
export function HistoryPage({ wallet }: { readonly wallet: Wallet }) {
  const pages = useSignal(0);
  const older = useOlder(wallet.id, history.of(wallet.id).value.value, pages.value);
  if (!useSettled([history.of(wallet.id)])) return <Bones rows={12} />;
  return (
    <Sheet id="history" title="What was done" note={`${wallet.name}, newest first`} end={<Ends wallet={wallet} />}>
      <Read from={history.of(wallet.id)} rows={10}>
        {(page) => {
          const first = page.items.at(-1)?.version ?? 0;
          const items = [...page.items, ...(older?.items ?? []).filter((each) => each.to < first)];
          return items.length === 0 ? (
            <Empty>Nothing was done yet.</Empty>
          ) : (
            <>
              <ol class="deeds">
                {items.map((change) => (
                  <Line key={change.version} wallet={wallet} change={change} items={items} />
                ))}
              </ol>
              {(older === undefined ? page : older).next !== null && (
                <p class="sheet__foot">
                  <button class="btn" type="button" onClick={() => (pages.value += 1)}>
                    Show older changes
                  </button>
                </p>
              )}
              <p class="sheet__foot">Undoing adds events that take a change back. Nothing is taken out of the log.</p>
            </>
          );
        }}
      </Read>
    </Sheet>
  );
}

function attempt(deed: Promise<Deed>, failed: string): void {
  deed.then(did, (error: unknown) => warn(`${failed} ${reasonOf(error)}`));
}

function Ends({ wallet }: { readonly wallet: Wallet }) {
  if (wallet.status === 'closed') return null;
  return (
    <span class="row-actions">
      <button class="btn" type="button" onClick={() => attempt(undoInHistory(wallet.id), 'Not undone.')}>
        <Icon name="undo" small />
        Undo the last thing
      </button>
      <button class="btn btn--bare" type="button" onClick={() => attempt(redoInHistory(wallet.id), 'Not redone.')}>
        Redo
      </button>
    </span>
  );
}

interface LineProps {
  readonly wallet: Wallet;
  readonly change: HistoryChange;
  readonly items: readonly HistoryChange[];
}

/** An undoing says what it undid, where that is on the page. */
function said(change: HistoryChange, items: readonly HistoryChange[]): string {
  const { undoes, redoes } = change.what;
  const version = redoes ?? undoes;
  if (version === null) return changeInWords(change.what);
  const meant = changeAt(items, version);
  const what = meant === undefined ? `event ${version}` : changeInWords(meant.what);
  return `${redoes === null ? 'Undone' : 'Done again'}: ${what}`;
}

function Line({ wallet, change, items }: LineProps) {
  const { version, to, recordedAt, actor, undone, undoable, what } = change;
  const words = said(change, items);
  const events = to === version ? `event ${version}` : `events ${version}\u2013${to}`;
  return (
    <li class={undone ? 'deed deed--undone' : 'deed'}>
      <span class="deed__what">
        <span>{words}</span>
        {undone && <span class="quiet"> undone</span>}
      </span>
      {undoable === true ? (
        <button class="textbtn" type="button" onClick={() => attempt(undoInHistory(wallet.id, version), 'Not undone.')}>
          {what.type === 'ChangeUndone' ? 'Redo' : 'Undo'}
          <span class="sr"> what was done: {words}</span>
        </button>
      ) : (
        <span />
      )}
      <span class="deed__basis quiet">
        {instantInWords(recordedAt, wallet.zone, wallet.today)}, {events}
        {actor !== null && `, ${actor}`}
        {undoable !== true && !undone && `. ${undoable.reason}`}
      </span>
    </li>
  );
}

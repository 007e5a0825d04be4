import { useEffect, useState } from 'preact/hooks';
import { readEntry } from '../api/reads.ts';
import type { Entry, Facts, Happening, Wallet } from '../api/types.ts';
import { dayAndMonth, instantInWords } from '../days/format-day.ts';
import { words } from '../money/amt.tsx';
import { tagsInWords } from '../quick-add/tags.ts';
import { comesIn } from '../money/sign.ts';

/** What happened to an entry, from its events. */
export function Story({ wallet, entry }: { readonly wallet: Wallet; readonly entry: Entry }) {
  const [history, setHistory] = useState<readonly Happening[] | undefined>(undefined);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    readEntry(wallet.id, entry.id).then(
      (answer) => {
        if (!gone) setHistory(answer.history);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [wallet.id, entry.id, entry.version, entry.void, entry.amount]);
  return (
    <div class="story">
      <h3>What happened</h3>
      {failed && <p class="quiet">Its history cannot be read just now. The entry itself is right.</p>}
      <ol>
        {(history ?? []).map((event) => (
          <li key={event.version}>
            {happened(event)}
            <small>
              {instantInWords(event.recordedAt, wallet.zone, wallet.today)}, event {event.version}
            </small>
          </li>
        ))}
      </ol>
      <p class="quiet">Every change is kept. Saving adds an event, it does not replace one.</p>
    </div>
  );
}

function happened(event: Happening): string {
  const type = event.type.toLowerCase();
  if (type.includes('void')) return event.reason === undefined || event.reason === '' ? 'Void' : `Void. ${event.reason}`;
  if (type.includes('restored')) return 'Restored';
  if (type.includes('correct')) return `Corrected${changes(event.before, event.after)}`;
  if (event.after === undefined) return 'Booked';
  const { kind, amount } = event.after;
  return `Booked, ${comesIn(kind) ? words(amount, { plus: true }) : words(`-${amount}`)}`;
}

function changes(before: Facts | undefined, after: Facts | undefined): string {
  if (before === undefined || after === undefined) return '';
  const parts: string[] = [];
  if (before.kind !== after.kind) parts.push(`${before.kind} → ${after.kind}`);
  if (before.amount !== after.amount) parts.push(`${words(before.amount)} → ${words(after.amount)}`);
  if (before.category !== after.category && after.parts === null)
    parts.push(`${before.category ?? 'no category'} → ${after.category ?? 'none'}`);
  if (after.parts !== null && before.parts === null) parts.push(`split in ${after.parts.length}`);
  if (after.parts === null && before.parts !== null) parts.push('split no more');
  if (before.payee !== after.payee) parts.push(`${before.payee ?? 'no payee'} → ${after.payee ?? 'none'}`);
  if (before.tags.join() !== after.tags.join()) parts.push(after.tags.length === 0 ? 'no tags' : tagsInWords(after.tags));
  if (before.note !== after.note) parts.push(`“${before.note ?? ''}” → “${after.note ?? ''}”`);
  if (before.occurredOn !== after.occurredOn) parts.push(`${dayAndMonth(before.occurredOn)} → ${dayAndMonth(after.occurredOn)}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

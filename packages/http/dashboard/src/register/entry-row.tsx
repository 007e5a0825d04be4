import type { Entry, Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { shortDay } from '../days/format-day.ts';
import { Amt, EntryAmt } from '../money/amt.tsx';
import { Path } from '../shell/link.tsx';
import { dropBooking, type Waiting } from '../state/bookings.ts';
import { restoreEntry } from '../state/entry-deeds.ts';
import { whatOf } from '../state/entry-words.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { CategoryButton, Marks, PurposeCell } from './purpose-cell.tsx';
import type { DayItem, PartItem } from './rows.ts';
import { selecting } from './selection.tsx';

function near(day: string, today: string): string {
  if (day === today) return ', today';
  return day === addDays(today, -1) ? ', yesterday' : '';
}

export function DayHead({ item, today, index }: { readonly item: DayItem; readonly today: string; readonly index: number }) {
  return (
    <tr class="day" role="row" aria-rowindex={index + 2}>
      <th role="rowheader" scope="rowgroup" aria-colspan={2}>
        <b>{shortDay(item.day, today)}</b>
        {near(item.day, today)}
      </th>
      <td role="cell" class="n">
        {item.net !== undefined && <Amt value={item.net} plus />}
      </td>
    </tr>
  );
}

interface EntryRowProps {
  readonly wallet: Wallet;
  readonly entry: Entry;
  readonly index: number;
  readonly open: boolean;
  readonly chosen: boolean;
  readonly wash: boolean;
  readonly unfolded: boolean;
  readonly toggle: (entry: Entry) => void;
  readonly pick: (entry: Entry) => void;
  readonly fold: (entry: Entry) => void;
}

export function EntryRow({ wallet, entry, index, open, chosen, wash, unfolded, toggle, pick, fold }: EntryRowProps) {
  const look = `e${entry.void ? ' void' : ''}${chosen ? ' chosen' : ''}${wash ? ' wash' : ''}${open ? ' open' : ''}`;
  const press = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('button, a, input') !== null) return;
    if (event.ctrlKey || event.metaKey) pick(entry);
    else toggle(entry);
  };
  return (
    <tr class={look} role="row" id={`entry-${entry.id}`} aria-rowindex={index + 2} data-index={index} onClick={press}>
      <td role="cell" class="what">
        {selecting.value && (
          <input
            class="pick"
            type="checkbox"
            aria-label={`Select ${whatOf(entry)}`}
            checked={chosen}
            onChange={() => pick(entry)}
          />
        )}
        <button type="button" aria-expanded={open} data-row={index} onClick={() => toggle(entry)}>
          {whatOf(entry)}
          {chosen && <span class="sr">, selected</span>}
        </button>
        <Marks entry={entry} />
        {entry.void && <Why wallet={wallet} entry={entry} />}
      </td>
      <td role="cell" class="cat">
        <PurposeCell entry={entry} unfolded={unfolded} fold={fold} />
      </td>
      <td role="cell" class="n main">
        <EntryAmt kind={entry.kind} amount={entry.amount} />
      </td>
      <td role="cell" class="n bal">
        {entry.balance !== null && <Amt value={entry.balance} />}
      </td>
    </tr>
  );
}

interface PartRowProps {
  readonly item: PartItem;
  readonly index: number;
}

/** One part of a split, under its entry. */
export function PartRow({ item: { entry, part }, index }: PartRowProps) {
  return (
    <tr class={entry.void ? 'part void' : 'part'} role="row" aria-rowindex={index + 2}>
      <td role="cell" class="what">
        {part.note}
      </td>
      <td role="cell" class="cat">
        <CategoryButton category={part.category} />
      </td>
      <td role="cell" class="n">
        <EntryAmt kind={entry.kind} amount={part.amount} />
      </td>
      <td role="cell" class="n bal" />
    </tr>
  );
}

function Why({ wallet, entry }: { readonly wallet: Wallet; readonly entry: Entry }) {
  const restore = (): void => {
    restoreEntry(wallet.id, entry.id, entry).then(did, (error: unknown) => warn(`Not restored. ${reasonOf(error)}`));
  };
  return (
    <span class="why">
      <span>Void{entry.voidReason === null ? '.' : `. ${entry.voidReason}`}</span>
      {entry.transfer === null && (
        <button class="textbtn" type="button" onClick={restore}>
          Restore<span class="sr"> {whatOf(entry)}</span>
        </button>
      )}
    </span>
  );
}

/** An entry on its way: dashed, like a proposal. */
export function GhostRow({ each, today }: { readonly each: Waiting; readonly today: string }) {
  return (
    <tr class="e ghost" role="row">
      <td role="cell" class="what">
        {whatOf(each)}{' '}
        <span class="quiet">
          {shortDay(each.occurredOn, today)}, {each.state === 'sending' ? 'on its way' : 'waits'}
        </span>
        {each.state === 'waiting' && (
          <button class="textbtn" type="button" onClick={() => dropBooking(each.key)}>
            Drop it
          </button>
        )}
      </td>
      <td role="cell" class="cat">
        {each.category !== null && <Path category={each.category} />}
      </td>
      <td role="cell" class="n main">
        <EntryAmt kind={each.kind} amount={each.amount} />
      </td>
      <td role="cell" class="n bal" />
    </tr>
  );
}

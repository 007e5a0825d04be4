import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Entry } from '../api/types.ts';
import { singleKeys } from '../state/settings.ts';
import type { Item } from './rows.ts';

interface RowKeys {
  readonly items: readonly Item[];
  readonly offsets: Float64Array;
  readonly place: RefObject<HTMLElement | null>;
  readonly selected: Signal<ReadonlySet<string>>;
  readonly toggle: (entry: Entry) => void;
  readonly voidOne: (entry: Entry) => void;
  readonly voidThese: () => void;
}

const FIELDS = 'input, textarea, select, dialog, .pop__sheet, .edit';

function rowIndex(): number {
  const row = document.activeElement?.closest('tr[data-index]');
  return row instanceof HTMLElement ? Number(row.dataset['index']) : -1;
}

/** ↑ ↓ move through the rows, e opens, x selects, v voids. */
export function useRowKeys(keys: RowKeys): void {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (event.target instanceof Element && event.target.closest(FIELDS) !== null) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(held.current, event);
      else if (singleKeys.peek()) act(held.current, event);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function move({ items, offsets, place }: RowKeys, event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : -1;
  let index = rowIndex() + step;
  while (items[index] !== undefined && items[index]?.sort !== 'entry') index += step;
  if (items[index]?.sort !== 'entry') return;
  event.preventDefault();
  const focus = (): boolean => {
    const button = document.querySelector<HTMLElement>(`button[data-row="${index}"]`);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest' });
    return button !== null;
  };
  if (focus()) return;
  const top = place.current?.getBoundingClientRect().top ?? 0;
  scrollTo({ top: scrollY + top + (offsets[index] ?? 0) - innerHeight / 2 });
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

function act({ items, selected, toggle, voidOne, voidThese }: RowKeys, event: KeyboardEvent): void {
  const item = items[rowIndex()];
  if (event.key === 'v' && selected.peek().size > 0) {
    event.preventDefault();
    voidThese();
    return;
  }
  if (item?.sort !== 'entry') return;
  const { entry } = item;
  if (event.key === 'e') toggle(entry);
  else if (event.key === 'v' && !entry.void) voidOne(entry);
  else if (event.key === 'x') {
    const next = new Set(selected.peek());
    if (!next.delete(entry.id)) next.add(entry.id);
    selected.value = next;
  } else return;
  event.preventDefault();
}

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Wallet } from '../api/types.ts';
import { addDays, addMonths, monthStart } from '../days/day.ts';
import { dayAndMonth, monthAndYear, spanInWords } from '../days/format-day.ts';
import { words } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Popover } from '../shell/popover.tsx';
import { KIND_NAMES } from '../state/entry-words.ts';
import { FilterForm } from './filter-form.tsx';
import { clearFilters, filters, isNarrowed, narrow } from './filters.ts';

const PAUSE_MS = 180;

export function FilterBar({ wallet }: { readonly wallet: Wallet }) {
  return (
    <form class="finder" role="search" aria-label="Entries" onSubmit={(event) => event.preventDefault()}>
      <Search />
      <Chips wallet={wallet} />
    </form>
  );
}

function Search() {
  const typed = useSignal(filters.value.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = filters.value.q;
  useEffect(() => {
    if (document.activeElement?.id !== 'register-search') typed.value = asked;
  }, [asked]);
  return (
    <div class="field">
      <label class="sr" for="register-search">
        Search in notes and categories
      </label>
      <input
        class="input"
        id="register-search"
        type="search"
        placeholder="Search in notes and categories"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => narrow({ q: typed.value.trim() }), PAUSE_MS);
        }}
      />
    </div>
  );
}

interface ChipProps {
  readonly on: boolean;
  readonly name: string;
  readonly press: () => void;
}

function Chip({ on, name, press }: ChipProps) {
  return (
    <button class="chip" type="button" aria-pressed={on} onClick={press}>
      {name}
      {on && <Icon name="x" small />}
    </button>
  );
}

const fullDay = (day: string): string => `${dayAndMonth(day)} ${day.slice(0, 4)}`;

function spanName(from: string, to: string): string {
  if (from === '') return `until ${dayAndMonth(addDays(to, -1))} ${to.slice(0, 4)}`;
  if (to === '') return `from ${dayAndMonth(from)} ${from.slice(0, 4)}`;
  if (from.endsWith('-01') && to === addMonths(from, 1)) return monthAndYear(from);
  return `${spanInWords(from, to)} ${addDays(to, -1).slice(0, 4)}`;
}

function Chips({ wallet }: { readonly wallet: Wallet }) {
  const held = filters.value;
  const thisMonth = monthStart(wallet.today);
  const lastMonth = addMonths(wallet.today, -1);
  const month = (from: string) => narrow({ from, to: addMonths(from, 1) });
  const spanned = held.from !== '' || held.to !== '';
  return (
    <div class="chips" role="group" aria-label="Filters">
      {spanned ? (
        <Chip on name={spanName(held.from, held.to)} press={() => narrow({ from: '', to: '' })} />
      ) : (
        <>
          <Chip on={false} name={monthAndYear(thisMonth)} press={() => month(thisMonth)} />
          <Chip on={false} name={monthAndYear(lastMonth)} press={() => month(lastMonth)} />
        </>
      )}
      {held.kind !== '' && held.kind !== 'income' && held.kind !== 'spending' && (
        <Chip on name={KIND_NAMES[held.kind]} press={() => narrow({ kind: '' })} />
      )}
      {(held.kind === '' || held.kind === 'income') && (
        <Chip on={held.kind === 'income'} name="In" press={() => narrow({ kind: held.kind === 'income' ? '' : 'income' })} />
      )}
      {(held.kind === '' || held.kind === 'spending') && (
        <Chip
          on={held.kind === 'spending'}
          name="Out"
          press={() => narrow({ kind: held.kind === 'spending' ? '' : 'spending' })}
        />
      )}
      {held.category !== '' && <Chip on name={held.category} press={() => narrow({ category: '' })} />}
      {held.payee !== '' && <Chip on name={held.payee} press={() => narrow({ payee: '' })} />}
      {held.tag !== '' && <Chip on name={`#${held.tag}`} press={() => narrow({ tag: '' })} />}
      {held.min !== '' && <Chip on name={`From ${words(held.min)}`} press={() => narrow({ min: '' })} />}
      {held.max !== '' && <Chip on name={`Up to ${words(held.max)}`} press={() => narrow({ max: '' })} />}
      {held.without !== '' && <Chip on name={`Without a ${held.without}`} press={() => narrow({ without: '' })} />}
      {held.occurredAsOf !== '' && (
        <Chip on name={`Had occurred by ${fullDay(held.occurredAsOf)}`} press={() => narrow({ occurredAsOf: '' })} />
      )}
      {held.recordedAsOf !== '' && (
        <Chip on name={`As known on ${fullDay(held.recordedAsOf)}`} press={() => narrow({ recordedAsOf: '' })} />
      )}
      {held.importId !== '' && <Chip on name="One import" press={() => narrow({ importId: '' })} />}
      <Chip on={held.void} name="Void shown" press={() => narrow({ void: !held.void })} />
      <Popover
        look="chip"
        side="end"
        face={
          <>
            <Icon name="plus" small />
            Filter
          </>
        }
      >
        {(close) => <FilterForm wallet={wallet} close={close} />}
      </Popover>
      {isNarrowed(held) && (
        <button class="textbtn" type="button" onClick={clearFilters}>
          Show all
        </button>
      )}
    </div>
  );
}

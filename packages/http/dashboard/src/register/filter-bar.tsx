import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Wallet } from '../api/types.ts';
import { addDays, addMonths, monthStart } from '../days/day.ts';
import { dayAndMonth, monthAndYear, spanInWords } from '../days/format-day.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { words } from '../money/amt.tsx';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { Icon } from '../shell/icon.tsx';
import { Popover } from '../shell/popover.tsx';
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
      {held.kind !== 'expense' && (
        <Chip on={held.kind === 'income'} name="In" press={() => narrow({ kind: held.kind === 'income' ? '' : 'income' })} />
      )}
      {held.kind !== 'income' && (
        <Chip on={held.kind === 'expense'} name="Out" press={() => narrow({ kind: held.kind === 'expense' ? '' : 'expense' })} />
      )}
      {held.category !== '' && <Chip on name={held.category} press={() => narrow({ category: '' })} />}
      {held.min !== '' && <Chip on name={`From ${words(held.min)}`} press={() => narrow({ min: '' })} />}
      {held.max !== '' && <Chip on name={`Up to ${words(held.max)}`} press={() => narrow({ max: '' })} />}
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

function FilterForm({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const held = filters.peek();
  const values = useSignal({
    from: held.from,
    until: held.to === '' ? '' : addDays(held.to, -1),
    category: held.category,
    min: held.min,
    max: held.max,
  });
  const wrong = useSignal<{ readonly field: string; readonly text: string } | undefined>(undefined);
  const categories = useKnownCategories(wallet);
  const set = (part: Partial<typeof values.value>): void => {
    values.value = { ...values.value, ...part };
  };
  const apply = (): void => {
    const { from, until, category } = values.peek();
    const bounds = { min: '', max: '' };
    for (const side of ['min', 'max'] as const) {
      const text = values.peek()[side].trim();
      if (text === '') continue;
      const parsed = parseAmount(text, wallet.decimals);
      if (!parsed.ok) {
        wrong.value = { field: side, text: parsed.reason };
        return;
      }
      bounds[side] = parsed.amount;
    }
    narrow({ from, to: until === '' ? '' : addDays(until, 1), category: category.trim(), ...bounds });
    close();
  };
  const enter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    apply();
  };
  const date = (name: 'from' | 'until', label: string) => (
    <Field id={`f-${name}`} label={label} look="w3">
      <input
        class="input"
        id={`f-${name}`}
        type="date"
        value={values.value[name]}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
  const bound = (name: 'min' | 'max', label: string) => (
    <Field id={`f-${name}`} label={label} look="w3" fault={wrong.value?.field === name ? wrong.value.text : undefined}>
      <input
        class="input input--amt"
        id={`f-${name}`}
        inputMode="decimal"
        autocomplete="off"
        value={values.value[name]}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
  return (
    <div class="edit__form filter-form" role="group" aria-label="Filter" onKeyDown={enter}>
      {date('from', 'From')}
      {date('until', 'Until')}
      {bound('min', `At least, ${wallet.currency}`)}
      {bound('max', `At most, ${wallet.currency}`)}
      <CategoryField
        id="f-category"
        look="w6"
        value={values.value.category}
        categories={categories}
        change={(next) => set({ category: next })}
      />
      <div class="w6 row-actions">
        <button class="btn btn--main" type="button" onClick={apply}>
          Show
        </button>
        <button class="btn" type="button" onClick={close}>
          Close
        </button>
      </div>
    </div>
  );
}

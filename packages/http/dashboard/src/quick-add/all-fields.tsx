import type { Signal } from '@preact/signals';
import type { EntryKind } from '../api/entry-types.ts';
import type { Wallet } from '../api/types.ts';
import { KIND_NAMES } from '../state/entry-words.ts';
import { CategoryField, Field } from './entry-fields.tsx';
import { PayeeField } from './payee-field.tsx';
import { SplitFields } from './split-fields.tsx';
import { NO_SPLIT, type SplitValues } from './split.ts';

export interface FieldValues {
  readonly kind: EntryKind;
  readonly amount: string;
  readonly category: string;
  readonly split: SplitValues;
  readonly payee: string;
  readonly tags: string;
  readonly note: string;
  readonly occurredOn: string;
}

/** Nothing written yet. */
export function blankFields(occurredOn: string): FieldValues {
  return { kind: 'expense', amount: '', category: '', split: NO_SPLIT, payee: '', tags: '', note: '', occurredOn };
}

export interface FieldFaultShown {
  readonly field: keyof FieldValues;
  readonly text: string;
}

interface EntryFieldsProps {
  readonly prefix: string;
  readonly wallet: Wallet;
  readonly values: Signal<FieldValues>;
  readonly fault: FieldFaultShown | undefined;
  readonly categories: readonly string[];
}

function handles({ prefix, values, fault }: Pick<EntryFieldsProps, 'prefix' | 'values' | 'fault'>) {
  const wrong = (field: keyof FieldValues): string | undefined => (fault?.field === field ? fault.text : undefined);
  return {
    wrong,
    set(part: Partial<FieldValues>): void {
      values.value = { ...values.value, ...part };
    },
    tied: (field: keyof FieldValues) => ({
      'aria-invalid': wrong(field) !== undefined,
      'aria-describedby': wrong(field) === undefined ? undefined : `${prefix}-${field}-hint`,
    }),
  };
}

/** What an entry says. Half of a transfer keeps its amount, and what is none keeps its kind. */
export function EntryFields({ prefix, wallet, values, fault, categories }: EntryFieldsProps) {
  const { set, wrong, tied } = handles({ prefix, values, fault });
  const { kind, amount, note, category, split, payee, occurredOn } = values.value;
  const isTransfer = kind === 'sent' || kind === 'received';
  const isSplit = split.rows.length > 0;
  return (
    <>
      <Field id={`${prefix}-amount`} label={`Amount, ${wallet.currency}`} look="w2" fault={wrong('amount')}>
        <input
          class="input input--amt"
          id={`${prefix}-amount`}
          name="amount"
          inputMode="decimal"
          autocomplete="off"
          readOnly={isTransfer}
          value={amount}
          {...tied('amount')}
          onInput={(event) => set({ amount: event.currentTarget.value })}
        />
      </Field>
      <Field id={`${prefix}-kind`} label="Kind" look="w2">
        <select
          class="input"
          id={`${prefix}-kind`}
          name="kind"
          value={kind}
          disabled={kind !== 'income' && kind !== 'expense'}
          onChange={(event) => set({ kind: event.currentTarget.value === 'income' ? 'income' : 'expense' })}
        >
          <option value="expense">Expense</option>
          <option value="income">Income</option>
          {kind !== 'income' && kind !== 'expense' && <option value={kind}>{KIND_NAMES[kind]}</option>}
        </select>
      </Field>
      <Field id={`${prefix}-occurredOn`} label="Day" look="w2" fault={wrong('occurredOn')}>
        <input
          class="input"
          id={`${prefix}-occurredOn`}
          name="occurredOn"
          type="date"
          value={occurredOn}
          {...tied('occurredOn')}
          onInput={(event) => set({ occurredOn: event.currentTarget.value })}
        />
      </Field>
      <PayeeField
        id={`${prefix}-payee`}
        wallet={wallet}
        value={payee}
        fault={wrong('payee')}
        change={(next, last) => set({ payee: next, ...(last !== null && category === '' && !isSplit ? { category: last } : {}) })}
      />
      <Field id={`${prefix}-note`} label="What for" look="w3">
        <input
          class="input"
          id={`${prefix}-note`}
          name="note"
          autocomplete="off"
          maxLength={500}
          value={note}
          onInput={(event) => set({ note: event.currentTarget.value })}
        />
      </Field>
      <Purpose {...{ prefix, wallet, values, fault, categories }} />
    </>
  );
}

/** What it was for: a category or parts, and tags. A transfer has tags alone. */
function Purpose({ prefix, wallet, values, fault, categories }: EntryFieldsProps) {
  const { set, wrong, tied } = handles({ prefix, values, fault });
  const { kind, amount, category, split, tags } = values.value;
  const isTransfer = kind === 'sent' || kind === 'received';
  const isSplit = split.rows.length > 0;
  const begin = (): void => {
    const rest = { category: '', figure: '', note: null };
    set({ split: { by: 'amount', rows: [{ category: category.trim(), figure: '', note: null }, rest] } });
  };
  return (
    <>
      {!isTransfer && !isSplit && (
        <CategoryField
          id={`${prefix}-category`}
          value={category}
          categories={categories}
          fault={wrong('category')}
          change={(next) => set({ category: next })}
        />
      )}
      <Field id={`${prefix}-tags`} label="Tags" look={isTransfer || isSplit ? 'w6' : 'w3'} fault={wrong('tags')}>
        <input
          class="input"
          id={`${prefix}-tags`}
          name="tags"
          placeholder="#trip #work"
          autocomplete="off"
          autocapitalize="off"
          maxLength={500}
          value={tags}
          {...tied('tags')}
          onInput={(event) => set({ tags: event.currentTarget.value })}
        />
      </Field>
      {isSplit ? (
        <SplitFields
          prefix={prefix}
          wallet={wallet}
          amount={amount}
          split={split}
          categories={categories}
          fault={wrong('split')}
          change={(next) =>
            set(next.rows.length === 1 ? { split: NO_SPLIT, category: next.rows[0]?.category ?? '' } : { split: next })
          }
        />
      ) : (
        !isTransfer && (
          <p class="w6">
            <button class="textbtn" type="button" onClick={begin}>
              Split it over several categories
            </button>
          </p>
        )
      )}
    </>
  );
}

import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Kind, Wallet } from '../api/types.ts';

export interface FieldValues {
  readonly kind: Kind;
  readonly amount: string;
  readonly category: string;
  readonly note: string;
  readonly occurredOn: string;
}

export interface FieldFaultShown {
  readonly field: keyof FieldValues;
  readonly text: string;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly look?: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}

/** A label, its control, and beneath it a hint or what is wrong. The control ties itself to `${id}-hint`. */
export function Field({ id, label, look, fault, hint, children }: FieldProps) {
  return (
    <div class={`field ${look ?? ''}`}>
      <label for={id}>{label}</label>
      {children}
      {(fault ?? hint) !== undefined && (
        <small id={`${id}-hint`} class={fault === undefined ? undefined : 'state--near'}>
          {fault ?? hint}
        </small>
      )}
    </div>
  );
}

interface CategoryFieldProps {
  readonly id: string;
  readonly value: string;
  readonly categories: readonly string[];
  readonly fault?: string | undefined;
  readonly label?: string;
  readonly look?: string;
  readonly hint?: string;
  readonly change: (value: string) => void;
}

/** A category with those used before as suggestions. */
export function CategoryField({ id, value, categories, fault, label, look, hint, change }: CategoryFieldProps) {
  return (
    <Field id={id} label={label ?? 'Category'} look={look ?? 'w3'} fault={fault} hint={hint}>
      <input
        class="input"
        id={id}
        name="category"
        list={`${id}-known`}
        value={value}
        autocomplete="off"
        maxLength={487}
        aria-invalid={fault !== undefined}
        aria-describedby={fault !== undefined || hint !== undefined ? `${id}-hint` : undefined}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <datalist id={`${id}-known`}>
        {categories.map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
    </Field>
  );
}

interface EntryFieldsProps {
  readonly prefix: string;
  readonly wallet: Wallet;
  readonly values: Signal<FieldValues>;
  readonly fault: FieldFaultShown | undefined;
  readonly categories: readonly string[];
}

/** Amount, kind, day, note and category of an entry. */
export function EntryFields({ prefix, wallet, values, fault, categories }: EntryFieldsProps) {
  const set = (part: Partial<FieldValues>): void => {
    values.value = { ...values.value, ...part };
  };
  const wrong = (field: keyof FieldValues): string | undefined => (fault?.field === field ? fault.text : undefined);
  const tied = (field: keyof FieldValues) => ({
    'aria-invalid': wrong(field) !== undefined,
    'aria-describedby': wrong(field) === undefined ? undefined : `${prefix}-${field}-hint`,
  });
  const { kind, amount, note, category, occurredOn } = values.value;
  return (
    <>
      <Field id={`${prefix}-amount`} label={`Amount, ${wallet.currency}`} look="w2" fault={wrong('amount')}>
        <input
          class="input input--amt"
          id={`${prefix}-amount`}
          name="amount"
          inputMode="decimal"
          autocomplete="off"
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
          onChange={(event) => set({ kind: event.currentTarget.value === 'income' ? 'income' : 'expense' })}
        >
          <option value="expense">Expense</option>
          <option value="income">Income</option>
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
      <CategoryField
        id={`${prefix}-category`}
        value={category}
        categories={categories}
        fault={wrong('category')}
        change={(next) => set({ category: next })}
      />
    </>
  );
}

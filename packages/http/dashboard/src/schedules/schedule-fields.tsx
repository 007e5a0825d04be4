import type { Signal } from '@preact/signals';
import type { Shift } from '../api/schedule-types.ts';
import type { Kind, Wallet } from '../api/types.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import type { Course } from './course.ts';

/** A schedule as it is being typed. */
export interface Typed extends Course {
  readonly kind: Kind;
  readonly amount: string;
  readonly category: string;
  readonly note: string;
  readonly payee: string;
  /** The first day of a new schedule, or that from which a change holds. */
  readonly from: string;
  readonly shift: Shift;
  readonly remindDays: string;
}

type Named = 'amount' | 'category' | 'note' | 'payee' | 'from' | 'rule' | 'form';

export interface Wrong {
  readonly field: Named;
  readonly text: string;
}

/** The field that a refusal is about. */
export function fieldOf(code: string): Named {
  if (/^(?:category|parts)-/.test(code)) return 'category';
  if (/^(?:date|occurrence)-/.test(code)) return 'from';
  if (code.startsWith('amount-')) return 'amount';
  if (code.startsWith('rule-')) return 'rule';
  if (code.startsWith('note-')) return 'note';
  return code.startsWith('payee-') ? 'payee' : 'form';
}

interface TextFieldProps {
  readonly typed: Signal<Typed>;
  readonly wrong: Wrong | undefined;
  readonly name: 'amount' | 'note' | 'payee' | 'rule' | 'from';
  readonly label: string;
  readonly look: string;
  readonly hint?: string;
  readonly type?: 'date';
}

/** One line of text, or a day. */
export function TextField({ typed, wrong, name, label, look, hint, type }: TextFieldProps) {
  const id = `schedule-${name}`;
  const fault = wrong?.field === name ? wrong.text : undefined;
  const common = {
    id,
    class: name === 'amount' ? 'input input--amt' : 'input',
    value: typed.value[name],
    'aria-invalid': fault !== undefined,
    'aria-describedby': (fault ?? hint) === undefined ? undefined : `${id}-hint`,
    onInput: (event: { readonly currentTarget: HTMLInputElement }): void => {
      typed.value = { ...typed.peek(), [name]: event.currentTarget.value };
    },
  };
  return (
    <Field id={id} look={look} label={label} fault={fault} hint={hint}>
      {type === 'date' ? (
        <input type="date" {...common} />
      ) : (
        <input autocomplete="off" inputMode={name === 'amount' ? 'decimal' : 'text'} {...common} />
      )}
    </Field>
  );
}

interface SayingFieldsProps {
  readonly wallet: Wallet;
  readonly typed: Signal<Typed>;
  readonly wrong: Wrong | undefined;
  readonly categories: readonly string[];
  /** Over how many categories it is split now. */
  readonly split: number;
}

/** What is booked. */
export function SayingFields({ wallet, typed, wrong, categories, split }: SayingFieldsProps) {
  const own = { typed, wrong };
  return (
    <>
      <TextField {...own} name="note" label="What for" look="w4 whole" />
      <Field id="schedule-kind" look="w2 whole" label="Kind">
        <select
          class="input"
          id="schedule-kind"
          value={typed.value.kind}
          onChange={(event) => {
            typed.value = { ...typed.peek(), kind: event.currentTarget.value === 'income' ? 'income' : 'expense' };
          }}
        >
          <option value="expense">Expense</option>
          <option value="income">Income</option>
        </select>
      </Field>
      <TextField {...own} name="amount" label={`Amount, ${wallet.currency}`} look="w2 whole" />
      <CategoryField
        id="schedule-category"
        look="w2 whole"
        label="Category"
        value={typed.value.category}
        categories={categories}
        fault={wrong?.field === 'category' ? wrong.text : undefined}
        {...(split > 0 ? { hint: `Leave it empty to keep the split over ${split}.` } : {})}
        change={(category) => {
          typed.value = { ...typed.peek(), category };
        }}
      />
      <TextField {...own} name="payee" label="Payee" look="w2 whole" />
    </>
  );
}

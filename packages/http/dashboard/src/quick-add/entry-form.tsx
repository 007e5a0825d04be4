import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Facts, Wallet } from '../api/types.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { book } from '../state/bookings.ts';
import { warn } from '../state/toast.ts';
import { EntryFields, type FieldValues } from './all-fields.tsx';
import type { QuickAdd } from './quick-add.ts';
import { checkSplit, NO_SPLIT } from './split.ts';
import { readTags, tagFault, tagsInWords } from './tags.ts';

interface EntryFormProps {
  readonly wallet: Wallet;
  readonly categories: readonly string[];
  readonly from: QuickAdd;
  readonly booked: () => void;
}

export type Checked = { readonly facts: Facts } | { readonly field: keyof FieldValues; readonly fault: string };

/** Checks the fields in their order and names the first that needs something. */
export function checkFields(values: FieldValues, decimals: number): Checked {
  const amount = parseAmount(values.amount, decimals);
  if (!amount.ok) return { field: 'amount', fault: amount.reason };
  if (values.occurredOn === '') return { field: 'occurredOn', fault: 'Choose a day.' };
  const purpose = checkPurpose(values, amount.amount, decimals);
  if ('field' in purpose) return purpose;
  const tags = readTags(values.tags);
  const wrong = tagFault(tags);
  if (wrong !== undefined) return { field: 'tags', fault: wrong };
  return {
    facts: {
      kind: values.kind,
      amount: amount.amount,
      ...purpose,
      payee: values.payee.trim() || null,
      tags,
      note: values.note.trim() || null,
      occurredOn: values.occurredOn,
    },
  };
}

type Purpose = Pick<Facts, 'category' | 'parts'>;

function checkPurpose(
  { kind, category, split, payee }: FieldValues,
  amount: string,
  decimals: number,
): Purpose | Exclude<Checked, { readonly facts: Facts }> {
  if (kind === 'sent' || kind === 'received') return { category: null, parts: null };
  if (split.rows.length > 0) {
    const checked = checkSplit(split, amount, decimals);
    return 'parts' in checked ? { category: null, parts: checked.parts } : { field: 'split', fault: checked.fault };
  }
  // A payee that was paid before brings its category along.
  if (kind !== 'income' && category.trim() === '' && payee.trim() === '')
    return { field: 'category', fault: 'An expense needs a category, as Food:Cafe.' };
  return { category: category.trim() || null, parts: null };
}

/** The same entry, field by field. */
export function EntryForm({ wallet, categories, from, booked }: EntryFormProps) {
  const start = (): FieldValues => ({
    kind: from.kind,
    amount: from.amount ?? '',
    category: from.category ?? '',
    split: NO_SPLIT,
    payee: '',
    tags: tagsInWords(from.tags),
    note: from.note ?? '',
    occurredOn: from.occurredOn,
  });
  const values = useSignal<FieldValues>(start());
  const fault = useSignal<{ field: keyof FieldValues; text: string } | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const checked = checkFields(values.value, wallet.decimals);
    if ('field' in checked) {
      fault.value = { field: checked.field, text: checked.fault };
      form.current?.querySelector<HTMLElement>(`[name="${checked.field}"]`)?.focus();
      return;
    }
    if (!book(wallet, checked.facts)) {
      warn('100 entries wait already. Come back online, or drop some of them.');
      return;
    }
    fault.value = undefined;
    values.value = { ...values.value, amount: '', note: '', payee: '', split: NO_SPLIT };
    booked();
  };
  return (
    <form
      class="quick__form"
      ref={form}
      aria-label="Book an entry, all fields"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) submit(event);
      }}
    >
      <EntryFields prefix="full" wallet={wallet} values={values} fault={fault.value} categories={categories} />
      <div class="w6 row-actions">
        <button class="btn" type="submit">
          Book it
        </button>
      </div>
    </form>
  );
}

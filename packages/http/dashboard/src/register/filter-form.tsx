import { useSignal } from '@preact/signals';
import type { EntryKind } from '../api/entry-types.ts';
import type { Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { PayeeField } from '../quick-add/payee-field.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { KIND_NAMES } from '../state/entry-words.ts';
import { type Filters, filters, narrow } from './filters.ts';

const KINDS: readonly EntryKind[] = ['expense', 'income', 'refund', 'sent', 'received'];
const kindOf = (text: string): Filters['kind'] => (text === 'spending' ? text : (KINDS.find((kind) => kind === text) ?? ''));

/** All that can narrow the register; what is left empty does not. */
export function FilterForm({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const held = filters.peek();
  const values = useSignal({
    from: held.from,
    until: held.to === '' ? '' : addDays(held.to, -1),
    category: held.category,
    payee: held.payee,
    tag: held.tag,
    kind: held.kind,
    min: held.min,
    max: held.max,
  });
  const wrong = useSignal<{ readonly field: string; readonly text: string } | undefined>(undefined);
  const categories = useKnownCategories(wallet);
  const set = (part: Partial<typeof values.value>): void => {
    values.value = { ...values.value, ...part };
  };
  const apply = (): void => {
    const { from, until, category, payee, tag, kind } = values.peek();
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
    narrow({
      from,
      to: until === '' ? '' : addDays(until, 1),
      category: category.trim(),
      payee: payee.trim(),
      tag: tag.trim().replace(/^#/, ''),
      kind,
      ...bounds,
    });
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
      <PayeeField id="f-payee" wallet={wallet} look="w6" value={values.value.payee} change={(payee) => set({ payee })} />
      <Field id="f-tag" label="Tag" look="w3">
        <input
          class="input"
          id="f-tag"
          autocomplete="off"
          autocapitalize="off"
          maxLength={41}
          value={values.value.tag}
          onInput={(event) => set({ tag: event.currentTarget.value })}
        />
      </Field>
      <Field id="f-kind" label="Kind" look="w3">
        <select
          class="input"
          id="f-kind"
          value={values.value.kind}
          onChange={(event) => set({ kind: kindOf(event.currentTarget.value) })}
        >
          <option value="">All</option>
          <option value="spending">Out: expenses and refunds</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_NAMES[kind]}
            </option>
          ))}
        </select>
      </Field>
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

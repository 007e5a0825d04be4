import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { checkFields } from '../quick-add/entry-form.tsx';
import { blankFields, EntryFields, type FieldFaultShown, type FieldValues } from '../quick-add/all-fields.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { planEntry } from './plan-deeds.ts';

interface PlanFormProps {
  readonly wallet: Wallet;
  readonly close: () => void;
}

const SOON_DAYS = 7;

/** Plans an entry with the fields of any other. */
export function PlanForm({ wallet, close }: PlanFormProps) {
  const values = useSignal<FieldValues>(blankFields(addDays(wallet.today, SOON_DAYS)));
  const fault = useSignal<FieldFaultShown | undefined>(undefined);
  const refused = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const categories = useKnownCategories(wallet);
  const save = async (): Promise<void> => {
    const checked = checkFields(values.peek(), wallet.decimals);
    if ('field' in checked) {
      fault.value = { field: checked.field, text: checked.fault };
      form.current?.querySelector<HTMLElement>(`[name="${checked.field}"]`)?.focus();
      return;
    }
    busy.value = true;
    try {
      did(await planEntry(wallet.id, checked.facts));
      close();
    } catch (error) {
      refused.value = reasonOf(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <form
      class="edit__form plan-form"
      ref={form}
      aria-label="Plan an entry"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy.peek()) void save();
      }}
    >
      <EntryFields prefix="plan" wallet={wallet} values={values} fault={fault.value} categories={categories} />
      {refused.value !== undefined && (
        <p class="w6 band" role="alert">
          {refused.value}
        </p>
      )}
      <div class="w6 row-actions">
        <button class="btn" type="submit" aria-disabled={busy.value}>
          Plan it
        </button>
        <button class="btn btn--bare" type="button" onClick={close}>
          Close
        </button>
      </div>
    </form>
  );
}

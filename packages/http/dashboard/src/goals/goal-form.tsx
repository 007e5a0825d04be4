import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Goal, GoalTerms } from '../api/goal-types.ts';
import type { Wallet } from '../api/types.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { TypedField } from '../shell/typed-field.tsx';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { newKey } from '../state/writes.ts';
import { setGoal } from './goal-deeds.ts';

interface Wrong {
  readonly field: 'name' | 'target' | 'by' | 'form';
  readonly text: string;
}

const FIELDS: Readonly<Record<string, Wrong['field']>> = {
  'name-invalid': 'name',
  'date-invalid': 'by',
  'date-out-of-range': 'by',
  'amount-too-large': 'target',
};

interface GoalFormProps {
  readonly wallet: Wallet;
  readonly goal: Goal | undefined;
  readonly close: () => void;
}

/** Sets a new goal or changes one; what is set aside stays. */
export function GoalForm({ wallet, goal, close }: GoalFormProps) {
  const values = useSignal({ name: goal?.name ?? '', target: goal?.target ?? '', by: goal?.by ?? '' });
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  const fail = (fault: Wrong): void => {
    wrong.value = fault;
    form.current?.querySelector<HTMLElement>(`#goal-form-${fault.field}`)?.focus();
  };
  const save = async (): Promise<void> => {
    const { name, target, by } = values.peek();
    if (name.trim() === '') return fail({ field: 'name', text: 'Give it a name, as A bike.' });
    const amount = parseAmount(target, wallet.decimals);
    if (!amount.ok) return fail({ field: 'target', text: amount.reason });
    const terms: GoalTerms = { name: name.trim(), target: amount.amount, by: by === '' ? null : by };
    busy.value = true;
    try {
      did(await setGoal(wallet.id, goal?.id ?? newKey(), terms));
      close();
    } catch (error) {
      fail({ field: (error instanceof Problem ? FIELDS[error.code] : undefined) ?? 'form', text: reasonOf(error) });
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy.peek()) void save();
  };
  const field = (name: 'name' | 'target' | 'by') => ({
    id: `goal-form-${name}`,
    value: values.value[name],
    fault: wrong.value?.field === name ? wrong.value.text : undefined,
    change: (next: string) => (values.value = { ...values.value, [name]: next }),
  });
  return (
    <form
      class="edit__form"
      ref={form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && submit(event)}
    >
      <TypedField look="w6" label="What for" maxLength={100} {...field('name')} />
      <TypedField look="w3" label={`How much, ${wallet.currency}`} kind="money" {...field('target')} />
      <TypedField look="w3" label="By" hint="Leave it empty if there is no hurry." kind="day" {...field('by')} />
      {wrong.value?.field === 'form' && (
        <p class="w6 band" role="alert">
          {wrong.value.text}
        </p>
      )}
      <div class="w6 row-actions">
        <button class="btn btn--main" type="submit" aria-disabled={busy.value}>
          Save <kbd class="wide-only">Ctrl Enter</kbd>
        </button>
        <button class="btn" type="button" onClick={close}>
          Close
        </button>
      </div>
    </form>
  );
}

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Limit, Wallet } from '../api/types.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { limits } from '../state/books.ts';
import { did } from '../state/undo.ts';
import { reasonOf } from '../state/toast.ts';
import { newKey } from '../state/writes.ts';
import { bodyOf, type LimitBody, setLimit } from './limit-deeds.ts';
import { LimitFields, readThresholds, type Terms, type Wrong } from './limit-fields.tsx';
import { Standing } from './standing.tsx';

interface LimitFormProps {
  readonly wallet: Wallet;
  readonly limit: Limit | undefined;
  readonly categories: readonly string[];
  readonly close: () => void;
}

/** Sets a new limit or changes one, showing where it would stand before it is saved. */
export function LimitForm({ wallet, limit, categories, close }: LimitFormProps) {
  const terms = useSignal<Terms>({
    scope: limit?.scope ?? '',
    period: limit?.period ?? 'month',
    amount: limit?.amount ?? '',
    thresholds: (limit?.thresholds ?? [80, 100]).join(', '),
    mode: limit?.mode ?? 'warn',
  });
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const fail = (fault: Wrong): void => {
    wrong.value = fault;
    form.current?.querySelector<HTMLElement>(`#limit-${fault.field}`)?.focus();
  };
  const save = async (): Promise<void> => {
    const { scope, period, mode } = terms.peek();
    const amount = parseAmount(terms.peek().amount, wallet.decimals);
    if (!amount.ok) return fail({ field: 'amount', text: amount.reason });
    const thresholds = readThresholds(terms.peek().thresholds);
    if (thresholds === undefined) return fail({ field: 'thresholds', text: 'Whole percentages from 1 to 1000, as in 80, 100.' });
    const body: LimitBody = { scope: scope.trim() || null, period, amount: amount.amount, thresholds, mode };
    busy.value = true;
    try {
      // A second limit on the same thing for the same period would only confuse: it takes the place of the first.
      const held = limits.of(wallet.id).value.peek()?.items ?? [];
      const before = limit ?? held.find((each) => each.scope === body.scope && each.period === period);
      did(await setLimit(wallet.id, before?.id ?? newKey(), body, before === undefined ? undefined : bodyOf(before)));
      close();
    } catch (error) {
      const field = error instanceof Problem && error.code.startsWith('category') ? 'scope' : 'form';
      fail({ field, text: reasonOf(error) });
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy.peek()) void save();
  };
  const { scope, period, amount, thresholds } = terms.value;
  return (
    <form
      class="edit__form"
      ref={form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && submit(event)}
    >
      <LimitFields wallet={wallet} terms={terms} wrong={wrong.value} categories={categories} />
      <div class="w6">
        <Standing
          wallet={wallet}
          scope={scope.trim() || null}
          period={period}
          amount={amount}
          thresholds={readThresholds(thresholds) ?? [80, 100]}
        />
      </div>
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

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Limit } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { limits } from '../state/books.ts';
import { did } from '../state/undo.ts';
import { reasonOf } from '../state/toast.ts';
import { newKey } from '../state/writes.ts';
import { type LimitBody, setLimit } from './limit-deeds.ts';
import { LimitFields } from './limit-fields.tsx';
import { readTerms, type Terms, termsOf, type Wrong } from './limit-terms.ts';
import { Standing } from './standing.tsx';

interface LimitFormProps {
  readonly wallet: Wallet;
  readonly limit: Limit | undefined;
  readonly categories: readonly string[];
  readonly close: () => void;
}

const FIELDS: Readonly<Record<string, Wrong['field']>> = {
  'category-invalid': 'scope',
  'category-too-long': 'scope',
  'category-too-deep': 'scope',
  'tags-invalid': 'tag',
  'date-out-of-range': 'startsOn',
};

function fieldOf(error: unknown): Wrong['field'] {
  return (error instanceof Problem ? FIELDS[error.code] : undefined) ?? 'form';
}

/** A second limit on the same thing for the same periods would only confuse: it takes the place of the first. */
function sameLimit(held: readonly Limit[], { scope, tag, period, firstDay }: LimitBody): Limit | undefined {
  if (period === 'custom') return undefined;
  return held.find((each) => each.scope === scope && each.tag === tag && each.period === period && each.firstDay === firstDay);
}

/** Sets a new limit or changes one, showing where it would stand before it is saved. */
export function LimitForm({ wallet, limit, categories, close }: LimitFormProps) {
  const terms = useSignal<Terms>(termsOf(limit, wallet.today));
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>(limit === undefined ? 'select' : '#limit-amount')?.focus(), []);
  const fail = (fault: Wrong): void => {
    wrong.value = fault;
    form.current?.querySelector<HTMLElement>(fault.field === 'form' ? '[role="alert"]' : `#limit-${fault.field}`)?.focus();
  };
  const save = async (): Promise<void> => {
    const body = readTerms(terms.peek(), wallet);
    if ('field' in body) return fail(body);
    busy.value = true;
    try {
      const before = limit ?? sameLimit(limits.of(wallet.id).value.peek()?.items ?? [], body);
      did(await setLimit(wallet.id, before?.id ?? newKey(), body));
      close();
    } catch (error) {
      fail({ field: fieldOf(error), text: reasonOf(error) });
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy.peek()) void save();
  };
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
        <Standing wallet={wallet} terms={terms.value} limit={limit} />
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

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Goal } from '../api/goal-types.ts';
import type { Wallet } from '../api/types.ts';
import { words } from '../money/amt.tsx';
import { parseAmount } from '../money/parse-amount.ts';
import { TypedField } from '../shell/typed-field.tsx';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { releaseSavings, saveMoney } from './goal-deeds.ts';

export type Move = 'save' | 'release';

interface MoveFormProps {
  readonly wallet: Wallet;
  readonly goal: Goal;
  readonly how: Move;
  readonly available: string;
  readonly close: () => void;
}

/** Sets money aside for a goal, or makes it available again. The money stays in the wallet. */
export function MoveForm({ wallet, goal, how, available, close }: MoveFormProps) {
  const amount = useSignal(how === 'save' ? (goal.perWeek ?? '') : '');
  const wrong = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (): void => form.current?.querySelector('input')?.focus();
  useEffect(focus, []);
  const move = async (): Promise<void> => {
    const parsed = parseAmount(amount.peek(), wallet.decimals);
    if (!parsed.ok) {
      wrong.value = parsed.reason;
      focus();
      return;
    }
    busy.value = true;
    try {
      did(await (how === 'save' ? saveMoney : releaseSavings)(wallet.id, goal, parsed.amount));
      close();
    } catch (error) {
      wrong.value = reasonOf(error);
      focus();
    } finally {
      busy.value = false;
    }
  };
  const most = how === 'save' ? `${words(available)} is available.` : `${words(goal.saved)} is set aside.`;
  return (
    <form
      class="move"
      ref={form}
      noValidate
      aria-label={how === 'save' ? `Set aside for ${goal.name}` : `Release of ${goal.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy.peek()) void move();
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <TypedField
        id={`goal-${how}`}
        look=""
        label={how === 'save' ? `Set aside, ${wallet.currency}` : `Release, ${wallet.currency}`}
        kind="money"
        hint={most}
        fault={wrong.value}
        value={amount.value}
        change={(next) => (amount.value = next)}
      />
      <div class="row-actions">
        <button class="btn btn--main" type="submit" aria-disabled={busy.value}>
          {how === 'save' ? 'Set it aside' : 'Release it'}
        </button>
        <button class="btn" type="button" onClick={close}>
          Close
        </button>
      </div>
    </form>
  );
}

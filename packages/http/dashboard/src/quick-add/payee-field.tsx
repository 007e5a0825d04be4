import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Payee } from '../api/entry-types.ts';
import { readPayees } from '../api/reads.ts';
import type { Wallet } from '../api/types.ts';
import { Field } from './entry-fields.tsx';

const PAUSE_MS = 150;

interface PayeeFieldProps {
  readonly id: string;
  readonly wallet: Wallet;
  readonly value: string;
  readonly label?: string;
  readonly look?: string;
  readonly fault?: string | undefined;
  /** The category is that of the last time, when the payee is one that is known. */
  readonly change: (value: string, category: string | null) => void;
}

/** A payee; those booked before that begin like it are offered. */
export function PayeeField({ id, wallet, value, label, look, fault, change }: PayeeFieldProps) {
  const known = useSignal<readonly Payee[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ask = (prefix: string): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      // Without completion the field still takes what is typed.
      readPayees(wallet.id, prefix).then(
        ({ items }) => {
          known.value = items;
        },
        () => undefined,
      );
    }, PAUSE_MS);
  };
  return (
    <Field id={id} label={label ?? 'Payee'} look={look ?? 'w3'} fault={fault}>
      <input
        class="input"
        id={id}
        name="payee"
        list={`${id}-known`}
        value={value}
        autocomplete="off"
        maxLength={100}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-hint`}
        onFocus={() => ask(value)}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          change(typed, known.peek().find((each) => each.name === typed.trim())?.category ?? null);
          ask(typed);
        }}
      />
      <datalist id={`${id}-known`}>
        {known.value.map(({ name, category }) => (
          <option key={name} value={name}>
            {category ?? ''}
          </option>
        ))}
      </datalist>
    </Field>
  );
}

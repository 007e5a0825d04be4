import { type Signal, useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Wallet } from '../api/types.ts';
import { currencies, guessCurrency } from '../money/currencies.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { Field } from '../quick-add/entry-fields.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { sheetOpen } from '../shell/overlays.ts';
import { reasonOf, say } from '../state/toast.ts';
import { chooseWallet } from '../state/wallets.ts';
import { type NewWallet, openWallet } from './wallet-deeds.ts';

interface Wrong {
  readonly field: 'name' | 'currency' | 'zone' | 'opening' | 'form';
  readonly text: string;
}

export function newWallet(name: string): NewWallet {
  return {
    name,
    currency: guessCurrency(navigator.language),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    opening: '',
  };
}

const FIELDS: Readonly<Record<string, Wrong['field']>> = { 'currency-unknown': 'currency', 'zone-unknown': 'zone' };

function wrongOf(error: unknown): Wrong {
  const code = error instanceof Problem ? error.code : '';
  const field = FIELDS[code] ?? (code.startsWith('name') || code.startsWith('wallet-name') ? 'name' : 'form');
  return { field, text: reasonOf(error) };
}

interface OpenWalletFormProps {
  readonly values: Signal<NewWallet>;
  readonly opened: (wallet: Wallet) => void;
}

/** Name, currency, time zone, and what is in it today. */
export function OpenWalletForm({ values, opened }: OpenWalletFormProps) {
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const known = useMemo(currencies, []);
  const set = (part: Partial<NewWallet>): void => {
    values.value = { ...values.value, ...part };
  };
  const fail = (fault: Wrong): void => {
    wrong.value = fault;
    form.current?.querySelector<HTMLElement>(`#wallet-${fault.field}`)?.focus();
  };
  const check = (): Wrong | undefined => {
    const { name, opening, currency } = values.peek();
    if (name.trim() === '') return { field: 'name', text: 'Give it a name, as Household.' };
    if (/^[\s0.,+\-\u2212]*$/.test(opening)) return undefined;
    const decimals = known.find((each) => each.code === currency)?.decimals ?? 2;
    const parsed = parseAmount(opening.replace(/^\s*[-+\u2212]/, ''), decimals);
    return parsed.ok ? undefined : { field: 'opening', text: parsed.reason };
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.peek()) return;
    const fault = check();
    if (fault !== undefined) return fail(fault);
    busy.value = true;
    try {
      opened(await openWallet({ ...values.peek(), name: values.peek().name.trim() }));
    } catch (error) {
      fail(wrongOf(error));
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const fault = (field: Wrong['field']): string | undefined => (wrong.value?.field === field ? wrong.value.text : undefined);
  const { name, currency, opening } = values.value;
  return (
    <form class="form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <div class="two">
        <Field id="wallet-name" label="Name" fault={fault('name')}>
          <input
            class="input"
            id="wallet-name"
            value={name}
            autocomplete="off"
            maxLength={60}
            required
            aria-invalid={fault('name') !== undefined}
            aria-describedby={fault('name') === undefined ? undefined : 'wallet-name-hint'}
            onInput={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <Field id="wallet-currency" label="Currency" fault={fault('currency')}>
          <select
            class="input"
            id="wallet-currency"
            value={currency}
            onChange={(event) => set({ currency: event.currentTarget.value })}
          >
            {known.map((each) => (
              <option key={each.code} value={each.code}>
                {each.code}, {each.name}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Field
        id="wallet-opening"
        label="What is in it today"
        fault={fault('opening')}
        hint="From your bank, to the cent. Leave it empty to start at nothing."
      >
        <input
          class="input input--amt"
          id="wallet-opening"
          inputMode="decimal"
          value={opening}
          autocomplete="off"
          aria-invalid={fault('opening') !== undefined}
          aria-describedby="wallet-opening-hint"
          onInput={(event) => set({ opening: event.currentTarget.value })}
        />
      </Field>
      <ZoneField values={values} fault={fault('zone')} />
      {fault('form') !== undefined && (
        <p class="band" role="alert">
          {fault('form')}
        </p>
      )}
      <button class="btn btn--main btn--wide btn--tall" type="submit" aria-disabled={busy.value}>
        Open the wallet
      </button>
    </form>
  );
}

/** The zone of this device, until somebody wants another. */
function ZoneField({ values, fault }: { readonly values: Signal<NewWallet>; readonly fault: string | undefined }) {
  const changing = useSignal(false);
  const zones = useMemo(() => [...new Set([values.peek().zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort(), []);
  if (!changing.value && fault === undefined) {
    return (
      <p class="quiet">
        Days follow {values.value.zone}, as on this device.{' '}
        <button class="textbtn" type="button" onClick={() => (changing.value = true)}>
          Change
        </button>
      </p>
    );
  }
  return (
    <Field id="wallet-zone" label="Days follow the time of" fault={fault}>
      <select
        class="input"
        id="wallet-zone"
        value={values.value.zone}
        onChange={(event) => (values.value = { ...values.value, zone: event.currentTarget.value })}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function OpenWalletDialog() {
  const values = useSignal(newWallet(''));
  const close = (): void => {
    sheetOpen.value = undefined;
  };
  return (
    <Dialog title="Open another wallet" close={close}>
      <OpenWalletForm
        values={values}
        opened={(wallet) => {
          close();
          chooseWallet(wallet.id);
          say(`Opened ${wallet.name}.`);
        }}
      />
    </Dialog>
  );
}

import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Rate } from '../api/rate-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { currencies } from '../money/currencies.ts';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { Choice, TypedField } from '../shell/typed-field.tsx';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { rates, removeRate, setRate } from './rate-deeds.ts';

const MOST = 30;

/** What one unit of the wallet's currency was worth, as somebody said; net worth adds up by it. */
export function RatesSheet({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="rates" title="Rates" note={`what 1 ${wallet.currency} was worth`}>
      {wallet.status === 'open' && <RateForm wallet={wallet} />}
      <Read from={rates.of(wallet.id)} rows={3}>
        {({ items, more }) =>
          items.length === 0 ? (
            <Empty>No rates yet. Net worth needs one for each other currency.</Empty>
          ) : (
            <>
              <ul class="rate-list">
                {items.slice(0, MOST).map((rate) => (
                  <Row key={`${rate.quote} ${rate.on}`} wallet={wallet} rate={rate} />
                ))}
              </ul>
              {(more || items.length > MOST) && <p class="sheet__foot">More are kept, and not shown here.</p>}
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

function Row({ wallet, rate }: { readonly wallet: Wallet; readonly rate: Rate }) {
  const remove = (): void => {
    removeRate(wallet.id, rate).then(did, (error: unknown) => warn(`Not removed. ${reasonOf(error)}`));
  };
  return (
    <li class="rate">
      <span class="num">
        {rate.rate} {rate.quote}
      </span>
      <span class="quiet">{shortDay(rate.on, wallet.today)}</span>
      {wallet.status === 'open' && (
        <button class="textbtn" type="button" onClick={remove}>
          Remove
          <span class="sr">
            {' '}
            {rate.quote} of {rate.on}
          </span>
        </button>
      )}
    </li>
  );
}

interface Wrong {
  readonly field: 'rate' | 'on' | 'form';
  readonly text: string;
}

const FIELDS: Readonly<Record<string, Wrong['field']>> = {
  'rate-invalid': 'rate',
  'nothing-to-change': 'rate',
  'date-invalid': 'on',
  'date-out-of-range': 'on',
};

function RateForm({ wallet }: { readonly wallet: Wallet }) {
  const others = useMemo(
    () =>
      Object.fromEntries(
        currencies()
          .filter(({ code }) => code !== wallet.currency)
          .map(({ code, name }) => [code, `${code}, ${name}`]),
      ),
    [wallet.currency],
  );
  const values = useSignal({ quote: wallet.currency === 'USD' ? 'EUR' : 'USD', rate: '', on: wallet.today });
  const wrong = useSignal<Wrong | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const set = (part: Partial<typeof values.value>): void => {
    values.value = { ...values.value, ...part };
  };
  const save = async (): Promise<void> => {
    const { quote, rate, on } = values.peek();
    try {
      did(await setRate(wallet.id, { quote, on, rate: rate.trim().replace(',', '.') }));
      set({ rate: '' });
      wrong.value = undefined;
    } catch (error) {
      const field = (error instanceof Problem ? FIELDS[error.code] : undefined) ?? 'form';
      wrong.value = { field, text: reasonOf(error) };
      form.current?.querySelector<HTMLElement>(`#rate-${field}`)?.focus();
    }
  };
  const fault = (field: Wrong['field']): string | undefined => (wrong.value?.field === field ? wrong.value.text : undefined);
  const { quote, rate, on } = values.value;
  return (
    <form
      class="edit__form rate-form"
      ref={form}
      aria-label="Set a rate"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Choice id="rate-quote" look="w6" label="Currency" value={quote} of={others} choose={(next) => set({ quote: next })} />
      <TypedField
        id="rate-rate"
        look="w3"
        label={`1 ${wallet.currency} in ${quote}`}
        kind="money"
        fault={fault('rate')}
        value={rate}
        change={(next) => set({ rate: next })}
      />
      <TypedField
        id="rate-on"
        look="w3"
        label="On"
        kind="day"
        fault={fault('on')}
        value={on}
        change={(next) => set({ on: next })}
      />
      {fault('form') !== undefined && (
        <p class="w6 band" role="alert">
          {fault('form')}
        </p>
      )}
      <div class="w6 row-actions">
        <button class="btn" type="submit">
          Set the rate
        </button>
      </div>
    </form>
  );
}

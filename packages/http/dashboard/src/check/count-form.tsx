import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { readBalance } from '../api/reads.ts';
import type { Wallet } from '../api/types.ts';
import { addDays, isDay } from '../days/day.ts';
import { fromMinor, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { parseBalance } from '../money/parse-balance.ts';
import { CategoryField } from '../quick-add/entry-fields.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { Icon } from '../shell/icon.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TypedField } from '../shell/typed-field.tsx';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { checkBalance } from './check-deeds.ts';

interface Wrong {
  readonly field: 'counted' | 'on' | 'category' | 'form';
  readonly text: string;
}

/** What the entries come to at the end of a day. */
function useExpected(wallet: Wallet, on: string): string | undefined {
  const expected = useSignal<string | undefined>(undefined);
  useEffect(() => {
    if (!isDay(on)) return undefined;
    let gone = false;
    readBalance(wallet.id, { from: on, to: addDays(on, 1) }).then(
      (report) => {
        if (!gone) expected.value = report.series.at(-1)?.balance;
      },
      () => (expected.value = undefined),
    );
    return () => {
      gone = true;
    };
  }, [wallet.id, wallet.version, on]);
  return expected.value;
}

/** "I counted so much": against what the entries come to, and with a category the difference is booked. */
export function CountSheet({ wallet }: { readonly wallet: Wallet }) {
  const values = useSignal({ counted: '', on: wallet.today, category: '' });
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const categories = useKnownCategories(wallet);
  const { counted, on, category } = values.value;
  const expected = useExpected(wallet, on);
  const parsed = parseBalance(counted, wallet.decimals);
  const difference =
    parsed.ok && expected !== undefined ? fromMinor(parsed.minor - toMinor(expected), wallet.decimals) : undefined;
  const differs = difference !== undefined && toMinor(difference) !== 0n;
  const fail = (fault: Wrong): void => {
    wrong.value = fault;
    form.current?.querySelector<HTMLElement>(`#count-${fault.field}`)?.focus();
  };
  const write = async (book: boolean): Promise<void> => {
    if (busy.peek()) return undefined;
    if (!parsed.ok) return fail({ field: 'counted', text: parsed.reason });
    if (!isDay(on)) return fail({ field: 'on', text: 'Choose a day.' });
    if (book && category.trim() === '') return fail({ field: 'category', text: 'Name a category, as Cash:Unknown.' });
    busy.value = true;
    try {
      did(await checkBalance(wallet.id, { counted: parsed.amount, on, ...(book ? { category: category.trim() } : {}) }));
      values.value = { counted: '', on: wallet.today, category: '' };
      wrong.value = undefined;
    } catch (error) {
      fail({ field: 'form', text: reasonOf(error) });
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const fault = (field: Wrong['field']): string | undefined => (wrong.value?.field === field ? wrong.value.text : undefined);
  const set = (part: Partial<typeof values.value>): void => {
    values.value = { ...values.value, ...part };
  };
  return (
    <Sheet id="count" title="Count the balance" note="what the bank or the purse says">
      <form
        class="edit__form"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void write(differs && category.trim() !== '');
        }}
      >
        <TypedField
          id="count-counted"
          look="w3"
          label={`I counted, ${wallet.currency}`}
          kind="money"
          fault={fault('counted')}
          value={counted}
          change={(next) => set({ counted: next })}
        />
        <TypedField
          id="count-on"
          look="w3"
          label="At the end of"
          kind="day"
          fault={fault('on')}
          value={on}
          change={(next) => set({ on: next })}
        />
        <div class="w6">
          <Against expected={expected} difference={difference} />
        </div>
        {differs && (
          <CategoryField
            id="count-category"
            look="w6"
            hint="To book the difference, so that the balance is what you counted."
            value={category}
            categories={categories}
            fault={fault('category')}
            change={(next) => set({ category: next })}
          />
        )}
        {fault('form') !== undefined && (
          <p class="w6 band" role="alert">
            {fault('form')}
          </p>
        )}
        <div class="w6 row-actions">
          {differs && (
            <button class="btn btn--main" type="button" aria-disabled={busy.value} onClick={() => void write(true)}>
              Book the difference
            </button>
          )}
          <button
            class={differs ? 'btn' : 'btn btn--main'}
            type="button"
            aria-disabled={busy.value}
            onClick={() => void write(false)}
          >
            {differs ? 'Only write it down' : 'Write it down'}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

interface AgainstProps {
  readonly expected: string | undefined;
  readonly difference: string | undefined;
}

function Against({ expected, difference }: AgainstProps) {
  const agrees = difference !== undefined && toMinor(difference) === 0n;
  return (
    <p class="count-against" role="status">
      {expected === undefined ? (
        <span class="quiet">The entries come to …</span>
      ) : (
        <span>
          The entries come to <Amt value={expected} />.
        </span>
      )}{' '}
      {agrees && (
        <span class="state state--ok">
          <Icon name="ok" small />
          It agrees.
        </span>
      )}
      {difference !== undefined && !agrees && (
        <span class="state state--near">
          <Icon name="warn" small />
          Difference <Amt value={difference} plus />
        </span>
      )}
    </p>
  );
}

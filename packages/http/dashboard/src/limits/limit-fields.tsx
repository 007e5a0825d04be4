import type { Signal } from '@preact/signals';
import type { Period, Wallet } from '../api/types.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { EACH, PERIODS } from './limit-words.ts';

/** A limit as it is being typed. */
export interface Terms {
  readonly scope: string;
  readonly period: Period;
  readonly amount: string;
  readonly thresholds: string;
  readonly mode: 'warn' | 'block';
}

export interface Wrong {
  readonly field: 'scope' | 'amount' | 'thresholds' | 'form';
  readonly text: string;
}

const MOST_PERCENT = 1000;

export function readThresholds(text: string): readonly number[] | undefined {
  const parts = text.split(/[\s,;%]+/).filter((part) => part !== '');
  const marks = [...new Set(parts.map(Number))].sort((left, right) => left - right);
  const fine = marks.length > 0 && marks.every((mark) => Number.isInteger(mark) && mark >= 1 && mark <= MOST_PERCENT);
  return fine ? marks : undefined;
}

const isPeriod = (text: string): text is Period => PERIODS.some((period) => period === text);

interface LimitFieldsProps {
  readonly wallet: Wallet;
  readonly terms: Signal<Terms>;
  readonly wrong: Wrong | undefined;
  readonly categories: readonly string[];
}

export function LimitFields({ wallet, terms, wrong, categories }: LimitFieldsProps) {
  const set = (part: Partial<Terms>): void => {
    terms.value = { ...terms.value, ...part };
  };
  const fault = (field: Wrong['field']): string | undefined => (wrong?.field === field ? wrong.text : undefined);
  const { scope, period, amount, thresholds, mode } = terms.value;
  return (
    <>
      <CategoryField
        id="limit-scope"
        look="w3"
        label="Category"
        hint="With what lies under it. Leave it empty for the whole wallet."
        value={scope}
        categories={categories}
        fault={fault('scope')}
        change={(next) => set({ scope: next })}
      />
      <Field id="limit-amount" look="w3" label={`Amount, ${wallet.currency}`} fault={fault('amount')}>
        <input
          class="input input--amt"
          id="limit-amount"
          inputMode="decimal"
          autocomplete="off"
          value={amount}
          aria-invalid={fault('amount') !== undefined}
          aria-describedby={fault('amount') === undefined ? undefined : 'limit-amount-hint'}
          onInput={(event) => set({ amount: event.currentTarget.value })}
        />
      </Field>
      <Field id="limit-period" look="w2" label="Period">
        <select
          class="input"
          id="limit-period"
          value={period}
          onChange={(event) => {
            if (isPeriod(event.currentTarget.value)) set({ period: event.currentTarget.value });
          }}
        >
          {PERIODS.map((each) => (
            <option key={each} value={each}>
              {EACH[each]}
            </option>
          ))}
        </select>
      </Field>
      <Field id="limit-thresholds" look="w2" label="Alert at, percent" fault={fault('thresholds')}>
        <input
          class="input"
          id="limit-thresholds"
          autocomplete="off"
          value={thresholds}
          aria-invalid={fault('thresholds') !== undefined}
          aria-describedby={fault('thresholds') === undefined ? undefined : 'limit-thresholds-hint'}
          onInput={(event) => set({ thresholds: event.currentTarget.value })}
        />
      </Field>
      <Field id="limit-mode" look="w2 whole" label="When it would be over">
        <select
          class="input"
          id="limit-mode"
          value={mode}
          onChange={(event) => set({ mode: event.currentTarget.value === 'block' ? 'block' : 'warn' })}
        >
          <option value="warn">warn, and book</option>
          <option value="block">refuse to book</option>
        </select>
      </Field>
    </>
  );
}

import type { Wallet } from '../api/types.ts';
import { fromMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { parseAmount } from '../money/parse-amount.ts';
import { Icon } from '../shell/icon.tsx';
import { amountsOf, leftOf, MOST_PARTS, type PartValues, type SplitValues } from './split.ts';

interface SplitFieldsProps {
  readonly prefix: string;
  readonly wallet: Wallet;
  readonly amount: string;
  readonly split: SplitValues;
  readonly categories: readonly string[];
  readonly fault: string | undefined;
  readonly change: (split: SplitValues) => void;
}

/** Rows of category and amount, or shares, and what is left of the whole. */
export function SplitFields({ prefix, wallet, amount, split, categories, fault, change }: SplitFieldsProps) {
  const { decimals, currency } = wallet;
  const whole = parseAmount(amount, decimals);
  const minor = whole.ok ? whole.minor : 0n;
  const amounts = amountsOf(split, minor, decimals);
  const left = leftOf(split, minor, decimals);
  const setRow = (at: number, part: Partial<PartValues>): void =>
    change({ ...split, rows: split.rows.map((row, index) => (index === at ? { ...row, ...part } : row)) });
  const takeRest = (at: number): void => {
    const rest = left + (amounts[at] ?? 0n);
    if (rest > 0n) setRow(at, { figure: fromMinor(rest, decimals) });
  };
  return (
    <fieldset class="w6 split">
      <legend class="sr">Parts</legend>
      <datalist id={`${prefix}-parts-known`}>
        {categories.map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
      {split.rows.map((row, index) => (
        <div class="split__row" key={index}>
          <input
            class="input"
            name={`part-${index}`}
            aria-label={`Category of part ${index + 1}`}
            placeholder="Category"
            list={`${prefix}-parts-known`}
            autocomplete="off"
            maxLength={487}
            value={row.category}
            onInput={(event) => setRow(index, { category: event.currentTarget.value })}
          />
          <input
            class="input input--amt"
            aria-label={split.by === 'amount' ? `Amount of part ${index + 1}, ${currency}` : `Shares of part ${index + 1}`}
            inputMode={split.by === 'amount' ? 'decimal' : 'numeric'}
            autocomplete="off"
            value={row.figure}
            onInput={(event) => setRow(index, { figure: event.currentTarget.value })}
          />
          {split.by === 'amount' ? (
            <button class="textbtn" type="button" disabled={left === 0n} onClick={() => takeRest(index)}>
              the rest<span class="sr"> is part {index + 1}</span>
            </button>
          ) : (
            <span class="split__is quiet">
              {amounts[index] !== undefined && <Amt value={fromMinor(amounts[index], decimals)} />}
            </span>
          )}
          <button
            class="iconbtn"
            type="button"
            aria-label={`Take part ${index + 1} out`}
            onClick={() => change({ ...split, rows: split.rows.filter((_, at) => at !== index) })}
          >
            <Icon name="x" small />
          </button>
        </div>
      ))}
      <div class="row-actions">
        <button
          class="btn"
          type="button"
          disabled={split.rows.length >= MOST_PARTS}
          onClick={() => change({ ...split, rows: [...split.rows, { category: '', figure: '', note: null }] })}
        >
          Another part
        </button>
        <label class="tick">
          <input
            type="checkbox"
            checked={split.by === 'share'}
            onChange={(event) => change(turned(split, event.currentTarget.checked, amounts, decimals))}
          />
          By shares
        </label>
        <span class={left === 0n ? 'at-end quiet' : 'at-end state state--near'} role="status">
          {left === 0n ? 'Adds up' : <Amt value={fromMinor(left, decimals)} />}
          {left > 0n ? ' left' : left < 0n ? ' too much' : ''}
        </span>
      </div>
      {fault !== undefined && (
        <small class="state--near" role="alert">
          {fault}
        </small>
      )}
    </fieldset>
  );
}

/** Shares begin equal; amounts begin as what the shares came to. */
function turned(split: SplitValues, byShare: boolean, amounts: readonly (bigint | undefined)[], decimals: number): SplitValues {
  if (byShare) return { by: 'share', rows: split.rows.map((row) => ({ ...row, figure: '1' })) };
  return {
    by: 'amount',
    rows: split.rows.map((row, index) => ({
      ...row,
      figure: amounts[index] === undefined ? '' : fromMinor(amounts[index], decimals),
    })),
  };
}

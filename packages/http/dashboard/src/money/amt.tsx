import type { EntryKind } from '../api/entry-types.ts';
import { hideAmounts } from '../state/settings.ts';
import { about } from './about.ts';
import { absolute } from './amount.ts';
import { type AmountStyle, formatAmount } from './format-amount.ts';
import { comesIn } from './sign.ts';

const HIDDEN = '\u2022\u2022\u2022\u2022';

/** An amount inside a sentence; dots while amounts are hidden. */
export function words(amount: string, style: AmountStyle = {}): string {
  return hideAmounts.value ? HIDDEN : formatAmount(amount, style);
}

/** "≈ 5,600", as a forecast says it. */
export function aboutInWords(amount: string): string {
  return `\u2248\u00a0${words(about(amount))}`;
}

interface AmtProps {
  readonly value: string;
  readonly plus?: boolean;
  /** Without its sign, where a word says which way it went. */
  readonly bare?: boolean;
  readonly strong?: boolean;
  readonly tone?: 'in' | undefined;
}

/** An amount as a machine-readable figure, isolated from the direction of the text around it. */
export function Amt({ value, plus, bare, strong, tone }: AmtProps) {
  const shown = bare === true ? absolute(value) : value;
  const look = `amt${strong === true ? ' amt--b' : ''}${tone === 'in' ? ' amt--in' : ''}`;
  if (hideAmounts.value) {
    return (
      <span class={look}>
        <span aria-hidden="true">{HIDDEN}</span>
        <span class="sr">hidden</span>
      </span>
    );
  }
  return (
    <data class={look} value={shown}>
      {formatAmount(shown, { plus })}
    </data>
  );
}

/** What an entry did to the wallet: −12.50 out, +22.90 in. */
export function EntryAmt({ kind, amount }: { readonly kind: EntryKind; readonly amount: string }) {
  return comesIn(kind) ? <Amt value={amount} plus tone="in" /> : <Amt value={`-${amount}`} />;
}

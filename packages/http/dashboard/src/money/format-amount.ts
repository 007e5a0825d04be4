import { absolute, decimalsOf, toMinor } from './amount.ts';

const MINUS = '\u2212';
const formats = new Map<string, Intl.NumberFormat>();

function formatFor(decimals: number, locale: string | undefined): Intl.NumberFormat {
  const key = `${locale ?? ''} ${decimals}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(key, format);
  }
  return format;
}

const isDecimal = (text: string): text is `${number}` => /^\d+(\.\d+)?$/.test(text);

export interface AmountStyle {
  /** Write a plus before what is above zero. */
  readonly plus?: boolean | undefined;
  readonly locale?: string | undefined;
}

/** "−1,234.50": grouped by locale, with a true minus, exact for any length. */
export function formatAmount(amount: string, style: AmountStyle = {}): string {
  const bare = absolute(amount);
  if (!isDecimal(bare)) return amount;
  const text = formatFor(decimalsOf(amount), style.locale).format(bare);
  const minor = toMinor(amount);
  if (minor < 0n) return MINUS + text;
  return style.plus === true && minor > 0n ? `+${text}` : text;
}

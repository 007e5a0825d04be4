import { fromMinor } from './amount.ts';

/** What a typed amount turned out to be. `unsure` when a mark could have meant grouping or decimals. */
export type ParsedAmount =
  | { readonly ok: true; readonly amount: string; readonly minor: bigint; readonly unsure: boolean }
  | { readonly ok: false; readonly reason: string };

interface Scaled {
  readonly digits: bigint;
  readonly scale: number;
  readonly unsure: boolean;
}

const NUMBER = String.raw`(?:\d[\d.,'\u2019\u00a0\u202f]*\d|\d|[.,]\d+)`;
const EXPRESSION = new RegExp(String.raw`^${NUMBER}(?:\s*[-+\u2212*\u00d7]\s*${NUMBER})*`);

/** The amount expression at the start of a text, or nothing. */
export function amountAtStart(text: string): string | undefined {
  const found = EXPRESSION.exec(text)?.[0];
  if (found === undefined) return undefined;
  const next = text.charAt(found.length);
  return next === '' || /\s/.test(next) ? found : undefined;
}

/** Reads `12.50`, `12,50`, `1.234,50`, `4+3.50`, `3*2,40`, exactly, in a currency with so many decimals. */
export function parseAmount(text: string, decimals: number): ParsedAmount {
  const clean = text.trim().replaceAll('\u2212', '-').replaceAll('\u00d7', '*');
  if (clean === '') return { ok: false, reason: 'Write an amount.' };
  const pieces = clean.split(/\s*([-+*])\s*/);
  let total: Scaled = { digits: 0n, scale: 0, unsure: false };
  let product: Scaled | undefined;
  let sign = 1n;
  for (let i = 0; i < pieces.length; i += 2) {
    const operator = i === 0 ? '+' : pieces[i - 1];
    const number = readNumber(pieces[i] ?? '', decimals);
    if (number === undefined) return { ok: false, reason: `"${text.trim()}" is not an amount.` };
    if (operator === '*' && product !== undefined) {
      product = times(product, number);
      continue;
    }
    if (product !== undefined) total = plus(total, product, sign);
    sign = operator === '-' ? -1n : 1n;
    product = number;
  }
  if (product !== undefined) total = plus(total, product, sign);
  return settle(total, decimals);
}

function settle(total: Scaled, decimals: number): ParsedAmount {
  const { unsure } = total;
  let { digits, scale } = total;
  while (scale > decimals && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  if (scale > decimals)
    return { ok: false, reason: decimals === 0 ? 'This currency has no decimals.' : `At most ${decimals} decimals.` };
  const minor = digits * 10n ** BigInt(decimals - scale);
  if (minor <= 0n) return { ok: false, reason: 'An amount is more than zero.' };
  return { ok: true, amount: fromMinor(minor, decimals), minor, unsure };
}

function readNumber(text: string, decimals: number): Scaled | undefined {
  const bare = text.replace(/['\u2019\u00a0\u202f\s]/g, '');
  if (!/^[\d.,]*\d[\d.,]*$/.test(bare)) return undefined;
  const marks = bare.replace(/\d/g, '');
  if (marks === '') return { digits: BigInt(bare), scale: 0, unsure: false };
  const last = marks.at(-1) ?? '.';
  const other = last === '.' ? ',' : '.';
  const both = marks.includes(other);
  if (both || marks.length > 1) return readGrouped(bare, both ? last : '', last);
  const [whole = '', fraction = ''] = bare.split(last);
  // One mark and three digits after it: grouping, unless the currency really has three decimals.
  if (fraction.length === 3 && decimals !== 3 && /^[1-9]\d{0,2}$/.test(whole)) {
    return { digits: BigInt(whole + fraction), scale: 0, unsure: true };
  }
  return { digits: BigInt(whole + fraction), scale: fraction.length, unsure: false };
}

function readGrouped(text: string, decimalMark: string, mark: string): Scaled | undefined {
  const cut = decimalMark === '' ? text.length : text.lastIndexOf(decimalMark);
  const whole = text.slice(0, cut);
  const fraction = text.slice(cut + 1);
  const group = decimalMark === '' ? mark : decimalMark === '.' ? ',' : '.';
  const parts = whole.split(group);
  const wellGrouped = parts.every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
  if (!wellGrouped) return undefined;
  return { digits: BigInt(parts.join('') + fraction), scale: fraction.length, unsure: false };
}

function plus(left: Scaled, right: Scaled, sign: bigint): Scaled {
  const scale = Math.max(left.scale, right.scale);
  const widen = (value: Scaled): bigint => value.digits * 10n ** BigInt(scale - value.scale);
  return { digits: widen(left) + sign * widen(right), scale, unsure: left.unsure || right.unsure };
}

function times(left: Scaled, right: Scaled): Scaled {
  return { digits: left.digits * right.digits, scale: left.scale + right.scale, unsure: left.unsure || right.unsure };
}

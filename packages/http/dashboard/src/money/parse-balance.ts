import { fromMinor } from './amount.ts';
import { type ParsedAmount, parseAmount } from './parse-amount.ts';

/** A balance as typed: unlike an amount it may be nothing, or less. */
export function parseBalance(text: string, decimals: number): ParsedAmount {
  const bare = text.trim();
  if (/^[-+\u2212]?\s*0+(?:[.,]0*)?$/.test(bare)) return { ok: true, amount: fromMinor(0n, decimals), minor: 0n, unsure: false };
  const parsed = parseAmount(bare.replace(/^[-+\u2212]\s*/, ''), decimals);
  if (!parsed.ok || !/^[-\u2212]/.test(bare)) return parsed;
  return { ...parsed, amount: fromMinor(-parsed.minor, decimals), minor: -parsed.minor };
}

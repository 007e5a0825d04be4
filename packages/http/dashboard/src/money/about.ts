import { decimalsOf, fromMinor, toMinor } from './amount.ts';

/** Below a thousand a hundred would hide the very thing that one looks for. */
const SMALL = 1_000n;

/** To the nearest hundred, or ten when it is small: a forecast that shows cents says more than it knows. */
export function about(amount: string): string {
  const unit = 10n ** BigInt(decimalsOf(amount));
  const minor = toMinor(amount);
  const step = (minor < 0n ? -minor : minor) < SMALL * unit ? 10n : 100n;
  const half = ((minor < 0n ? -step : step) * unit) / 2n;
  return fromMinor(((minor + half) / (step * unit)) * step, 0);
}

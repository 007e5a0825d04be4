import { addDays, addMonths, daysBetween, type CivilDate, type Period } from '../calendar.ts';
import { formatMinor } from '../money.ts';
import type { EntryKind } from '../wallet/entry-facts.ts';

/** The filter of the register whose entries make up a figure exactly. */
export interface Drill extends Period {
  readonly category?: string;
  readonly payee?: string;
  readonly tag?: string;
  readonly kind?: EntryKind;
}

/** With what a stretch is compared: the one of its kind right before it, or the same one a year before. */
export type Comparison = 'previous' | 'year';

/** A figure of another stretch, and how much more it is now. The percentage is whole; null when there was nothing to compare with. */
export interface Compared {
  readonly amount: string;
  readonly difference: string;
  readonly percent: number | null;
}

/** A figure beside those it is compared with: only those that were asked for. */
export interface WithComparisons<Other = Compared> {
  readonly previous?: Other;
  readonly yearBefore?: Other;
}

/** The most months that a period of whole months has here. */
const MAX_MONTHS = 400;

/** How many months a stretch is long, when it is whole months from a day to the same day; else undefined. */
function monthsLong({ from, to }: Period): number | undefined {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  const months = years * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return months > 0 && months <= MAX_MONTHS && addMonths(from, months) === to ? months : undefined;
}

/**
 * The stretch that another is compared with. Whole months are compared with as many whole months, so that a March is compared with
 * February; other stretches with as many days.
 *
 * @example
 * comparedWith('previous', { from: day('2026-03-01'), to: day('2026-04-01') }); // { from: '2026-02-01', to: '2026-03-01' }
 */
export function comparedWith(comparison: Comparison, period: Period): Period {
  const { from, to } = period;
  if (comparison === 'year') {
    const yearBefore = { from: addMonths(from, -12), to: addMonths(to, -12) };
    // 29 February alone has no day of its own a year before: then it is the 28th.
    return yearBefore.from < yearBefore.to ? yearBefore : { from: yearBefore.from, to: addDays(yearBefore.from, 1) };
  }
  const months = monthsLong(period);
  return { from: months === undefined ? addDays(from, -daysBetween(from, to)) : addMonths(from, -months), to: from };
}

/** Part of whole in whole percent, cut towards zero; null when the whole is not above zero. */
export function percentOf(part: bigint, whole: bigint): number | null {
  return whole > 0n ? Number((part * 100n) / whole) : null;
}

/** A figure beside another one. */
function compared(now: bigint, then: bigint, exponent: number): Compared {
  return {
    amount: formatMinor(then, exponent),
    difference: formatMinor(now - then, exponent),
    percent: percentOf(now - then, then),
  };
}

/** Another stretch with what was found in it. */
export interface Other<Figures> {
  readonly comparison: Comparison;
  readonly period: Period;
  readonly figures: Figures;
}

/** Reads the stretches that one is compared with. */
export function othersOf<Figures>(
  comparisons: readonly Comparison[],
  period: Period,
  read: (period: Period) => Figures,
): readonly Other<Figures>[] {
  return comparisons.map((comparison) => {
    const other = comparedWith(comparison, period);
    return { comparison, period: other, figures: read(other) };
  });
}

/** A figure beside those of the other stretches. */
export function beside<Figures>(
  others: readonly Other<Figures>[],
  figures: { readonly now: bigint; readonly of: (other: Figures) => bigint; readonly exponent: number },
): WithComparisons {
  return mapped(others, ({ figures: other }) => compared(figures.now, figures.of(other), figures.exponent));
}

/** The same with the days of the other stretches. */
export function besideStretches<Figures>(
  others: readonly Other<Figures>[],
  figures: { readonly now: bigint; readonly of: (other: Figures) => bigint; readonly exponent: number },
): WithComparisons<Compared & Period> {
  return mapped(others, ({ period, figures: other }) => ({
    ...period,
    ...compared(figures.now, figures.of(other), figures.exponent),
  }));
}

function mapped<Figures, Made>(others: readonly Other<Figures>[], make: (other: Other<Figures>) => Made): WithComparisons<Made> {
  const made: { previous?: Made; yearBefore?: Made } = {};
  for (const other of others) made[other.comparison === 'previous' ? 'previous' : 'yearBefore'] = make(other);
  return made;
}

/** Whether a stretch holds only a part of the period it lies in. */
export function isPartial(stretch: { readonly from: CivilDate; readonly to: CivilDate }, whole: Period): boolean {
  return whole.from !== stretch.from || whole.to !== stretch.to;
}

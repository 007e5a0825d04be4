import { addDays, earliest, periodNumber, periodNumbered, periodOf, type CivilDate, type Period } from '../calendar.ts';
import type { LimitRemoved, LimitRestored, LimitSet } from './limit-events.ts';
import {
  carries,
  fromHistory,
  isEnd,
  lookAlike,
  ruleOfTerms,
  toStoredTerms,
  withEnd,
  withTerms,
  type StoredHistory,
  type TermsInForce,
} from './limit-terms.ts';

/**
 * A limit in one of its periods. Terms rule from the first day of the period that holds the day they start on, until newer ones
 * do; so the terms in force at a period's end rule all of it, and every day is in one period of a limit at most. The last period
 * before terms with other periods, or other spending in view, is cut where they begin.
 */
export interface LimitPeriod extends Period {
  readonly terms: TermsInForce;
  /** The place of the terms in the history. */
  readonly index: number;
}

/** How many periods carry on from each other at most; then a chain begins anew with nothing carried. */
const MAX_CHAIN = 1_200;

/** The period of a limit that holds a day. */
export function periodAt(history: StoredHistory, date: CivilDate): LimitPeriod | undefined {
  const index = history.findLastIndex(({ since }) => since <= date);
  const terms = history[index];
  if (terms === undefined || isEnd(terms)) return undefined;
  const period = periodOf(ruleOfTerms(terms), date);
  if (period === undefined) return undefined;
  const to = earliest(period.to, ...history.slice(index + 1).map(({ since }) => since));
  return { terms, index, from: period.from, to };
}

/** The last period of a limit that begins before a day. */
export function periodBefore(history: StoredHistory, date: CivilDate): LimitPeriod | undefined {
  // Where nothing rules the day before, what ruled last ended where an end, or the end of a custom range, says.
  const ends = history.flatMap((terms) => (isEnd(terms) ? terms.since : (terms.range?.to ?? [])));
  return [date, ...ends]
    .flatMap((end) => periodAt(history, addDays(end, -1)) ?? [])
    .filter(({ from }) => from < date)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
}

/** The first day of the chain that a period is in: of those that carry into it, one after the other. */
export function chainStart(history: StoredHistory, { terms, index, from }: LimitPeriod): CivilDate {
  if (!carries(terms)) return from;
  const rule = ruleOfTerms(terms);
  const first = periodNumber(rule, ruleStart(history, terms, index));
  const number = periodNumber(rule, from);
  const left = (number - first) % MAX_CHAIN;
  return periodNumbered(rule, number - left).from;
}

/** The first day of the chain that ends with some terms, as far as terms go: back over those that look alike and carry. */
function ruleStart(history: StoredHistory, terms: TermsInForce, index: number): CivilDate {
  let start = terms.since;
  for (let at = index; ;) {
    const before = periodAt(history, addDays(start, -1));
    if (before === undefined || !lookAlike(before.terms, terms)) return start;
    if (history.slice(before.index + 1, at).some(isEnd)) return start;
    if (!carries(before.terms)) return before.from;
    start = before.terms.since;
    at = before.index;
  }
}

/** The period that takes over what is left of one; none when the next one begins anew. */
export function heirOf(history: StoredHistory, period: LimitPeriod): LimitPeriod | undefined {
  const heir = periodAt(history, period.to);
  return heir !== undefined && chainStart(history, heir) < heir.from ? heir : undefined;
}

/** A limit's history after an event about it. It ends with the period that rules the day it is removed. */
export function limitAfter(history: StoredHistory, event: LimitSet | LimitRemoved | LimitRestored): StoredHistory {
  switch (event.type) {
    case 'LimitSet':
      return withTerms(history, toStoredTerms(event.terms));
    case 'LimitRemoved':
      return withEnd(history, event.on, periodAt(history, event.on)?.from ?? event.on);
    case 'LimitRestored':
      return fromHistory(event.terms);
  }
}

import { periodOf, type CivilDate, type PeriodRule } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { money } from '../money.ts';
import type { LimitEnd, LimitHistory, LimitTerms } from './limit-events.ts';

/** Terms as the head keeps them: amounts in minor units, and the first day of the first period they may rule. */
export interface TermsInForce extends Omit<LimitTerms, 'amount' | 'cap'> {
  readonly since: CivilDate;
  readonly amount: string;
  readonly cap?: string;
}

export type StoredTerms = TermsInForce | LimitEnd;

/** A limit's terms and ends in the order of their days. Those that a later one left no period to stay: they were in force for days. */
export type StoredHistory = readonly StoredTerms[];

export function isEnd(terms: StoredTerms): terms is LimitEnd {
  return 'ends' in terms;
}

/** How some terms put days into periods. */
export function ruleOfTerms({ period, firstDay, range }: Pick<LimitTerms, 'period' | 'firstDay' | 'range'>): PeriodRule {
  return {
    kind: period,
    ...(firstDay === undefined ? {} : { firstDay }),
    ...(range === undefined ? {} : { range }),
  };
}

/** Whether a period under some terms takes over what is left of the one before. */
export function carries({ rollover = 'none' }: TermsInForce): boolean {
  return rollover !== 'none';
}

/** Whether two terms look at the same periods of the same spending, so that one may carry into the other. */
export function lookAlike(a: TermsInForce, b: TermsInForce): boolean {
  return (
    a.period === b.period &&
    (a.firstDay ?? 1) === (b.firstDay ?? 1) &&
    a.range?.from === b.range?.from &&
    a.range?.to === b.range?.to &&
    a.scope === b.scope &&
    a.tag === b.tag
  );
}

export function toStoredTerms(terms: LimitTerms): TermsInForce {
  const { amount, cap, ...rest } = terms;
  const since = terms.range?.from ?? periodOf(ruleOfTerms(terms), terms.startsOn)?.from ?? terms.startsOn;
  return { ...rest, since, amount: amount.minor.toString(), ...(cap === undefined ? {} : { cap: cap.minor.toString() }) };
}

/** The events' form of what the head keeps. */
export function toHistory(stored: StoredHistory, currency: CurrencyCode): LimitHistory {
  return stored.map((terms) => {
    if (isEnd(terms)) return terms;
    const { since: _, amount, cap, ...rest } = terms;
    const inCurrency = (minor: string) => money(BigInt(minor), currency);
    return { ...rest, amount: inCurrency(amount), ...(cap === undefined ? {} : { cap: inCurrency(cap) }) };
  });
}

export function fromHistory(history: LimitHistory): StoredHistory {
  return history.map((terms) => ('ends' in terms ? terms : toStoredTerms(terms)));
}

/** Adds terms: they replace what was planned for their day or later, but not the end of that day, after which the limit begins anew. */
export function withTerms(stored: StoredHistory, terms: TermsInForce): StoredHistory {
  const kept = stored.filter((older) => older.startsOn < terms.startsOn || (isEnd(older) && older.startsOn === terms.startsOn));
  return [...kept, terms];
}

/** Ends a limit: with the period that holds the day; what was only planned begins no more. */
export function withEnd(stored: StoredHistory, on: CivilDate, since: CivilDate): StoredHistory {
  const kept = stored.filter((older) => older.since < since && older.startsOn <= on);
  return kept.some((older) => !isEnd(older)) ? [...kept, { ends: true, startsOn: on, since }] : [];
}

import { periodOf, type CalendarKind, type CivilDate } from '@kakeibo/core';

/** What a limit was set to, or that it ends. */
export interface ModelTerms {
  ends: boolean;
  startsOn: string;
  since: string;
  period: CalendarKind;
  amount: bigint;
  thresholds: readonly number[];
  mode: string;
  scope: string | null;
}

export interface ModelPeriod {
  terms: ModelTerms;
  from: CivilDate;
  to: CivilDate;
}

/** The period of a day by the newest terms that rule it, cut where newer ones begin. */
export function periodIn(all: readonly ModelTerms[], on: string): ModelPeriod | undefined {
  const terms = all.findLast(({ since }) => since <= on);
  if (terms === undefined || terms.ends) return undefined;
  const { from, to } = periodOf(terms.period, on as CivilDate);
  const newer = all.slice(all.indexOf(terms) + 1).map(({ since }) => since as CivilDate);
  return { terms, from, to: [to, ...newer].toSorted()[0] ?? to };
}

export const within = (category: string | null, scope: string | null): boolean =>
  scope === null || category === scope || (category ?? '').startsWith(`${scope}:`);

/** Reads a decimal of two places. */
export function cents(text: string): bigint {
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
  const minor = BigInt(whole + decimals.padEnd(2, '0'));
  return text.startsWith('-') ? -minor : minor;
}

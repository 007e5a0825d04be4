import {
  dayAt,
  endOfDay,
  isDate,
  parseDate,
  parseInstant,
  type AsOfTimes,
  type CivilDate,
  type Wallet,
  type WalletReads,
  type WalletSummary,
} from '@kakeibo/core';
import { requestInvalid } from '../problem.ts';

/** The two times as they were asked for. */
interface Times {
  readonly occurredAsOf?: CivilDate | undefined;
  readonly recordedAsOf?: string | undefined;
}

/** A wallet's reads as of the times that were asked for, and the day that it was then: what a report is about by itself. */
export function readsAt(
  wallet: Wallet,
  { zone, today }: WalletSummary,
  { occurredAsOf, recordedAsOf: text }: Times,
): { readonly reads: WalletReads; readonly day: CivilDate } {
  if (occurredAsOf === undefined && text === undefined) return { reads: wallet, day: today };
  const asked = { occurredAsOf, recordedAsOf: text };
  const times = timesAsked(asked, zone);
  return { reads: wallet.asOf(times), day: dayAsked(asked, today, (instant) => dayAt(instant, zone)) };
}

/** The two times, read in a zone. */
export function timesAsked({ occurredAsOf, recordedAsOf: text }: Times, zone: string): AsOfTimes {
  return {
    ...(occurredAsOf === undefined ? {} : { occurredAsOf }),
    ...(text === undefined ? {} : { recordedAsOf: instantOf(text, zone) }),
  };
}

/**
 * The day that it is for all wallets together: the latest that it is in any of them. So what was booked today counts wherever it
 * was booked, and of money that went from one wallet to another neither half is missing, also when one was closed since. The price:
 * what is booked ahead for tomorrow in the west counts as soon as it is tomorrow in the east. Without wallets it is the day in UTC.
 */
export function dayOfAll(wallets: readonly Pick<WalletSummary, 'zone'>[], instant: number): CivilDate {
  const days = wallets.map(({ zone }) => dayAt(instant, zone)).sort();
  return days.at(-1) ?? dayAt(instant, 'UTC');
}

/** What day it was then: no later than today, than what had occurred, and than what was known. */
export function dayAsked(
  { occurredAsOf, recordedAsOf: text }: Times,
  today: CivilDate,
  dayThen: (instant: number) => CivilDate,
): CivilDate {
  const days = [today, occurredAsOf ?? today];
  if (text !== undefined) {
    const named = parseDate(text);
    days.push(isDate(named) ? named : dayThen(Date.parse(instantOf(text, 'UTC'))));
  }
  return days.sort()[0] ?? today;
}

function instantOf(text: string, zone: string): string {
  const day = parseDate(text);
  const instant = isDate(day) ? endOfDay(day, zone) : parseInstant(text);
  if (instant !== undefined) return instant;
  const message = 'It is an instant like 2026-03-01T09:00:00Z, or a day like 2026-03-01, in the years 1970 to 2255.';
  throw requestInvalid([{ path: 'recordedAsOf', message }]);
}

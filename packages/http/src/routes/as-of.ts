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
  const { times, day } = timesAsked({ occurredAsOf, recordedAsOf: text }, { zone, today });
  return { reads: wallet.asOf(times), day };
}

/** The two times, read in a zone, and the day that it was then. */
export function timesAsked(
  { occurredAsOf, recordedAsOf: text }: Times,
  { zone, today }: { readonly zone: string; readonly today: CivilDate },
): { readonly times: AsOfTimes; readonly day: CivilDate } {
  const recordedAsOf = text === undefined ? undefined : instantOf(text, zone);
  const known = recordedAsOf === undefined ? today : dayAt(Date.parse(recordedAsOf), zone);
  const days = [today, known, occurredAsOf ?? today].sort();
  const times = {
    ...(occurredAsOf === undefined ? {} : { occurredAsOf }),
    ...(recordedAsOf === undefined ? {} : { recordedAsOf }),
  };
  return { times, day: days[0] ?? today };
}

function instantOf(text: string, zone: string): string {
  const day = parseDate(text);
  const instant = isDate(day) ? endOfDay(day, zone) : parseInstant(text);
  if (instant !== undefined) return instant;
  const message = 'It is an instant like 2026-03-01T09:00:00Z, or a day like 2026-03-01, in the years 1970 to 2255.';
  throw requestInvalid([{ path: 'recordedAsOf', message }]);
}

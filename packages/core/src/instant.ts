import { Temporal } from 'temporal-polyfill';
import type { CivilDate } from './calendar.ts';
import { formatRecordTime } from './store-rules.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Microseconds stay whole numbers that JavaScript counts exactly until 2255. */
const MAX_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Reads an instant as `recordedAt` is written: in UTC, to the microsecond. Undefined when it is none, or lies outside 1970 to 2255.
 *
 * @example
 * parseInstant('2026-03-01T10:00+01:00'); // '2026-03-01T09:00:00.000000Z'
 */
export function parseInstant(text: string): string | undefined {
  if (text.length > 40 || !INSTANT.test(text)) return undefined;
  try {
    const micros = Temporal.Instant.from(text).epochNanoseconds / 1000n;
    return micros < 0n || micros > MAX_MICROS ? undefined : formatRecordTime(Number(micros));
  } catch {
    return undefined;
  }
}

/** The last microsecond of a day in a zone, as `recordedAt` is written: what was known when the day was over. */
export function endOfDay(date: CivilDate, zone: string): string | undefined {
  const end = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).epochNanoseconds / 1000n - 1n;
  return end < 0n || end > MAX_MICROS ? undefined : formatRecordTime(Number(end));
}

import { nextDayAt } from '../calendar.ts';

/** What a missed event can put off at the most. */
const LONGEST_MS = 3_600_000;

/**
 * When a new day may call for something: as soon as it has begun somewhere, and after an hour in any case.
 *
 * @example
 * nextLook(Date.parse('2026-02-01T22:30Z'), ['Europe/Berlin']); // Date.parse('2026-02-01T23:00Z')
 */
export function nextLook(now: number, zones: Iterable<string>): number {
  let next = now + LONGEST_MS;
  for (const zone of zones) next = Math.min(next, nextDayAt(now, zone));
  return next;
}

import { addDays, periodOf, split, type CivilDate, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import { balanceBefore, bucketsBefore, type FlowReader } from '../wallet/balance-before.ts';
import type { WalletEvent } from '../wallet/events.ts';

/** A counted balance as views keep it: amounts in minor units. */
export interface StoredCheck {
  readonly on: CivilDate;
  readonly counted: string;
  readonly expected: string;
  readonly entryId?: EntryId;
  readonly version: Version;
  readonly recordedAt: string;
}

/** What was counted, by day and then in the order it was said, a bucket a year. */
export const checks: Projection<readonly StoredCheck[], WalletEvent> = {
  name: 'checks',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (event.type === 'BalanceChecked' ? [event.on.slice(0, 4)] : []),
  apply(view, { event, version, recordedAt }) {
    if (event.type !== 'BalanceChecked') return view;
    const { on, entryId } = event;
    const check: StoredCheck = {
      on,
      counted: event.counted.minor.toString(),
      expected: event.expected.minor.toString(),
      ...(entryId === undefined ? {} : { entryId }),
      version,
      recordedAt,
    };
    return view.toSpliced(view.findLastIndex((other) => other.on <= on) + 1, 0, check);
  },
};

/** A counted balance against the entries. Amounts are decimals. */
export interface BalanceCheck {
  readonly on: CivilDate;
  readonly counted: string;
  /** What the entries up to that day came to when it was counted. */
  readonly expected: string;
  /** What was counted less what was expected. */
  readonly difference: string;
  /** The entry that booked the difference in the same command. */
  readonly entryId: EntryId | null;
  /** What the entries up to that day come to now: entries of that time may have come, changed or gone since. */
  readonly expectedNow: string;
  readonly differenceNow: string;
  readonly recordedAt: string;
  readonly version: Version;
}

/** The years that {@link checkList} reads of {@link checks}. */
export function checkYears(period: Period): readonly string[] {
  return split(period, 'year', MAX_YEARS).map(({ from }) => periodOf('year', from).from.slice(0, 4));
}

const MAX_YEARS = 50;

type ReadChecks = (year: string) => readonly StoredCheck[];

function within(period: Period, read: ReadChecks): readonly StoredCheck[] {
  return checkYears(period)
    .flatMap(read)
    .filter(({ on }) => on >= period.from && on < period.to);
}

/** The flow buckets that {@link checkList} reads. */
export function checkBuckets(period: Period, read: ReadChecks): readonly string[] {
  return [...new Set(within(period, read).flatMap(({ on }) => bucketsBefore(addDays(on, 1))))];
}

/** What was counted on the days of a period, newest first. */
export function checkList(
  { period, currency }: { readonly period: Period; readonly currency: CurrencyCode },
  reads: { readonly checks: ReadChecks; readonly flows: FlowReader },
): readonly BalanceCheck[] {
  const exponent = exponentOf(currency);
  const now = new Map<CivilDate, bigint>();
  return within(period, reads.checks)
    .toReversed()
    .map(({ on, counted, expected, entryId, version, recordedAt }): BalanceCheck => {
      const expectedNow = now.get(on) ?? balanceBefore(addDays(on, 1), reads.flows);
      now.set(on, expectedNow);
      const write = (minor: bigint): string => formatMinor(minor, exponent);
      return {
        on,
        counted: write(BigInt(counted)),
        expected: write(BigInt(expected)),
        difference: write(BigInt(counted) - BigInt(expected)),
        entryId: entryId ?? null,
        expectedNow: write(expectedNow),
        differenceNow: write(BigInt(counted) - expectedNow),
        recordedAt,
        version,
      };
    });
}

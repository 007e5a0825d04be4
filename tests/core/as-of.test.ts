import { parseInstant, endOfDay, type CivilDate } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyReport } from './every-report.ts';
import { day, deeds, openBooks, type Deed, type RandomBooks } from './random-books.ts';

const runs = { numRuns: 25 };

/** The reports without what tells when and where an entry was recorded. */
function figuresOf(reports: Awaited<ReturnType<typeof everyReport>>): unknown {
  const recording = new Set(['version', 'position', 'recordedAt', 'id', 'next', 'refunds', 'transfer', 'corrected', 'told']);
  return JSON.parse(JSON.stringify(reports, (key, value: unknown) => (recording.has(key) ? undefined : value)));
}

async function lastRecorded({ store }: RandomBooks): Promise<string> {
  const events = await store.readAll({ after: 0, limit: 10_000 });
  return events.at(-1)?.recordedAt ?? '';
}

describe('what was known', () => {
  test('invariant 7: a report as of an instant is the report that was given then, whatever is recorded since', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const books = await openBooks();
        const given: { readonly at: string; readonly reports: unknown }[] = [];
        for (const deed of list) {
          await books.take(deed);
          given.push({ at: await lastRecorded(books), reports: await everyReport(books.wallet) });
        }
        // More of them than stay in memory, twice over.
        for (const { at, reports } of [...given, ...given.slice(0, 2)]) {
          expect(await everyReport(books.wallet.asOf({ recordedAsOf: at }))).toEqual(reports);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('an instant between two events knows the first and not the second', async () => {
    const books = await openBooks();
    await books.take(expense('10.00', '2026-10-01'));
    const first = await lastRecorded(books);
    await books.take(expense('5.00', '2026-10-01'));
    const totals = async (recordedAsOf: string) => (await books.wallet.asOf({ recordedAsOf }).totals({})).out;
    const second = await lastRecorded(books);
    expect(await totals(first)).toBe('10.00');
    expect(await totals('2026-10-14T10:30:00.000000Z')).toBe('10.00');
    expect(await totals(second)).toBe('15.00');
    expect(await totals('2200-01-01T00:00:00.000000Z')).toBe('15.00');
  });

  test('before the wallet was opened it was empty', async () => {
    const books = await openBooks();
    await books.take(expense('10.00', '2026-10-01'));
    const before = books.wallet.asOf({ recordedAsOf: '2026-01-01T00:00:00.000000Z' });
    expect(await before.entries({}, { limit: 10 })).toEqual({ items: [], next: null, version: 0 });
    expect((await before.limits('2026-10-14' as CivilDate)).items).toEqual([]);
  });

  test('a long history is folded in one go, and the next read finds it', async () => {
    const books = await openBooks();
    const rows = Array.from({ length: 6_000 }, (_, index) => ({
      kind: 'expense' as const,
      amount: '1.00',
      category: 'Food',
      occurredOn: `2026-0${1 + (index % 9)}-10`,
      fingerprint: `row ${index}`,
    }));
    await books.wallet.importEntries({ name: 'f.csv', rows });
    const at = await lastRecorded(books);
    await books.take(expense('5.00', '2026-01-10'));
    const past = books.wallet.asOf({ recordedAsOf: at });
    expect((await past.totals({})).out).toBe('6000.00');
    expect((await past.cashflow({ from: '2026-01-01' as CivilDate, to: '2027-01-01' as CivilDate })).out).toBe('6000.00');
    expect((await books.wallet.totals({})).out).toBe('6005.00');
  });
});

function expense(amount: string, occurredOn: string): Deed {
  return { pick: 0, do: 'expense', details: { amount, category: 'Food', occurredOn } };
}

describe('what had occurred', () => {
  test('invariant 10: as of both times is the report of what was recorded by then, cut to what had occurred by then', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, deeds, day, async (list, later, on) => {
        const books = await openBooks();
        for (const deed of list) await books.take(deed);
        const recordedAsOf = await lastRecorded(books);
        // The same wallet, where all that occurs later was taken back.
        const cut = await openBooks();
        for (const deed of list) await cut.take(deed);
        for (let after = true; after;) {
          const { items } = await cut.wallet.entries({ from: on as CivilDate }, { limit: 200 });
          const beyond = items.filter(({ occurredOn, transfer }) => occurredOn > on && transfer === null);
          for (const { id } of beyond) await cut.wallet.voidEntry(id);
          after = beyond.length > 0;
        }
        for (const deed of later) await books.take(deed);
        const seen = books.wallet.asOf({ recordedAsOf, occurredAsOf: on as CivilDate });
        const transfersAfter = list.some((deed) => 'minor' in deed && deed.on > on);
        if (transfersAfter) return;
        const reports = await everyReport(seen);
        const { entries: _, ...figures } = reports;
        const { entries: __, ...expected } = await everyReport(cut.wallet);
        expect(figuresOf(figures as typeof reports)).toEqual(figuresOf(expected as typeof reports));
        expect(reports.entries.items.every(({ occurredOn }) => occurredOn <= on)).toBe(true);
      }),
      runs,
    );
  });

  test('as of the end of all times is the wallet as it stands', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const books = await openBooks();
        for (const deed of list) await books.take(deed);
        const times = { recordedAsOf: '2200-01-01T00:00:00.000000Z', occurredAsOf: '9998-12-31' as CivilDate };
        expect(await everyReport(books.wallet.asOf(times))).toEqual(await everyReport(books.wallet));
      }),
      runs,
    );
  });
});

const additions = fc.array(
  fc.record({
    pick: fc.constant(0),
    do: fc.constantFrom('income' as const, 'expense' as const),
    details: fc.record({
      amount: fc.integer({ min: 1, max: 9_999 }).map((minor) => (minor / 100).toFixed(2)),
      category: fc.constantFrom('Food', 'Food:Cafe', 'Home'),
      occurredOn: day,
    }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** What does not hang on the order within a day. */
async function byDate(list: readonly Deed[]): Promise<unknown> {
  const books = await openBooks();
  for (const deed of list) await books.take(deed);
  const { pages, totals } = await everyReport(books.wallet);
  const dated = pages.map(({ statement: { lines: _, ...statement }, largest: __, unusual: ___, ...rest }) => ({
    ...rest,
    statement,
  }));
  return figuresOf({ pages: dated, totals } as never);
}

test('invariant 8: the order in which entries are recorded leaves every report by date as it is', async () => {
  await fc.assert(
    fc.asyncProperty(
      additions.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      async ([list, shuffled]) => {
        expect(await byDate(shuffled)).toEqual(await byDate(list));
      },
    ),
    runs,
  );
});

test('invariant 9: an entry that is booked late gives the reports that it would have given in time', async () => {
  await fc.assert(
    fc.asyncProperty(additions, fc.nat(), async (list, pick) => {
      const late = list[pick % list.length] as Deed;
      const others = list.filter((deed) => deed !== late);
      expect(await byDate([...others, late])).toEqual(await byDate([late, ...others]));
    }),
    runs,
  );
});

test('instants are read to the microsecond, and days end in their zone', () => {
  expect(parseInstant('2026-03-01T09:00Z')).toBe('2026-03-01T09:00:00.000000Z');
  expect(parseInstant('2026-03-01T09:00:00.123456789+01:00')).toBe('2026-03-01T08:00:00.123456Z');
  for (const bad of [
    '2026-03-01',
    '2026-03-01T25:00Z',
    '1969-12-31T23:59:59Z',
    '2300-01-01T00:00Z',
    '2026-03-01 09:00Z',
    'now',
  ]) {
    expect(parseInstant(bad), `${bad} is none`).toBeUndefined();
  }
  expect(endOfDay('2026-03-28' as CivilDate, 'Europe/Berlin')).toBe('2026-03-28T22:59:59.999999Z');
  expect(endOfDay('2026-03-29' as CivilDate, 'Europe/Berlin')).toBe('2026-03-29T21:59:59.999999Z');
});

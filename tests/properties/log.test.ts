import { createHash } from 'node:crypto';
import { createLedger, createMemoryViewStore, project, walletProjections, type Money, type StoredEvent } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { durableKinds } from '../stores/kinds.ts';
import { always, logOf, lookAt, STORES } from './lived.ts';

/** Any value in one spelling. */
function spelt(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    field !== null && typeof field === 'object' && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}

function digestOf(events: readonly StoredEvent[]): string {
  return createHash('sha256').update(spelt(events)).digest('hex');
}

function moneyIn(value: unknown): readonly Money[] {
  if (value === null || typeof value !== 'object') return [];
  if ('minor' in value) return [value as Money];
  return Object.values(value).flatMap(moneyIn);
}

describe.each(STORES)('a log on %s', (kind) => {
  test('invariant 3: no entry, part or set-aside is negative or nothing', () =>
    always(kind, ({ events }) => {
      for (const { event } of events) {
        // What was counted, and what is spent after refunds, may be below zero: they are sums.
        if (['BalanceChecked', 'LimitReached', 'LimitCleared', 'PlanResolved'].includes(event.type)) continue;
        for (const { minor } of moneyIn(event)) expect(minor >= 0n).toBe(true);
        if ('entry' in event) expect(event.entry.amount.minor > 0n).toBe(true);
      }
    }));

  test('invariant 5: folding a log twice gives the same, whoever folds', () =>
    always(kind, ({ events }) => {
      for (const projection of walletProjections) {
        for (const [, history] of Map.groupBy(events, ({ stream }) => stream)) {
          expect(spelt([...project(projection, history)])).toBe(spelt([...project(projection, history)]));
        }
      }
    }));

  test('invariant 6: going on from what was stored half-way gives what folding all of it gives', () =>
    always(kind, ({ events }) => {
      for (const [, history] of Map.groupBy(events, ({ stream }) => stream)) {
        const half = Math.floor(history.length / 2);
        for (const projection of walletProjections) {
          const views = new Map<string, unknown>(
            [...project(projection, history.slice(0, half))].map(([bucket, view]) => [bucket, JSON.parse(JSON.stringify(view))]),
          );
          for (const recorded of history.slice(half)) {
            for (const bucket of projection.bucketsOf(recorded)) {
              const before = views.get(bucket) ?? projection.initial;
              views.set(bucket, projection.apply(before, recorded, bucket));
            }
          }
          const whole = project(projection, history);
          for (const [bucket, view] of whole) expect(spelt(views.get(bucket))).toBe(spelt(view));
          expect(views.size).toBe(whole.size);
        }
      }
    }));

  test('invariant 19: alerts come from the log alone, go up and down in turn, and reading them again stores nothing', () =>
    always(kind, async ({ home, store, stored, events }) => {
      const told = new Map<string, boolean>();
      for (const { stream, event } of events) {
        if (event.type !== 'LimitReached' && event.type !== 'LimitCleared') continue;
        const key = [stream, event.limitId, event.period, event.from, event.threshold].join(' ');
        expect(told.get(key) ?? false).toBe(event.type === 'LimitCleared');
        told.set(key, event.type === 'LimitReached');
      }
      const other = createLedger({ store, views: createMemoryViewStore(), clock: Date, ids: { next: () => 'x' } });
      expect(await other.alerts({ limit: 200 })).toEqual(await home.ledger.alerts({ limit: 200 }));
      expect((await logOf(store)).length).toBe(stored.length);
    }));

  test('invariant 22: versions and positions have no gap, and what is recorded later bears a later time, also when the clock steps back', () =>
    always(kind, ({ stored }) => {
      const versions = new Map<string, number>();
      for (const [index, { stream, version, position, recordedAt }] of stored.entries()) {
        expect(position).toBe(index + 1);
        expect(version).toBe((versions.get(stream) ?? 0) + 1);
        versions.set(stream, version);
        if (index > 0) expect(recordedAt > (stored[index - 1]?.recordedAt ?? '')).toBe(true);
      }
    }));
});

const timeless = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
  events.map((event) => ({ ...event, recordedAt: '' }));

// The chain of hashes over what is stored comes with the sealed store; this is what it will lean on.
test.each(durableKinds)(
  'invariant 23: equal histories have equal digests on %s, and a byte more or less anywhere changes them',
  (kind) =>
    always('memory', async ({ seed, stored }) => {
      const digest = digestOf(timeless(stored));
      await lookAt(kind, seed, (other) => expect(digestOf(timeless(other.stored))).toBe(digest));
      for (const at of [0, Math.floor(stored.length / 2), stored.length - 1]) {
        const changed = stored.map((event, index) => (index === at ? { ...event, type: `${event.type} ` } : event));
        expect(digestOf(timeless(changed))).not.toBe(digest);
      }
    }),
);

test.each(durableKinds)('invariant 33: the same commands give the same streams, and are refused alike, on %s', (kind) =>
  always('memory', ({ seed, stored, home }) =>
    lookAt(kind, seed, (other) => {
      expect(timeless(other.stored)).toEqual(timeless(stored));
      expect([...other.home.taken]).toEqual([...home.taken]);
    }),
  ),
);

test('a property that must fail does', async () => {
  await expect(
    always('memory', ({ events }) => expect(events.some(({ event }) => event.type === 'EntryCorrected')).toBe(false)),
  ).rejects.toThrow(/seed: \d+, path/);
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decode, encode, UnknownEventError, type StoredEvent, type WalletEvent } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { grown, laterSamples, samples } from './sample-events.ts';

const folder = new URL('golden/', import.meta.url);
const place = { id: 'a', stream: 'wallet-a', version: 1, position: 1, recordedAt: '2026-10-14T09:38:00.000000Z', meta: {} };

const shapes = (
  [
    [1, samples],
    [2, grown],
  ] as const
).flatMap(([shape, events]) => Object.values(events).map((event) => [`${event.type}.v${shape}.json`, event] as const));
const later = Object.entries(laterSamples).map(([name, event]) => [`${name}.v1.json`, event] as const);

describe.each<readonly [string, WalletEvent]>([...shapes, ...later])('%s', (name, event) => {
  const file = new URL(name, folder);

  // A golden file is the storage format. It is written once, when the event is new; from then on it is never changed.
  test('is stored as its golden file says', () => {
    if (!existsSync(file) && process.env['KAKEIBO_WRITE_GOLDEN'] === '1')
      writeFileSync(file, `${JSON.stringify(encode(event), null, 2)}\n`);
    expect(encode(event)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  test('is read back from it, nothing lost', () => {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Pick<StoredEvent, 'type' | 'data'>;
    expect(decode({ ...place, ...stored }).event).toEqual(event);
  });
});

test('every golden file is of an event that is known', () => {
  expect(readdirSync(folder).sort()).toEqual([...shapes, ...later].map(([name]) => name).sort());
});

test('an event of an unknown kind is an error, never skipped (invariant 32)', () => {
  expect(() => decode({ ...place, type: 'MoneyPrinted', data: {} })).toThrow(UnknownEventError);
});

test('a stored amount that is none is an error', () => {
  const { type, data } = encode(samples.ExpenseAdded);
  for (const amount of ['12.345', '1e3', '', 12.5, null])
    expect(() => decode({ ...place, type, data: { ...data, amount } })).toThrow();
  expect(() => decode({ ...place, type, data: { ...data, currency: 'DEM' } })).toThrow();
});

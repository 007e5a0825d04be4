import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  MAX_EVENT_BYTES,
  utf8Length,
  type PartDetails,
  type Wallet,
} from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import { expect, test } from 'vitest';
import { samples } from './sample-events.ts';
import { codeOf, done } from './schedule-fixtures.ts';

let ids = 0;

async function household(): Promise<Wallet> {
  const clock = { now: () => Date.parse('2026-10-14T12:00:00Z') };
  const store = createMemoryEventStore({ clock });
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `size-${(ids += 1)}` } });
  const { walletId } = done(await ledger.openWallet({ name: 'Household', currency: 'EUR' }));
  return ledger.wallet(walletId);
}

const parts = (count: number, note: string): readonly PartDetails[] =>
  Array.from({ length: count }, (_, index) => ({ category: `C${index}`, share: 1, note }));
/** Texts that an entry just holds: 16 parts of 400 bytes each and a bit. */
const full = { amount: '100.00', parts: parts(16, '帳'.repeat(135)) };
const book = { amount: '100.00', parts: parts(50, '簿'.repeat(500)) };

/** The bytes of the largest event there is. */
async function largest(wallet: Wallet): Promise<number> {
  const events = await wallet.events({ after: 0, limit: 100 });
  return Math.max(...events.map(({ data }) => utf8Length(JSON.stringify(data))));
}

test('an entry of fifty parts with long notes in letters of three bytes is refused, with the figures', async () => {
  const wallet = await household();
  const outcome = await wallet.addExpense(book);
  expect(outcome).toMatchObject({
    kind: 'rejected',
    rejection: { code: 'entry-too-large', field: 'parts', detail: { most: 7_500 } },
  });
  expect(codeOf(await wallet.addIncome(book))).toBe('entry-too-large');
  expect(codeOf(await wallet.planEntry({ kind: 'expense', ...book }))).toBe('entry-too-large');
  expect(codeOf(await wallet.setSchedule('a', { kind: 'expense', ...book, rule: 'FREQ=DAILY' }))).toBe('entry-too-large');
  expect(await wallet.summary()).toMatchObject({ version: 1, entries: 0 });
});

test('what is wrong otherwise is told first', async () => {
  const wallet = await household();
  expect(codeOf(await wallet.addExpense({ ...book, occurredOn: '2026-02-30' }))).toBe('date-invalid');
});

test('whatever is done with the largest entry there can be fits into an event', async () => {
  const wallet = await household();
  const { entryId } = done(await wallet.addExpense(full));
  const more = { parts: parts(16, '帖'.repeat(136)) };
  expect(codeOf(await wallet.correctEntry(entryId, { parts: parts(50, '帖'.repeat(136)) }))).toBe('entry-too-large');
  expect(codeOf(await wallet.correctEntry(entryId, { tags: Array.from({ length: 10 }, (_, at) => '帖'.repeat(39) + at) }))).toBe(
    'entry-too-large',
  );
  done(await wallet.correctEntry(entryId, more));
  expect(await largest(wallet)).toBeGreaterThan(13_000);
  const refund = { amount: '100.00', refunds: entryId, note: '帖'.repeat(500) };
  const { entryId: refundId } = done(await wallet.addRefund(refund));
  done(await wallet.voidEntry(refundId, { reason: '帖'.repeat(500) }));
  done(await wallet.voidEntry(entryId, { reason: '帖'.repeat(500) }));
  done(await wallet.restoreEntry(entryId));
  expect(await largest(wallet)).toBeLessThanOrEqual(MAX_EVENT_BYTES);
});

test('a refund takes the parts of its expense and says more only as far as an event holds it', async () => {
  const wallet = await household();
  const names = Array.from({ length: 40 }, (_, index) => ({ category: `${'品'.repeat(50)}${index}`, share: 1 }));
  const { entryId } = done(await wallet.addExpense({ amount: '100.00', parts: names }));
  const refund = { amount: '100.00', refunds: entryId, note: '帖'.repeat(500) };
  expect(codeOf(await wallet.addRefund(refund))).toBe('entry-too-large');
  done(await wallet.addRefund({ ...refund, note: '帖' }));
});

test('an entry without parts, as long as it may be in letters of four bytes, is booked', async () => {
  const wallet = await household();
  const category = Array.from({ length: 8 }, () => '🪙'.repeat(60)).join(':');
  const tags = Array.from({ length: 10 }, (_, at) => '🪙'.repeat(39) + at);
  const long = { amount: '1.00', category, payee: '🪙'.repeat(100), tags, note: '🪙'.repeat(500) };
  const { entryId } = done(await wallet.addExpense(long));
  done(await wallet.correctEntry(entryId, { note: '💰'.repeat(500) }));
  expect(await largest(wallet)).toBeLessThanOrEqual(MAX_EVENT_BYTES);
});

test.each([
  ['the row of a file', { fingerprint: '行'.repeat(2_500) }],
  ['what a bank calls it', { fingerprint: 'row', bankId: '行'.repeat(2_500) }],
])('an entry without parts is refused for %s, which says too much', (_, more) => {
  const { decision } = givenEvents(samples.WalletOpened).when({
    type: 'ImportEntries',
    importId: 'import',
    name: 'bank.csv',
    file: 'digest',
    page: 1,
    rows: [{ kind: 'expense', amount: '1', category: 'Food', occurredOn: '2026-10-14', occurrence: 1, ...more }],
  });
  expect(decision).toMatchObject({ kind: 'rejected', rejection: { code: 'entry-too-large', field: 'rows[0].note' } });
});

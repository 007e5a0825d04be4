import { addDays, createLedger, createMemoryEventStore, createMemoryViewStore, parseInstant, periodFrom } from '@kakeibo/core';
import type { CivilDate, Period, Wallet } from '@kakeibo/core';
import { expect, test } from 'vitest';

let ids = 0;

/** A wallet in a zone, at an instant that the test moves. */
async function walletIn(zone: string, at: string) {
  let now = Date.parse(at);
  const clock = { now: () => now };
  const store = createMemoryEventStore({ clock });
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `dates-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR', zone });
  if (!('result' in opened)) throw new Error('the wallet opens');
  return { wallet: ledger.wallet(opened.result.walletId), store, goTo: (to: string) => void (now = Date.parse(to)) };
}

const stretch = (from: string, to: string): Period => periodFrom(from, to) as Period;
const spentIn = async (wallet: Wallet, from: string, to: string): Promise<string> =>
  (await wallet.spending(stretch(from, to))).total;

test('case 1: half past eleven in the evening of January is January, though it is February in UTC', async () => {
  const { wallet } = await walletIn('America/Bogota', '2026-02-01T04:30Z');
  await wallet.addExpense({ amount: '5.00', category: 'Food' });
  const [line] = (await wallet.entries({}, { limit: 1 })).items;
  expect([line?.occurredOn, line?.recordedAt.slice(0, 10)]).toEqual(['2026-01-31', '2026-02-01']);
  expect(await spentIn(wallet, '2026-01-01', '2026-02-01')).toBe('5.00');
  expect(await spentIn(wallet, '2026-02-01', '2026-03-01')).toBe('0.00');
});

test('case 2: an entry keeps its day wherever it is read: it is stored as a day, and a wallet keeps its zone', async () => {
  const { wallet, store } = await walletIn('America/Bogota', '2026-02-01T04:30Z');
  await wallet.addExpense({ amount: '5.00', category: 'Food' });
  const before = await wallet.entries({}, { limit: 1 });
  // A reader elsewhere: another zone of the machine, another clock, and views folded anew.
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Auckland';
  try {
    const clock = { now: () => Date.parse('2026-02-03T12:00Z') };
    const elsewhere = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => 'elsewhere' } });
    expect(await elsewhere.wallet(wallet.id).entries({}, { limit: 1 })).toEqual(before);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
  const [, added] = await wallet.events({ after: 0, limit: 2 });
  expect(added?.data).toMatchObject({ occurredOn: '2026-01-31' });
});

test('case 3: one instant in several offsets asks for the same', async () => {
  const { wallet, goTo } = await walletIn('UTC', '2026-10-01T10:00Z');
  await wallet.addIncome({ amount: '1.00' });
  goTo('2026-10-01T12:00Z');
  await wallet.addIncome({ amount: '2.00' });
  const spellings = ['2026-10-01T11:00Z', '2026-10-01T13:00+02:00', '2026-10-01T06:00:00-05:00', '2026-10-01T16:30:00.000+05:30'];
  for (const spelling of spellings) {
    const recordedAsOf = parseInstant(spelling);
    expect(recordedAsOf).toBe('2026-10-01T11:00:00.000000Z');
    expect((await wallet.asOf({ recordedAsOf: recordedAsOf ?? '' }).totals({})).in).toBe('1.00');
  }
});

test('case 4: days of 23 and 25 hours are each one day of a daily report, none missing and none twice', async () => {
  const { wallet, goTo } = await walletIn('Europe/Berlin', '2026-03-27T12:00Z');
  const days: readonly (readonly [first: string, instants: readonly string[]])[] = [
    ['2026-03-28', ['2026-03-28T22:30Z', '2026-03-28T23:30Z', '2026-03-29T21:30Z', '2026-03-29T22:30Z']],
    ['2026-10-24', ['2026-10-24T21:30Z', '2026-10-24T22:30Z', '2026-10-25T22:30Z', '2026-10-25T23:30Z']],
  ];
  for (const [first, instants] of days) {
    for (const instant of instants) {
      goTo(instant);
      await wallet.addIncome({ amount: '1.00' });
    }
    const [from, to] = [first as CivilDate, addDays(first as CivilDate, 3)];
    const { series } = await wallet.balance({ period: { from, to }, by: 'day', on: from });
    expect(series.map((step) => [step.from, step.in])).toEqual([
      [from, '1.00'],
      [addDays(from, 1), '2.00'],
      [addDays(from, 2), '1.00'],
    ]);
  }
});

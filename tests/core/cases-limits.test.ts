import { periodFrom, periodOf, type Period } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { day, figures, openBook, told } from './limit-book.ts';

// The numbers are those of the edge cases that every household's books meet; each is here under its own.

test('case 6: a Sunday belongs to the week that its first day says, and a week over two years is there once', async () => {
  expect(periodOf('week', day('2026-03-01'))).toEqual({ from: '2026-02-23', to: '2026-03-02' });
  expect(periodOf({ kind: 'week', firstDay: 7 }, day('2026-03-01'))).toEqual({ from: '2026-03-01', to: '2026-03-08' });
  const book = await openBook('2027-01-10');
  await book.limit({ period: 'week', startsOn: '2026-12-01' });
  await book.spend('10', '2026-12-31');
  await book.spend('5', '2027-01-01');
  expect(figures(await book.rows(3, '2027-01-10'))).toEqual([
    '2026-12-21: 100.00 0.00 0.00 100.00',
    '2026-12-28: 100.00 0.00 15.00 85.00',
    '2027-01-04: 100.00 0.00 0.00 100.00',
  ]);
});

test('case 7: a month from pay day to pay day begins on the last day of months that are too short', async () => {
  const book = await openBook('2026-03-10');
  await book.limit({ firstDay: 25, startsOn: '2026-01-01' }, 'salary');
  await book.limit({ firstDay: 31, startsOn: '2026-01-01' }, 'last');
  await book.spend('30', '2026-02-24');
  await book.spend('4', '2026-02-28');
  expect(figures(await book.rows(2, '2026-03-10', 'salary'))).toEqual([
    '2026-01-25: 100.00 0.00 30.00 70.00',
    '2026-02-25: 100.00 0.00 4.00 96.00',
  ]);
  expect((await book.rows(2, '2026-03-10', 'last')).map(({ from, to, spent }) => [from, to, spent])).toEqual([
    ['2026-01-31', '2026-02-28', '30.00'],
    ['2026-02-28', '2026-03-31', '4.00'],
  ]);
});

test('case 8: months without a booking are rows of nothing in a history', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-06-01' });
  await book.spend('10', '2026-06-03');
  await book.spend('20', '2026-10-03');
  const stretch = periodFrom('2026-06-01', '2026-11-01') as Period;
  const { rows } = await book.wallet.limitHistory('food', stretch);
  expect(rows.map(({ spent }) => spent)).toEqual(['10.00', '0.00', '0.00', '0.00', '20.00']);
  const part = await book.wallet.limitHistory('food', periodFrom('2026-07-01', '2026-08-01') as Period);
  expect(part.rows.map(({ from }) => from)).toEqual(['2026-07-01']);
});

test('case 18: exactly the limit is within it, one cent more is over', async () => {
  const book = await openBook();
  await book.limit({ mode: 'block' });
  await book.spend('100', '2026-10-14');
  expect((await book.status('2026-10-14'))?.current).toMatchObject({ state: 'reached', left: '0.00', percent: 100 });
  expect(told(await book.wallet.addExpense({ amount: '0.01', category: 'Food' }))).toEqual(['limit-exceeded']);
});

test('case 19: a refund lowers what was spent and ends an excess, and is no income', async () => {
  const book = await openBook();
  await book.limit({});
  const id = await book.spend('120', '2026-10-02');
  const refund = await book.wallet.addRefund({ amount: '50', refunds: id });
  expect(told(refund)).toEqual(['-food 2026-10-01 100', '-food 2026-10-01 80']);
  expect((await book.status('2026-10-14'))?.current).toMatchObject({ spent: '70.00', state: 'within' });
  expect((await book.wallet.cashflow(periodOf('month', day('2026-10-01')))).in).toBe('0.00');
});

test('case 20: a refund in a later month counts in that month, which may have more left than its limit', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-09-01' });
  const id = await book.spend('90', '2026-09-20');
  await book.wallet.addRefund({ amount: '90', refunds: id, occurredOn: '2026-10-05' });
  expect(figures(await book.rows(2, '2026-10-14'))).toEqual([
    '2026-09-01: 100.00 0.00 90.00 10.00',
    '2026-10-01: 100.00 0.00 -90.00 190.00',
  ]);
  expect((await book.status('2026-10-14'))?.current).toMatchObject({ percent: -90, state: 'within' });
});

test('case 21: a limit changed on the 16th rules its whole month, and both figures stay with their days', async () => {
  const book = await openBook('2026-10-16');
  await book.limit({ startsOn: '2026-10-01' });
  await book.spend('90', '2026-10-03');
  expect(await book.limit({ amount: '200' })).toEqual(['-food 2026-10-01 80']);
  const [row] = await book.rows(1, '2026-10-16');
  expect(row).toMatchObject({
    planned: '200.00',
    spent: '90.00',
    percent: 45,
    changes: [
      { startsOn: '2026-10-01', amount: '100.00' },
      { startsOn: '2026-10-16', amount: '200.00' },
    ],
  });
});

test('case 22: a limit set back to the 1st counts from there, and what was told before stays in the alerts', async () => {
  const book = await openBook('2026-10-05');
  await book.limit({ startsOn: '2026-10-01' });
  await book.spend('85', '2026-10-04');
  book.goTo('2026-10-20');
  expect(await book.limit({ amount: '80', startsOn: '2026-10-01' })).toEqual(['+food 2026-10-01 100']);
  const { items } = await book.ledger.alerts({ limit: 10 });
  expect(items.map(({ threshold, amount, raisedAt }) => [threshold, amount, raisedAt.slice(0, 10)])).toEqual([
    [100, '80.00', '2026-10-20'],
    [80, '100.00', '2026-10-05'],
  ]);
  expect((await book.rows(1, '2026-10-20')).map(({ planned }) => planned)).toEqual(['80.00']);
});

test('case 23: no limit is not a limit of nothing, which any spending is over', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-08-01' });
  await book.wallet.removeLimit('food');
  expect((await book.rows(5, '2026-12-01')).map(({ from }) => from)).toEqual(['2026-08-01', '2026-09-01']);
  expect(told(await book.wallet.addExpense({ amount: '500', category: 'Food' }))).toEqual([]);
  expect(await book.status('2026-10-14')).toBeUndefined();
  expect(await book.limit({ amount: '0' }, 'none')).toEqual(['+none 2026-10-01 80', '+none 2026-10-01 100']);
  expect((await book.status('2026-10-14', 'none'))?.current).toMatchObject({ percent: null, state: 'over' });
});

test('case 24: a child counts to its own limit and to that of its parent, each with its own alert', async () => {
  const book = await openBook();
  await book.limit({ scope: 'Food', amount: '100' }, 'parent');
  await book.limit({ scope: 'Food:Groceries', amount: '50' }, 'child');
  const split = {
    amount: '90',
    parts: [
      { category: 'Food:Groceries', amount: '45' },
      { category: 'Food:Cafe', amount: '45' },
    ],
  };
  expect(told(await book.wallet.addExpense(split))).toEqual(['+child 2026-10-01 80', '+parent 2026-10-01 80']);
  expect((await book.status('2026-10-14', 'parent'))?.current.spent).toBe('90.00');
  expect((await book.status('2026-10-14', 'child'))?.current.spent).toBe('45.00');
});

test('case 26: a limit binds the currency of its wallet, and no other is added to it', async () => {
  const book = await openBook();
  const opened = await book.ledger.openWallet({ name: 'Tokyo', currency: 'JPY' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  const tokyo = book.ledger.wallet(opened.result.walletId);
  await book.limit({});
  expect(told(await tokyo.setLimit('food', { period: 'month', amount: '100.50' }))).toEqual(['amount-too-precise']);
  await tokyo.setLimit('food', { period: 'month', amount: '100' });
  expect(told(await tokyo.addExpense({ amount: '90', category: 'Food' }))).toEqual(['+food 2026-10-01 80']);
  expect((await book.status('2026-10-14'))?.current.spent).toBe('0.00');
});

test('case 27: voiding the entry that crossed a limit resolves the alert and does not delete it', async () => {
  const book = await openBook();
  await book.limit({});
  const id = await book.spend('85', '2026-10-02');
  expect(told(await book.wallet.voidEntry(id))).toEqual(['-food 2026-10-01 80']);
  const { items } = await book.ledger.alerts({ limit: 10 });
  expect(items.map(({ threshold, clearedAt }) => [threshold, clearedAt !== null])).toEqual([[80, true]]);
  expect((await book.status('2026-10-14'))?.current.state).toBe('within');
});

test('case 28: a back-dated entry changes its own period, not today, and its alert says that it is late', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-01-01' });
  const booked = await book.wallet.addExpense({ amount: '85', category: 'Food', occurredOn: '2026-03-05' });
  expect(told(booked)).toEqual(['+food 2026-03-01 80']);
  expect((await book.status('2026-10-14'))?.current).toMatchObject({ spent: '0.00', state: 'within' });
  const [alert] = (await book.ledger.alerts({ limit: 1 })).items;
  expect([alert?.late, alert?.from, alert?.raisedAt.slice(0, 10)]).toEqual([true, '2026-03-01', '2026-10-14']);
});

test('case 29: another day or category moves spending from one period or limit to another in one go', async () => {
  const book = await openBook();
  await book.limit({ scope: 'Food', startsOn: '2026-09-01' });
  await book.limit({ scope: 'Home', startsOn: '2026-09-01' }, 'home');
  const id = await book.spend('85', '2026-10-02');
  const days = await book.wallet.correctEntry(id, { occurredOn: '2026-09-30' });
  expect(told(days)).toEqual(['+food 2026-09-01 80', '-food 2026-10-01 80']);
  const categories = await book.wallet.correctEntry(id, { category: 'Home:Rent' });
  expect(told(categories)).toEqual(['+home 2026-09-01 80', '-food 2026-09-01 80']);
  expect((await book.rows(2, '2026-10-14', 'home')).map(({ spent }) => spent)).toEqual(['85.00', '0.00']);
});

test('case 30: of two expenses at once that a limit has room for one of, exactly one is refused', async () => {
  const book = await openBook();
  await book.limit({ mode: 'block' });
  const outcomes = await Promise.all(['60', '60'].map((amount) => book.wallet.addExpense({ amount, category: 'Food' })));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['recorded', 'rejected']);
});

test.each([
  ['none', ['100.00 0.00', '100.00 0.00', '100.00 0.00']],
  ['surplus', ['100.00 0.00', '100.00 0.00', '100.00 60.00']],
  ['both', ['100.00 0.00', '100.00 -30.00', '100.00 30.00']],
] as const)(
  'case 31: with roll-over %s the first period carries nothing and a deficit is not forgotten',
  async (rollover, wanted) => {
    const book = await openBook();
    await book.limit({ rollover, startsOn: '2026-08-01' });
    await book.spend('130', '2026-08-10');
    await book.spend('40', '2026-09-10');
    const rows = await book.rows(3, '2026-10-14');
    expect(rows.map(({ planned, carried }) => `${planned} ${carried}`)).toEqual(wanted);
    // The same when August comes last.
    const late = await openBook();
    await late.limit({ rollover, startsOn: '2026-08-01' });
    await late.spend('40', '2026-09-10');
    await late.spend('130', '2026-08-10');
    expect(await late.rows(3, '2026-10-14')).toMatchObject(rows.map(({ told: _, ...row }) => row));
  },
);

test('case 32: over, refunded and over again is one alert for each crossing, and none while it stays over', async () => {
  const book = await openBook();
  await book.limit({ thresholds: [100] });
  expect(told(await book.wallet.addExpense({ amount: '110', category: 'Food' }))).toEqual(['+food 2026-10-01 100']);
  expect(told(await book.wallet.addExpense({ amount: '10', category: 'Food' }))).toEqual([]);
  expect(told(await book.wallet.addRefund({ amount: '50', category: 'Food' }))).toEqual(['-food 2026-10-01 100']);
  expect(told(await book.wallet.addExpense({ amount: '40', category: 'Food' }))).toEqual(['+food 2026-10-01 100']);
  expect((await book.ledger.alerts({ limit: 10 })).items).toHaveLength(2);
});

test('case 33: a stream that is read again tells nothing anew', async () => {
  const book = await openBook();
  await book.limit({});
  await book.spend('120', '2026-10-02');
  const before = await book.store.readAll({ after: 0, limit: 100 });
  const again = await openBook('2026-10-14', { store: book.store });
  const alerts = (await again.ledger.alerts({ limit: 10 })).items.filter(({ walletId }) => walletId === book.wallet.id);
  expect(alerts).toHaveLength(2);
  expect((await book.store.readAll({ after: 0, limit: 100 })).slice(0, before.length)).toEqual(before);
});

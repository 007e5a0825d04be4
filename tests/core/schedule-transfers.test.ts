import { decode, type Outcome, type ScheduleDetails, type Wallet } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { balanceOf, openBooks, type Books } from './transfer-books.ts';
import { bookedOf, codeOf, day, done, expectViewsToBeTrue, historyOf } from './schedule-fixtures.ts';

/** Books whose clock a test moves. */
function booksOn(date: string): Books & { goTo(to: string): void } {
  let now = Date.parse(`${date}T12:00:00Z`);
  return { ...openBooks({ now: () => now }), goTo: (to) => void (now = Date.parse(`${to}T12:00:00Z`)) };
}

const saving = (to: Wallet, more: Partial<ScheduleDetails> = {}): ScheduleDetails => ({
  kind: 'transfer',
  to: to.id,
  amount: '50.00',
  note: 'Saving',
  rule: 'FREQ=WEEKLY;BYDAY=MO',
  ...more,
});

const bookAll = async (...wallets: readonly Wallet[]): Promise<void> => {
  for (const wallet of wallets) done(await wallet.bookDue());
};

test('each occurrence is sent as a transfer, with its own day, and arrives', async () => {
  const { open, runner, goTo, errors } = booksOn('2026-10-01');
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  done(await giro.setSchedule('saving', saving(savings)));
  goTo('2026-10-14');
  await bookAll(giro);
  await runner.settled();
  expect([await balanceOf(giro), await balanceOf(savings)]).toEqual(['-100.00', '100.00']);
  const received = (await historyOf(savings)).flatMap(({ event }) => (event.type === 'TransferReceived' ? [event.entry] : []));
  expect(received.map(({ occurredOn, note }) => [occurredOn, note])).toEqual([
    ['2026-10-05', 'Saving'],
    ['2026-10-12', 'Saving'],
  ]);
  // It is neither spending nor income.
  expect(await giro.spending({ from: day('2026-10-01'), to: day('2026-11-01') })).toMatchObject({ total: '0.00' });
  expect(await giro.schedules()).toMatchObject({
    items: [{ terms: [{ kind: 'transfer', to: { walletId: savings.id, amount: '50.00', currency: 'EUR' } }], booked: 2 }],
  });
  await bookAll(giro);
  expect(await balanceOf(giro)).toBe('-100.00');
  for (const wallet of [giro, savings]) await expectViewsToBeTrue(wallet);
  expect(errors).toEqual([]);
  await runner.close();
});

test('schedules of one name in two wallets, on one day, are transfers of their own', async () => {
  const { open, runner, goTo, ledger } = booksOn('2026-10-01');
  const [ann, ben, savings] = [await open('Ann'), await open('Ben'), await open('Savings')];
  for (const wallet of [ann, ben]) done(await wallet.setSchedule('saving', saving(savings)));
  goTo('2026-10-05');
  await bookAll(ann, ben);
  await runner.settled();
  expect(await balanceOf(savings)).toBe('100.00');
  expect(await ledger.inTransit()).toEqual([]);
  await runner.close();
});

test('what goes to a wallet that was closed meanwhile comes back, and the schedule goes on', async () => {
  const { open, runner, goTo } = booksOn('2026-10-01');
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  done(await giro.setSchedule('saving', saving(savings)));
  done(await savings.close());
  goTo('2026-10-05');
  await bookAll(giro);
  expect(await balanceOf(giro)).toBe('-50.00');
  await runner.settled();
  expect(await balanceOf(giro)).toBe('0.00');
  done(await savings.reopen());
  goTo('2026-10-12');
  await bookAll(giro);
  await runner.settled();
  expect([await balanceOf(giro), await balanceOf(savings)]).toEqual(['-50.00', '50.00']);
  await runner.close();
});

test('across currencies it says what arrives; a forecast knows what leaves', async () => {
  const { open, runner, goTo } = booksOn('2026-10-01');
  const [giro, yen] = [await open('Giro'), await open('Yen', 'JPY')];
  done(await giro.setSchedule('saving', saving(yen, { toAmount: '8000' })));
  expect(await giro.forecast({ to: day('2026-10-13') })).toMatchObject({ closing: '-100.00' });
  expect(await giro.upcoming({ to: day('2026-10-06') })).toMatchObject({
    items: [{ kind: 'transfer', to: { amount: '8000', currency: 'JPY' } }],
  });
  goTo('2026-10-05');
  await bookAll(giro);
  await runner.settled();
  expect(await balanceOf(yen)).toBe('8000');
  await runner.close();
});

test('it is changed from one occurrence on, also into an expense, and what is stored says so', async () => {
  const { open, goTo } = booksOn('2026-10-01');
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  done(await giro.setSchedule('saving', saving(savings)));
  const rent: ScheduleDetails = {
    kind: 'expense',
    amount: '5.00',
    category: 'Bank',
    rule: 'FREQ=WEEKLY;BYDAY=MO',
    from: '2026-10-12',
  };
  done(await giro.setSchedule('saving', rent));
  const events = (await giro.events({ after: 0, limit: 10 })).map(decode);
  expect(events.at(-1)?.event).toMatchObject({
    type: 'ScheduleSet',
    terms: { kind: 'expense' },
    before: { kind: 'sent', to: { wallet: savings.id, other: { minor: 5000n, currency: 'EUR' } } },
  });
  goTo('2026-10-13');
  await bookAll(giro);
  expect(await bookedOf(giro)).toEqual(['2026-10-12 5.00']);
  expect(await balanceOf(giro)).toBe('-55.00');
});

test('what cannot be sent is refused when it is set', async () => {
  const { open } = booksOn('2026-10-01');
  const [giro, savings, yen, closed] = [await open('Giro'), await open('Savings'), await open('Yen', 'JPY'), await open('Old')];
  done(await closed.close());
  const set = async (details: ScheduleDetails): Promise<string> =>
    codeOf((await giro.setSchedule('a', details)) as Outcome<unknown>);
  expect(await set(saving(giro))).toBe('transfer-to-itself');
  expect(await set({ ...saving(savings), to: 'nobody' })).toBe('wallet-unknown');
  const { to: _, ...nowhere } = saving(savings);
  expect(await set(nowhere)).toBe('wallet-unknown');
  expect(await set(saving(closed))).toBe('wallet-closed');
  expect(await set(saving(yen))).toBe('amount-malformed');
  expect(await set(saving(savings, { toAmount: '49.00' }))).toBe('amounts-differ');
  expect(await set(saving(savings, { amount: '0' }))).toBe('amount-not-positive');
  expect(await set(saving(savings, { category: 'Food' }))).toBe('category-invalid');
  expect(await giro.summary()).toMatchObject({ version: 1 });
});

test('a schedule that is set again with the same command id is answered as it was, also when its wallet was closed since', async () => {
  const { open } = booksOn('2026-10-01');
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const first = await giro.setSchedule('saving', saving(savings), { commandId: 'set' });
  done(await savings.close());
  const again = await giro.setSchedule('saving', saving(savings), { commandId: 'set' });
  expect([first.kind, again.kind]).toEqual(['recorded', 'repeated']);
});

test('the forecast of the wallet that receives has what is to come, in its own currency', async () => {
  const { open, goTo, runner } = booksOn('2026-10-01');
  const [giro, savings, dollars] = [await open('Giro'), await open('Savings'), await open('Dollars', 'USD')];
  done(await giro.setSchedule('saving', saving(savings, { rule: 'FREQ=MONTHLY;BYMONTHDAY=5' })));
  done(await giro.setSchedule('abroad', saving(dollars, { toAmount: '54.21', rule: 'FREQ=MONTHLY;BYMONTHDAY=6' })));
  done(await giro.skipOccurrence('saving', '2026-11-05'));
  done(await savings.setSchedule('saving', saving(giro, { amount: '1.00', rule: 'FREQ=MONTHLY;BYMONTHDAY=5' })));
  const seriesOf = async (wallet: Wallet) =>
    (await wallet.forecast({ to: day('2026-12-06') })).series.map(({ on, change, balance, what, id, walletId }) => [
      on,
      change,
      balance,
      what,
      id,
      walletId,
    ]);
  expect(await seriesOf(savings)).toEqual([
    ['2026-10-05', '-1.00', '-1.00', 'schedule', 'saving', undefined],
    ['2026-10-05', '50.00', '49.00', 'incoming', 'saving', giro.id],
    ['2026-11-05', '-1.00', '48.00', 'schedule', 'saving', undefined],
    ['2026-12-05', '-1.00', '47.00', 'schedule', 'saving', undefined],
    ['2026-12-05', '50.00', '97.00', 'incoming', 'saving', giro.id],
  ]);
  expect((await seriesOf(dollars)).map(([on, change]) => [on, change])).toEqual([
    ['2026-10-06', '54.21'],
    ['2026-11-06', '54.21'],
  ]);
  const told = await dollars.forecast({ to: day('2026-12-06') });
  goTo('2026-10-20');
  await bookAll(giro, savings);
  await runner.settled();
  expect((await seriesOf(dollars))[0]).toEqual(['2026-11-06', '54.21', '108.42', 'incoming', 'abroad', giro.id]);
  expect(await dollars.asOf({ recordedAsOf: '2026-10-01T12:30:00Z' }).forecast({ to: day('2026-12-06') })).toEqual(told);
  done(await giro.close());
  expect(await seriesOf(dollars)).toEqual([]);
  await runner.close();
});

import { periodOf, parseDate, type CivilDate, type Wallet } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { balanceOf, codeOf, openBooks, resultOf } from './transfer-books.ts';

const day = (text: string): CivilDate => parseDate(text) as CivilDate;
const october = periodOf('month', day('2026-10-14'));

/** What counts as income and as spending in October. */
async function figuresOf(wallet: Wallet): Promise<object> {
  const { in: came, out } = await wallet.cashflow(october);
  const { total } = await wallet.spending(october);
  return { came, out, total };
}

test('case 25: a transfer between own wallets is never income or expense, only its fee is, within a currency and across', async () => {
  const { open, runner } = openBooks();
  const [giro, savings, dollars] = [await open('Giro'), await open('Savings'), await open('Dollars', 'USD')];
  await giro.addIncome({ amount: '1000' });
  await giro.setLimit('all', { period: 'month', amount: '10', mode: 'block' });
  await giro.sendTransfer({ to: savings.id, amount: '300' });
  const fee = { amount: '1.50', category: 'Bank:Fees' };
  await giro.sendTransfer({ to: dollars.id, amount: '100', toAmount: '108.42', fee });
  await runner.settled();
  expect(await Promise.all([giro, savings, dollars].map(balanceOf))).toEqual(['598.50', '300.00', '108.42']);
  expect(await figuresOf(giro)).toEqual({ came: '1000.00', out: '1.50', total: '1.50' });
  expect(await figuresOf(savings)).toEqual({ came: '0.00', out: '0.00', total: '0.00' });
  expect(await figuresOf(dollars)).toEqual({ came: '0.00', out: '0.00', total: '0.00' });
  expect(codeOf(await giro.sendTransfer({ to: savings.id, amount: '1', fee: { amount: '9', category: 'Bank' } }))).toBe(
    'limit-exceeded',
  );
});

test('case 41: both amounts of a conversion are stored, the rate is derived, and no later rate changes them', async () => {
  const { open, runner, ledger } = openBooks();
  const [dollars, rupees] = [await open('Dollars', 'USD'), await open('Rupees', 'INR')];
  const { transferId } = resultOf(await dollars.sendTransfer({ to: rupees.id, amount: '100.00', toAmount: '8242.14' }));
  expect(await ledger.inTransit()).toMatchObject([{ transferId, amount: '100.00', toAmount: '8242.14', derivedRate: '82.4214' }]);
  await runner.settled();
  const later = resultOf(await dollars.sendTransfer({ to: rupees.id, amount: '100.00', toAmount: '9000.00' }));
  await runner.settled();
  const { items } = await rupees.transfers({ limit: 10 });
  expect(items.map(({ transferId: id, amount, otherAmount, derivedRate }) => [id, amount, otherAmount, derivedRate])).toEqual([
    [later.transferId, '9000.00', '100.00', '90'],
    [transferId, '8242.14', '100.00', '82.4214'],
  ]);
  const [stored] = await rupees.events({ after: 1, limit: 1 });
  expect(JSON.stringify(stored?.data)).not.toContain('rate');
});

describe('case 49: a transfer seen in the files of both banks', () => {
  test('is proposed, and when a person confirms it is one transfer, not income and expense', async () => {
    const { open, runner, ledger } = openBooks();
    const [giro, savings] = [await open('Giro'), await open('Savings')];
    await giro.setLimit('all', { period: 'month', amount: '100' });
    const row = { amount: '250', occurredOn: '2026-10-05', fingerprint: 'a', note: 'To savings' };
    await giro.importEntries({ name: 'giro.csv', rows: [{ ...row, kind: 'expense', category: 'Unsorted' }] });
    await savings.importEntries({ name: 'savings.csv', rows: [{ ...row, kind: 'income', occurredOn: '2026-10-07' }] });
    expect(await figuresOf(giro)).toEqual({ came: '0.00', out: '250.00', total: '250.00' });

    const [proposal, ...more] = await ledger.transferProposals(october);
    if (proposal === undefined) throw new Error('a transfer is proposed');
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({ amount: '250.00', leftOn: '2026-10-05', arrivedOn: '2026-10-07' });
    // Nothing merges before somebody says so.
    expect(await figuresOf(savings)).toEqual({ came: '250.00', out: '0.00', total: '0.00' });

    const joined = await ledger.joinTransfer(proposal, { commandId: 'join' });
    expect(resultOf(joined)).toMatchObject({ balance: '-250.00', cleared: [{ threshold: 100 }, { threshold: 80 }] });
    await runner.settled();
    expect(await figuresOf(giro)).toEqual({ came: '0.00', out: '0.00', total: '0.00' });
    expect(await figuresOf(savings)).toEqual({ came: '0.00', out: '0.00', total: '0.00' });
    expect([await balanceOf(giro), await balanceOf(savings)]).toEqual(['-250.00', '250.00']);
    expect(await ledger.transferProposals(october)).toEqual([]);
    expect(await ledger.inTransit()).toEqual([]);
    expect((await ledger.joinTransfer(proposal, { commandId: 'join' })).kind).toBe('repeated');
    expect(codeOf(await ledger.joinTransfer(proposal))).toBe('entry-is-transfer');
  });

  test('is parted again when it is taken back: each wallet has what its bank says', async () => {
    const { open, runner, ledger } = openBooks();
    const [giro, savings] = [await open('Giro'), await open('Savings')];
    const left = resultOf(await giro.addExpense({ amount: '250', category: 'Unsorted' }));
    const came = resultOf(await savings.addIncome({ amount: '250', category: 'Gift' }));
    const halves = {
      from: { walletId: giro.id, entryId: left.entryId },
      to: { walletId: savings.id, entryId: came.entryId },
    };
    for (const wallet of [giro, savings]) {
      const { transferId } = resultOf(await ledger.joinTransfer(halves));
      await runner.settled();
      expect(await giro.entry(left.entryId)).toMatchObject({ kind: 'sent', category: null });
      expect(codeOf(await wallet.takeBackTransfer(transferId))).toBeUndefined();
      await runner.settled();
      expect(await giro.entry(left.entryId)).toMatchObject({
        kind: 'expense',
        category: 'Unsorted',
        void: false,
        transfer: null,
      });
      expect(await savings.entry(came.entryId)).toMatchObject({ kind: 'income', category: 'Gift', void: false, transfer: null });
      expect([await balanceOf(giro), await balanceOf(savings)]).toEqual(['-250.00', '250.00']);
      expect(await ledger.inTransit()).toEqual([]);
    }
  });

  test('stays two entries when the other one has changed meanwhile', async () => {
    const { open, runner, ledger } = openBooks();
    const [giro, savings] = [await open('Giro'), await open('Savings')];
    const left = resultOf(await giro.addExpense({ amount: '250', category: 'Unsorted' }));
    const came = resultOf(await savings.addIncome({ amount: '250' }));
    const halves = {
      from: { walletId: giro.id, entryId: left.entryId },
      to: { walletId: savings.id, entryId: came.entryId },
    };
    resultOf(await ledger.joinTransfer(halves));
    await savings.correctEntry(came.entryId, { amount: '240' });
    await runner.settled();
    expect(await giro.entry(left.entryId)).toMatchObject({ kind: 'expense', category: 'Unsorted', amount: '250.00' });
    expect(await savings.entry(came.entryId)).toMatchObject({ kind: 'income', amount: '240.00' });
    expect(codeOf(await ledger.joinTransfer(halves))).toBe('amounts-differ');
  });

  test('is undone with its file only after it was taken back', async () => {
    const { open, runner, ledger } = openBooks();
    const [giro, savings] = [await open('Giro'), await open('Savings')];
    const rows = [{ kind: 'expense', amount: '9', category: 'A', occurredOn: '2026-10-05', fingerprint: 'a' }] as const;
    const { importId } = resultOf(await giro.importEntries({ name: 'giro.csv', rows }));
    const came = resultOf(await savings.addIncome({ amount: '9', occurredOn: '2026-10-05' }));
    const [proposal] = await ledger.transferProposals(october);
    if (proposal === undefined) throw new Error('a transfer is proposed');
    const { transferId } = resultOf(await ledger.joinTransfer(proposal));
    await runner.settled();
    expect(resultOf(await giro.undoImport(importId))).toMatchObject({ voided: 0 });
    resultOf(await savings.takeBackTransfer(transferId));
    await runner.settled();
    expect(resultOf(await giro.undoImport(importId))).toMatchObject({ voided: 1 });
    expect(await savings.entry(came.entryId)).toMatchObject({ kind: 'income', void: false });
    expect(await balanceOf(giro)).toBe('0.00');
  });
});

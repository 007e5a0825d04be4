import { dayAt, exponentOf, parseAmount, parseTotal, verifyLedger, type CurrencyCode, type Money } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { slowWallet } from '../oracles/slow-wallet.ts';
import type { Purse } from '../oracles/household.ts';
import { always, STORES, type Lived } from './lived.ts';

function minorOf(text: string, currency: CurrencyCode): bigint {
  const total = parseTotal(text, currency);
  if (typeof total !== 'object') throw new Error(`${text} is no sum of ${currency}`);
  return total.minor;
}

/** The entries of a wallet that count, told the slow way. */
function entriesOf({ stored }: Lived, { wallet }: Purse) {
  const own = stored.filter(({ stream }) => stream.endsWith(wallet.id));
  return slowWallet(own).entries.filter((entry) => entry.void !== true);
}

/** What an entry says, with its other half when it is one of a transfer. */
interface Halved {
  readonly amount: Money;
  readonly transfer?: { readonly id: string; readonly other: Money };
}

const SIGN = { income: 1n, refund: 1n, received: 1n, expense: -1n, sent: -1n } as const;

describe.each(STORES)('books on %s', (kind) => {
  test('invariant 1: money is conserved in every currency, and transfers add nothing', () =>
    always(kind, async (history) => {
      const { home } = history;
      const all = home.purses.flatMap((purse) => entriesOf(history, purse).map((entry) => ({ purse, entry })));
      const waiting = await home.ledger.inTransit();
      // Each half that counts has its other half, which counts too and says the same sum.
      for (const { entry } of all) {
        const { transfer, amount } = entry.facts as Halved;
        if (transfer === undefined || waiting.some(({ transferId }) => transferId === transfer.id)) continue;
        const others = all.filter(({ entry: other }) => other !== entry && (other.facts as Halved).transfer?.id === transfer.id);
        expect(others.map(({ entry: other }) => [other.facts.amount, (other.facts as Halved).transfer?.other])).toEqual([
          [transfer.other, amount],
        ]);
      }
      for (const { wallet, currency } of home.purses) {
        const summary = await wallet.summary();
        const sum = all
          .filter(({ purse }) => purse.wallet.id === wallet.id)
          .reduce((total, { entry }) => total + SIGN[entry.facts.kind] * entry.facts.amount.minor, 0n);
        expect(minorOf(summary?.balance ?? '', currency)).toBe(sum);
      }
    }));

  test('invariant 2: a balance is what came in less what went out', () =>
    always(kind, async ({ home }) => {
      for (const { wallet, currency } of home.purses) {
        const totals = await wallet.totals({});
        const [came, went, received, sent] = [totals.in, totals.out, totals.received, totals.sent].map((text) =>
          minorOf(text, currency),
        );
        const { balance = '' } = (await wallet.summary()) ?? {};
        expect(minorOf(balance, currency)).toBe((came ?? 0n) - (went ?? 0n) + (received ?? 0n) - (sent ?? 0n));
      }
    }));

  test('invariant 16: a limit is over exactly when more is spent than its budget', () =>
    always(kind, async ({ home }) => {
      for (const { wallet, currency } of home.purses) {
        const today = dayAt(Date.parse('2025-09-01T12:00:00Z'), 'UTC');
        for (const { current } of (await wallet.limits(today)).items) {
          const over = minorOf(current.spent, currency) > minorOf(current.budget, currency);
          expect(current.state === 'over').toBe(over && minorOf(current.spent, currency) > 0n);
        }
      }
    }));

  test('invariant 4: a refused command leaves everything as it was', () =>
    always(kind, async ({ home, store, views, stored }) => {
      for (const { wallet } of home.purses) {
        const refused = await Promise.all([
          wallet.addExpense({ amount: '1e3', category: 'Food' }),
          wallet.addExpense({ amount: '1', category: '' }),
          wallet.voidEntry('none'),
          wallet.addRefund({ amount: '1', refunds: 'none' }),
          wallet.setLimit('l', { period: 'month', amount: '1', thresholds: [0] }),
          wallet.saveMoney('none', '1'),
          wallet.sendTransfer({ to: wallet.id, amount: '1' }),
          wallet.setSchedule('s', { kind: 'expense', amount: '1', category: 'Rent', rule: 'FREQ=HOURLY' }),
          wallet.undo(1),
        ]);
        for (const outcome of refused) expect(outcome.kind).toBe('rejected');
      }
      expect(await store.readAll({ after: stored.length, limit: 1 })).toEqual([]);
      expect((await verifyLedger({ store, views })).findings).toEqual([]);
    }));
});

test('amounts of every history can be read back in their currency', () =>
  always('memory', ({ events }) => {
    for (const { event } of events) {
      if (!('entry' in event)) continue;
      const { minor, currency } = event.entry.amount;
      const digits = exponentOf(currency);
      expect(digits >= 0 && parseAmount(String(minor), 'JPY' as CurrencyCode)).toMatchObject({ minor });
    }
  }));

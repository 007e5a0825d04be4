import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Purse } from '../oracles/household.ts';
import { anew, logOf, STORES, type Lived } from './lived.ts';

const first = ({ home }: Lived): Purse => home.purses[0] as Purse;

/** Opens the wallet again when the history closed it. */
async function opened(history: Lived): Promise<Purse> {
  const purse = first(history);
  if ((await purse.wallet.summary())?.status === 'closed') await purse.wallet.reopen();
  return purse;
}

async function lengthOf({ store }: Lived): Promise<number> {
  return (await logOf(store)).length;
}

describe.each(STORES)('commands on %s', (kind) => {
  test('invariant 11: a command that is sent again takes effect once; with other content it is refused', () =>
    anew(kind, async (history) => {
      const { wallet, text } = await opened(history);
      const request = { commandId: 'again' };
      const details = { amount: text(1_234n), category: 'Food', occurredOn: '2025-07-07' };
      const once = await wallet.addExpense(details, request);
      const length = await lengthOf(history);
      expect(once.kind).toBe('recorded');
      const twice = await wallet.addExpense(details, request);
      expect(twice).toEqual({ ...once, kind: 'repeated' });
      expect(await wallet.addExpense({ ...details, note: 'other' }, request)).toMatchObject({
        kind: 'rejected',
        rejection: { code: 'command-id-reused' },
      });
      expect(await lengthOf(history)).toBe(length);
    }));

  // A refusal is not remembered: what was refused for the state it met may be sent again when that has changed.
  test('invariant 12: a refused command uses its id up for nothing', () =>
    anew(kind, async (history) => {
      const { wallet, text } = await opened(history);
      const request = { commandId: 'later' };
      const details = { amount: text(1n), category: 'Food' };
      await wallet.close();
      expect(await wallet.addExpense(details, request)).toMatchObject({ rejection: { code: 'wallet-closed' } });
      await wallet.reopen();
      expect((await wallet.addExpense(details, request)).kind).toBe('recorded');
      expect((await wallet.addExpense(details, request)).kind).toBe('repeated');
    }));

  test('invariant 24: of commands that expect the same version just one wins', () =>
    anew(kind, async (history) => {
      const { wallet, text } = await opened(history);
      const { version: expected = 0 } = (await wallet.summary()) ?? {};
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          wallet.addIncome({ amount: text(BigInt(index + 1)), occurredOn: '2025-07-07' }, { expected }),
        ),
      );
      expect(outcomes.filter(({ kind: came }) => came === 'recorded').length).toBe(1);
      expect(outcomes.filter(({ kind: came }) => came === 'conflict').length).toBe(7);
    }));

  test('invariant 25: many entries are changed together or not at all, and the refusal is that of the first that cannot be', () =>
    anew(kind, async (history) => {
      const { wallet, text } = await opened(history);
      const ids: string[] = [];
      for (const amount of [1n, 2n, 3n]) {
        const outcome = await wallet.addExpense({ amount: text(amount), category: 'Food' });
        if ('result' in outcome) ids.push(outcome.result.entryId);
      }
      await wallet.voidEntry(ids[1] ?? '');
      const length = await lengthOf(history);
      const change = ids.map((entryId) => ({ entryId, category: 'Home' }));
      expect(await wallet.correctEntries(change)).toMatchObject({ kind: 'rejected', rejection: { code: 'entry-void' } });
      expect(await lengthOf(history)).toBe(length);
      expect((await wallet.correctEntries(change.filter((_, index) => index !== 1))).kind).toBe('recorded');
    }));

  test('invariant 29: a file twice is the file once, in any order of its rows, and rows that are alike are counted', () =>
    anew(kind, async (history) => {
      const { wallet, text } = await opened(history);
      const row = fc.record({ amount: fc.bigInt(1n, 3n), day: fc.integer({ min: 1, max: 3 }) });
      const [sample] = fc.sample(
        fc.record({ f: fc.array(row, { minLength: 1, maxLength: 9 }), g: fc.array(row, { maxLength: 9 }) }),
        {
          numRuns: 1,
          seed: history.seed,
        },
      );
      const rowsOf = (rows: readonly { amount: bigint; day: number }[]) =>
        rows.map(({ amount, day }) => ({
          kind: 'expense' as const,
          amount: text(amount),
          category: 'Unsorted',
          occurredOn: `2024-01-0${day}`,
          fingerprint: `row ${amount} ${day}`,
        }));
      const { f = [], g = [] } = sample ?? {};
      const added = async (rows: readonly { amount: bigint; day: number }[]): Promise<number> => {
        const outcome = await wallet.importEntries({ name: 'f.csv', rows: rowsOf(rows) });
        return 'result' in outcome ? outcome.result.added : -1;
      };
      expect(await added(f)).toBe(f.length);
      expect(await added(f)).toBe(0);
      expect(await added(f.toReversed())).toBe(0);
      expect(await added([...g, ...f])).toBe(g.length);
      expect(await added([...f, ...g])).toBe(0);
    }));
});

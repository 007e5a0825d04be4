import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, type EventStore, type Wallet } from '@kakeibo/core';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openBooks, type Books } from './transfer-books.ts';
import { asOf, expectConserved, expectSettled } from './conservation.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-transfers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const kinds: Record<string, () => Promise<{ readonly store: EventStore; close(): Promise<void> }>> = {
  memory: async () => ({ store: createMemoryEventStore({ clock: Date }), close: async () => {} }),
  sqlite: async () => {
    files += 1;
    const opened = await openSqlite({ file: join(folder, `${files}.db`), writer: 'caller' });
    return { store: opened.events, close: () => opened.close() };
  },
};

/** What a person does, to one of four wallets, through one of two programs. */
type Step =
  | {
      readonly do: 'send';
      readonly from: number;
      readonly to: number;
      readonly cents: number;
      readonly other: number;
      readonly fee: boolean;
    }
  | { readonly do: 'take-back'; readonly from: number; readonly which: number }
  | { readonly do: 'book'; readonly from: number; readonly cents: number; readonly income: boolean }
  | { readonly do: 'join' }
  | { readonly do: 'void' | 'close' | 'reopen'; readonly from: number; readonly which: number }
  | { readonly do: 'settle' };

const wallet = fc.nat(3);
const which = fc.nat(20);
// Few different amounts, so that entries look like transfers.
const cents = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send'), from: wallet, to: wallet, cents, other: cents, fee: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take-back'), from: wallet, which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('book'), from: wallet, cents, income: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('void', 'close', 'reopen', 'reopen'), from: wallet, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle') }) },
) as fc.Arbitrary<Step>;

const history = fc.array(step, { minLength: 1, maxLength: 60, size: 'max' });
const moments = fc.array(fc.nat(1_000), { maxLength: 5 });
const CURRENCIES = ['EUR', 'EUR', 'JPY', 'KWD'];
const amountIn = (minor: number, currency: string | undefined): string =>
  currency === 'JPY' ? String(minor) : currency === 'KWD' ? `0.00${minor}` : `0.0${minor}`;

async function take(doing: Exclude<Step, { do: 'settle' }>, books: Books, wallets: readonly Wallet[]): Promise<void> {
  if (doing.do === 'join') {
    const period = { from: '2026-10-01', to: '2026-11-01' } as Parameters<typeof books.ledger.transferProposals>[0];
    const [pair] = await books.ledger.transferProposals(period);
    if (pair !== undefined) await books.ledger.joinTransfer(pair);
    return;
  }
  const own = wallets[doing.from] as Wallet;
  switch (doing.do) {
    case 'send': {
      const [from, to] = [CURRENCIES[doing.from], CURRENCIES[doing.to]];
      const target = wallets[doing.to] as Wallet;
      await own.sendTransfer({
        to: target.id,
        amount: amountIn(doing.cents, from),
        ...(from === to ? {} : { toAmount: amountIn(doing.other, to) }),
        ...(doing.fee ? { fee: { amount: amountIn(1, from), category: 'Bank' } } : {}),
      });
      return;
    }
    case 'take-back': {
      const { items } = await own.transfers({ limit: 200 });
      const transfer = items[doing.which % Math.max(1, items.length)];
      if (transfer !== undefined) await own.takeBackTransfer(transfer.transferId);
      return;
    }
    case 'book': {
      const amount = amountIn(doing.cents, CURRENCIES[doing.from]);
      await (doing.income ? own.addIncome({ amount }) : own.addExpense({ amount, category: 'Food' }));
      return;
    }
    case 'void': {
      const { items } = await own.entries({}, { limit: 200 });
      const entry = items[doing.which % Math.max(1, items.length)];
      if (entry !== undefined) await own.voidEntry(entry.id);
      return;
    }
    default:
      await (doing.do === 'close' ? own.close() : own.reopen());
  }
}

test.each([
  ['memory', 150],
  ['sqlite', 8],
])('whatever is sent, taken back, joined and closed, money is conserved at every moment (%s)', async (kind, numRuns) => {
  await fc.assert(
    fc.asyncProperty(history, fc.boolean(), moments, async (steps, isLive, places) => {
      const { store, close } = await (kinds[kind] as (typeof kinds)[string])();
      const programs = [openBooks({ store }), openBooks({ store })] as const;
      try {
        const [first] = programs;
        const ids: string[] = [];
        for (const [index, currency] of CURRENCIES.entries()) ids.push((await first.open(`Wallet ${index}`, currency)).id);
        // A runner that follows the log is quick; one that only looks now and then leaves time for what comes between.
        if (isLive) for (const { runner } of programs) runner.start();
        for (const [index, doing] of steps.entries()) {
          const program = programs[index % 2] as Books;
          if (doing.do === 'settle') await Promise.all(programs.map(({ runner }) => runner.settled()));
          else
            await take(
              doing,
              program,
              ids.map((id) => program.ledger.wallet(id)),
            );
        }
        await Promise.all(programs.map(({ runner }) => runner.settled()));
        expect(programs.flatMap(({ errors }) => errors)).toEqual([]);
        const events = await store.readAll({ after: 0, limit: 10_000 });
        await expectConserved(store);
        await expectSettled(store);
        for (const place of places) await expectConserved(asOf(store, 1 + (place % events.length)));
      } finally {
        await Promise.all(programs.map(({ runner }) => runner.close()));
        await close();
      }
    }),
    { numRuns },
  );
});

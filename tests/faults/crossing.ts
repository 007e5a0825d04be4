/** Two programs that send money to each other's wallet at once, on any two openings of one ledger. */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';
import type { EventStore, Wallet } from '@kakeibo/core';
import { expect } from 'vitest';

import { expectConserved, expectSettled } from '../core/conservation.ts';
import { balanceOf, openBooks, resultOf } from '../core/transfer-books.ts';

/** Sends with an id of its own until there is an answer, as a client does. */
async function send(from: Wallet, to: string, commandId: string): Promise<void> {
  for (;;) {
    try {
      resultOf(await from.sendTransfer({ to, amount: '0.01' }, { commandId }));
      return;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      await sleep(10);
    }
  }
}

/** Sends so many each way, and checks that each arrived once and that no cent is lost or made. */
export async function crossTransfers(stores: readonly [EventStore, EventStore], count: number): Promise<void> {
  const [one, other] = stores.map((store) => openBooks({ store, now: Date.now }));
  if (one === undefined || other === undefined) throw new Error('two programs are needed');
  const [giro, savings] = [await one.open('Giro'), await one.open('Savings')];
  const ways = [
    [one.ledger.wallet(giro.id), savings.id, 'there'],
    [other.ledger.wallet(savings.id), giro.id, 'back'],
  ] as const;
  one.runner.start();
  other.runner.start();
  await Promise.all(
    ways.map(async ([wallet, to, way]) => {
      for (let sent = 0; sent < count; sent += 4)
        await Promise.all([0, 1, 2, 3].map((at) => send(wallet, to, `${way}-${sent + at}`)));
    }),
  );
  await expect.poll(() => one.ledger.inTransit()).toEqual([]);
  await one.runner.close();
  await other.runner.close();
  await expectSettled(one.store);
  await expectConserved(one.store);
  expect([await balanceOf(giro), await balanceOf(savings)]).toEqual(['0.00', '0.00']);
}

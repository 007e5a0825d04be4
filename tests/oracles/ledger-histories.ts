import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, journalWalletInSteps, type Book, type JournalWalletSource, type Wallet } from '@kakeibo/core';
import { courseOf } from './deeds.ts';
import { doDeed } from './do-deed.ts';
import type { History } from './histories.ts';
import { Household } from './household.ts';
import { reportDifferences } from './ledger-reports.ts';
import { slowWallet } from './slow-wallet.ts';

/** What was taken and refused in all histories so far, to see that they reach every command. */
export const taken = new Map<string, number>();
export const refused = new Map<string, number>();

/** Every so many histories are made in a file. */
const FILE_EACH = 10;

/** A history that the real ledger was driven through: what it exports, what its events come to the slow way, and what its reports say amiss. */
export async function driven(seed: number): Promise<History> {
  if (seed % FILE_EACH !== 0) return drive(seed, new Household(seed, createMemoryEventStore({ clock: clockOf(seed) })));
  const folder = await mkdtemp(join(tmpdir(), 'kakeibo-oracle-file-'));
  const sqlite = await openSqlite({ file: join(folder, 'ledger.db') });
  try {
    return await drive(seed, new Household(seed, sqlite.events, sqlite.views));
  } finally {
    await sqlite.close();
    await rm(folder, { recursive: true });
  }
}

function clockOf(seed: number): { now(): number } {
  return { now: () => Date.parse('2025-06-01T09:00:00Z') + seed };
}

async function drive(seed: number, home: Household): Promise<History> {
  try {
    const { wallets, deeds } = courseOf(seed);
    for (const { name, currency } of wallets) await home.open(name, currency);
    const amiss: string[] = [];
    for (const [at, { deed, days }] of deeds.entries()) {
      home.pass(days);
      await doDeed(home, deed);
      // Reports that were read once are kept up to date from then on, which is not the same as reading them at the end.
      if (at === Math.floor(deeds.length / 2)) for (const { wallet } of home.purses) amiss.push(...(await amissIn(wallet)));
    }
    const exported: JournalWalletSource[] = [];
    const expected: JournalWalletSource[] = [];
    for (const { wallet } of home.purses) {
      expected.push(await slowOf(wallet));
      exported.push(wholeOf(await wallet.book()));
      amiss.push(...(await amissIn(wallet)));
    }
    for (const [kind, count] of home.taken) taken.set(kind, (taken.get(kind) ?? 0) + count);
    for (const [kind, count] of home.refused) refused.set(kind, (refused.get(kind) ?? 0) + count);
    return { seed, wallets: exported, expected, amiss };
  } finally {
    await home.close();
  }
}

async function slowOf(wallet: Wallet): Promise<JournalWalletSource> {
  return slowWallet(await wallet.events({ after: 0, limit: 1_000 }));
}

async function amissIn(wallet: Wallet): Promise<readonly string[]> {
  return reportDifferences(wallet, await slowOf(wallet));
}

function wholeOf(book: Book): JournalWalletSource {
  const steps = journalWalletInSteps(book);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

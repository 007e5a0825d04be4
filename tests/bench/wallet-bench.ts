import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createLedger, periodFrom, type ImportedRow, type Ledger, type Period } from '@kakeibo/core';

const CATEGORIES = ['Food:Groceries', 'Food:Cafe', 'Home:Rent', 'Transport:Train', 'Leisure', 'Kids:Clothes', 'Health', 'Gifts'];
const SPAN_DAYS = 5 * 365;
const MONTH = periodFrom('2026-10-01', '2026-11-01') as Period;
const ROUNDS = 15;

/** No further round begins after so long, once three were made. */
const MOST_MS = 30_000;

/** Rows over the same five years, whatever their number. */
function rowsOf(count: number): readonly ImportedRow[] {
  const end = Date.UTC(2026, 9, 31);
  return Array.from({ length: count }, (_, index) => ({
    kind: index % 20 === 0 ? 'income' : 'expense',
    amount: `${1 + (index % 90)}.${String(index % 100).padStart(2, '0')}`,
    category: CATEGORIES[index % CATEGORIES.length] as string,
    note: `entry ${index}`,
    occurredOn: new Date(end - Math.floor((index * SPAN_DAYS) / count) * 86_400_000).toISOString().slice(0, 10),
    fingerprint: `row ${index}`,
  }));
}

async function withLedger<Result>(file: string, use: (ledger: Ledger) => Promise<Result>): Promise<Result> {
  const opened = await openSqlite({ file });
  try {
    return await use(
      createLedger({ store: opened.events, views: opened.views, clock: Date, ids: { next: () => crypto.randomUUID() } }),
    );
  } finally {
    await opened.close();
  }
}

async function fill(file: string, entries: number): Promise<{ readonly id: string; readonly ms: number }> {
  return withLedger(file, async (ledger) => {
    const outcome = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
    if (!('result' in outcome)) throw new Error('the wallet opens');
    const wallet = ledger.wallet(outcome.result.walletId);
    await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '100000' });
    const started = performance.now();
    await wallet.importEntries({ name: 'bench.csv', rows: rowsOf(entries) });
    return { id: wallet.id, ms: performance.now() - started };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The first append and the first report after opening, with nothing in memory, in milliseconds. */
async function cold(file: string, id: string): Promise<{ readonly append: number; readonly report: number }> {
  const append = await withLedger(file, async (ledger) => {
    const started = performance.now();
    const outcome = await ledger.wallet(id).addExpense({ amount: '1.00', category: 'Food:Cafe', occurredOn: '2026-10-14' });
    if (!('result' in outcome)) throw new Error('the expense is booked');
    return performance.now() - started;
  });
  const report = await withLedger(file, async (ledger) => {
    const started = performance.now();
    await ledger.wallet(id).spending(MONTH);
    return performance.now() - started;
  });
  return { append, report };
}

/** What a wallet of 100,000 entries costs against one of 1,000, when nothing is in memory. */
export async function walletBench() {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-bench-'));
  try {
    const small = join(folder, 'small.db');
    const large = join(folder, 'large.db');
    const smallWallet = await fill(small, 1_000);
    const largeWallet = await fill(large, 100_000);
    const samples = { small: [] as { append: number; report: number }[], large: [] as { append: number; report: number }[] };
    const begin = performance.now();
    for (let round = 0; round < ROUNDS && (round < 3 || performance.now() - begin < MOST_MS); round += 1) {
      samples.small.push(await cold(small, smallWallet.id));
      samples.large.push(await cold(large, largeWallet.id));
    }
    const row = (name: string, of: 'append' | 'report') => {
      const ours = median(samples.large.map((sample) => sample[of]));
      const bare = median(samples.small.map((sample) => sample[of]));
      return { name, ours, bare, ratio: ours / bare, unit: 'ms, 100,000 entries against 1,000', goal: '≤ 2' };
    };
    return [
      row('cold append, wallet of 100,000 entries', 'append'),
      row('cold month report, wallet of 100,000 entries', 'report'),
      {
        name: 'import of 20,000 rows into the ledger (a fifth of 100,000)',
        ours: largeWallet.ms / 5,
        bare: 3_000,
        ratio: largeWallet.ms / 5 / 3_000,
        unit: 'ms',
        goal: '≤ 1',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) console.table(await walletBench());

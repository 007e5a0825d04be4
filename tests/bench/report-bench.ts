import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createLedger, periodFrom, rebuildLedger, verifyLedger, type ImportedRow, type Period, type Wallet } from '@kakeibo/core';

const ENTRIES = 100_000;
const CATEGORIES = ['Food:Groceries', 'Food:Cafe', 'Home:Rent', 'Transport:Train', 'Leisure', 'Kids:Clothes', 'Health', 'Gifts'];
const SPAN_DAYS = 5 * 365;
const END = Date.UTC(2026, 9, 31);
const ROUNDS = 7;

/** On a machine that is busy fewer rounds must do, at least so many. */
const FEWEST_ROUNDS = 3;
const MOST_MS = 25_000;

/** Rounds one after another, none of which begins when there were enough and time is up. */
function* rounds(): Generator<number> {
  const begin = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round >= FEWEST_ROUNDS && performance.now() - begin > MOST_MS) return;
    yield round;
  }
}

const stretch = (from: string, to: string): Period => periodFrom(from, to) as Period;
const MONTH = stretch('2026-10-01', '2026-11-01');
const YEARS = stretch('2022-01-01', '2026-11-01');
const SEARCHED = stretch('2025-10-01', '2026-11-01');
const compare = ['previous', 'year'] as const;

type Row = ImportedRow & { readonly category: string; readonly payee: string };

function rowOf(index: number): Row {
  return {
    kind: index % 20 === 0 ? 'income' : 'expense',
    amount: `${1 + (index % 90)}.${String(index % 100).padStart(2, '0')}`,
    category: CATEGORIES[index % CATEGORIES.length] as string,
    payee: `Shop ${index % 300}`,
    note: `entry ${index}`,
    occurredOn: new Date(END - Math.floor((index * SPAN_DAYS) / ENTRIES) * 86_400_000).toISOString().slice(0, 10),
    fingerprint: `row ${index}`,
  };
}

/** The same books as a journal that hledger reads. */
function journalOf(rows: readonly Row[]): string {
  const entries = rows.map(({ kind, amount, category, payee, note, occurredOn }) => {
    const [root, sign] = kind === 'income' ? ['Income', '-'] : ['Expenses', ''];
    return `${occurredOn} * ${payee} | ${note}\n    ${root}:${category}  EUR ${sign}${amount}\n    Assets:Household\n`;
  });
  return `decimal-mark .\ncommodity EUR 1000.00\n\n${entries.join('\n')}`;
}

const reports: Readonly<Record<string, (wallet: Wallet) => Promise<unknown>>> = {
  'spending of a month, compared': (wallet) => wallet.spending(MONTH, { compare }),
  'spending of five years, compared': (wallet) => wallet.spending(YEARS, { compare }),
  'spending by month, five years': (wallet) => wallet.spendingByMonth(YEARS, { compare }),
  'spending by payee, five years': (wallet) => wallet.spendingByName({ period: YEARS, by: 'payee', compare }),
  'cash flow, five years': (wallet) => wallet.cashflow(YEARS),
  'income statement, five years': (wallet) => wallet.incomeStatement(YEARS),
  'balance by day, a thousand days': (wallet) =>
    wallet.balance({ period: stretch('2024-02-05', '2026-11-01'), by: 'day', on: MONTH.from }),
  'statement of a month': (wallet) => wallet.statement({ period: MONTH, limit: 200 }),
  'statement of five years, a page': (wallet) => wallet.statement({ period: YEARS, limit: 200 }),
  'largest of 396 days': (wallet) => wallet.largest({ period: SEARCHED, limit: 50 }),
  'unusual of a month': (wallet) => wallet.unusual({ period: MONTH, limit: 50 }),
  'unusual of 396 days': (wallet) => wallet.unusual({ period: SEARCHED, limit: 50 }),
};

interface Opened extends Awaited<ReturnType<typeof openSqlite>> {
  readonly wallet: (id: string) => Wallet;
}

async function withFile<Result>(file: string, use: (opened: Opened) => Promise<Result>): Promise<Result> {
  const opened = await openSqlite({ file });
  const { events: store, views } = opened;
  const ledger = createLedger({ store, views, clock: Date, ids: { next: () => crypto.randomUUID() } });
  try {
    return await use({ ...opened, wallet: (id) => ledger.wallet(id) });
  } finally {
    await opened.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function fill(file: string, rows: readonly Row[]): Promise<string> {
  return withFile(file, async ({ events: store, views }) => {
    const ledger = createLedger({ store, views, clock: Date, ids: { next: () => crypto.randomUUID() } });
    const outcome = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
    if (!('result' in outcome)) throw new Error('the wallet opens');
    await ledger.wallet(outcome.result.walletId).importEntries({ name: 'bench.csv', rows });
    return outcome.result.walletId;
  });
}

/** What each report of a wallet of 100,000 entries costs, warm and with nothing in memory, against what it may. */
async function reportRows(file: string, id: string) {
  const times = Object.entries(reports).map(([name, read]) => ({ name, read, cold: [] as number[], warm: [] as number[] }));
  for (const _ of rounds()) {
    for (const { read, cold, warm } of times) {
      await withFile(file, async ({ wallet }) => {
        const reads = wallet(id);
        cold.push(await timed(() => read(reads)));
        const again: number[] = [];
        for (let count = 0; count < ROUNDS; count += 1) again.push(await timed(() => read(reads)));
        warm.push(median(again));
      });
    }
  }
  const row = (name: string, ours: number, bare: number) => ({
    name: `${name}, against ${bare} ms (ms)`,
    ours,
    bare,
    ratio: ours / bare,
    goal: '≤ 1',
  });
  return times.flatMap(({ name, cold, warm }) => [
    row(`${name}, warm`, median(warm), 10),
    row(`${name}, cold`, median(cold), 100),
  ]);
}

function hasHledger(): boolean {
  try {
    execFileSync('hledger', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** What working everything out anew costs, against what hledger needs for one report of the same books, turn by turn. */
async function rebuildRows(folder: string, file: string, rows: readonly Row[]) {
  if (!hasHledger()) {
    process.stdout.write('There is no hledger here to compare a rebuild with.\n');
    return [];
  }
  const journal = join(folder, 'bench.journal');
  writeFileSync(journal, journalOf(rows.toReversed()));
  const samples = { rebuild: [] as number[], verify: [] as number[], hledger: [] as number[] };
  for (const round of rounds()) {
    const copy = join(folder, `copy-${round}.db`);
    copyFileSync(file, copy);
    samples.hledger.push(await timed(() => execFileSync('hledger', ['is', '-M', '-f', journal], { maxBuffer: 2 ** 28 })));
    await withFile(copy, async ({ events: store, views }) => {
      samples.rebuild.push(await timed(() => rebuildLedger({ store, views })));
      if (round < 3) samples.verify.push(await timed(() => verifyLedger({ store, views })));
    });
    rmSync(copy);
  }
  const bare = median(samples.hledger);
  return Object.entries({ 'full rebuild': median(samples.rebuild), verify: median(samples.verify) }).map(([name, ours]) => ({
    name: `${name} of 100,000 entries, against hledger is -M (ms)`,
    ours,
    bare,
    ratio: ours / bare,
    goal: name === 'verify' ? '' : '≤ 0.5',
  }));
}

/** Reports, rebuild and verification of a wallet of 100,000 entries in an SQLite file. */
export async function reportBench() {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-reports-'));
  try {
    const file = join(folder, 'large.db');
    const rows = Array.from({ length: ENTRIES }, (_, index) => rowOf(index));
    const id = await fill(file, rows);
    return [...(await reportRows(file, id)), ...(await rebuildRows(folder, file, rows))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) console.table(await reportBench());

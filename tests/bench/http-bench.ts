/** The service against a bare Express that answers the same bytes. `node tests/bench/http-bench.ts` */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { median, shuffled, type BenchRow } from './turns.ts';

const CONNECTIONS = 64;
const ROUNDS = 6;
const ROUND_S = 1;
const MAIN = fileURLToPath(new URL('../../packages/http/dist/main.js', import.meta.url));
const BARE = fileURLToPath(new URL('bare-express.ts', import.meta.url));
const JSON_BODY = { 'content-type': 'application/json' };
/** Five years of a household: nobody books ten thousand coffees in one month. */
const EXPENSES = Array.from({ length: 300 }, (_, index) => {
  const occurredOn = `${2022 + (index % 5)}-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
  return JSON.stringify({ amount: '3.50', category: 'Food:Cafe', note: 'Espresso', occurredOn });
});

interface Child {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a program and waits for the line that says where it listens. What it says goes to a file, so that nobody here has to read it. */
async function start(args: readonly string[], env: Readonly<Record<string, string>>, log: string): Promise<Child> {
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [...args], { env: { ...process.env, ...env }, stdio: ['ignore', out, 'inherit'] });
  closeSync(out);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    const url = /listens on (http:\/\/\S+)/.exec(readFileSync(log, 'utf8'))?.[1];
    if (url !== undefined) return { url, stop: () => (child.kill('SIGTERM'), exited) };
    await sleep(50);
  }
  throw new Error(`${args.at(-1)} did not start`);
}

async function post(url: string, body: string): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: JSON_BODY, body });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return response.text();
}

interface Shot {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly status: number;
}

async function shoot({ url, method, status }: Shot, seconds: number): Promise<number> {
  const requests = method === 'POST' ? EXPENSES.map((body) => ({ method, headers: JSON_BODY, body })) : [{ method }];
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, requests });
  const other = Object.entries(result.statusCodeStats ?? {}).filter(([code]) => code !== String(status));
  if (result.errors > 0 || other.length > 0) throw new Error(`${url}: ${result.errors} errors, ${JSON.stringify(other)}`);
  return result.requests.average;
}

/** Both in turns, so that a busy machine slows both; the first two rounds warm up. */
async function compareShots(name: string, goal: number | string, ours: Shot, bare: Shot): Promise<BenchRow> {
  const rates: { ours: number; bare: number }[] = [];
  for (let round = -2; round < ROUNDS; round += 1) {
    const rate = { ours: 0, bare: 0 };
    for (const who of shuffled(['ours', 'bare'] as const)) rate[who] = await shoot(who === 'ours' ? ours : bare, ROUND_S);
    if (round >= 0) rates.push(rate);
  }
  const [one, other] = [median(rates.map((rate) => rate.ours)), median(rates.map((rate) => rate.bare))];
  return { name, ours: one, bare: other, ratio: median(rates.map((rate) => rate.ours / rate.bare)), goal };
}

/** A file system in memory, where a flush costs nothing: what the program itself takes. */
const MEMORY = '/dev/shm';

/** Measures a service whose ledger is in this folder, and the bare one, each in a process of its own. */
async function benchIn(parent: string, nodeArgs: readonly string[]): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(parent, 'kakeibo-bench-'));
  const service = await start(
    [...nodeArgs, MAIN],
    { PORT: '0', KAKEIBO_DATA: folder, KAKEIBO_WRITES_PER_MINUTE: 'unlimited' },
    join(folder, 'service.log'),
  );
  try {
    const opened = JSON.parse(await post(`${service.url}/api/v1/wallets`, '{"name":"Household","currency":"EUR"}')) as {
      id: string;
    };
    const wallet = `${service.url}/api/v1/wallets/${opened.id}`;
    const expense = await post(`${wallet}/expenses`, EXPENSES[0] ?? '');
    for (const category of ['Food:Groceries', 'Home:Rent', 'Transport:Train', 'Leisure', 'Health']) {
      await post(`${wallet}/expenses`, JSON.stringify({ amount: '12.00', category, occurredOn: '2026-10-02' }));
    }
    const reportUrl = `${wallet}/reports/spending?from=2026-10-01&to=2026-11-01`;
    const report = await (await fetch(reportUrl)).text();
    const bare = await start([BARE], { BARE_EXPENSE: expense, BARE_REPORT: report }, join(folder, 'bare.log'));
    const posting: readonly [Shot, Shot] = [
      { url: `${wallet}/expenses`, method: 'POST', status: 201 },
      { url: `${bare.url}/expense`, method: 'POST', status: 201 },
    ];
    const reading: readonly [Shot, Shot] = [
      { url: reportUrl, method: 'GET', status: 200 },
      { url: `${bare.url}/report`, method: 'GET', status: 200 },
    ];
    try {
      if (parent === MEMORY) return [await compareShots('POST expense, ledger in memory', '', ...posting)];
      return [
        await compareShots('GET spending report', 0.6, ...reading),
        await compareShots('POST expense, durable', 0.4, ...posting),
      ];
    } finally {
      await bare.stop();
    }
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The service on a disk, and its writes without one. */
export async function benchHttp(nodeArgs: readonly string[] = []): Promise<readonly BenchRow[]> {
  const onDisk = await benchIn(tmpdir(), nodeArgs);
  return existsSync(MEMORY) ? [...onDisk, ...(await benchIn(MEMORY, nodeArgs))] : onDisk;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ours, bare, ratio, goal } of await benchHttp(process.argv.slice(2))) {
    console.log(`${name}: ${Math.round(ours)}/s, bare ${Math.round(bare)}/s, ratio ${ratio.toFixed(2)} (goal ${goal})`);
  }
}

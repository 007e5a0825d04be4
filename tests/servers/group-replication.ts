/**
 * A drill by hand: three MySQL servers as one group with a single primary, which is killed again and again while entries are
 * written. `node tests/servers/group-replication.ts MINUTES`
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql } from '@kakeibo/adapters/mysql';
import { StoreError } from '@kakeibo/core';
import type { StoredEvent } from '@kakeibo/core';

import type { AppenderLine } from '../faults/appender.ts';
import { wholeLog } from '../faults/history.ts';
import { countFaults } from '../faults/kill-cycles.ts';
import { batchOf, tally } from '../faults/writing.ts';
import { serverOf } from './mysql-servers.ts';
import { freePort } from './ports.ts';
import { startServer } from './start.ts';
import type { Started } from './start.ts';

const MINUTES = Number(process.argv[2] ?? 10);
const DATABASE = 'kakeibo';
const LOGIN = {
  host: '127.0.0.1',
  user: 'app',
  password: 'apppw',
  database: DATABASE,
  queryTimeoutMs: 10_000,
  busyTimeoutMs: 3_000,
};
const ONLINE_MS = 120_000;

interface Member {
  readonly port: number;
  /** Every statement is run on the server as it is now. */
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  kill(): void;
  /** The end of its log. */
  lastWords(): string;
  start(options?: { readonly joins?: boolean }): Promise<void>;
}

function settingsOf(at: number, ports: readonly number[], place: string): readonly string[] {
  const port = ports[at] ?? 0;
  return [
    `--server-id=${at + 1}`,
    '--performance-schema=ON',
    '--log-bin=bin',
    '--sync-binlog=1',
    '--gtid-mode=ON',
    '--enforce-gtid-consistency=ON',
    '--report-host=127.0.0.1',
    `--report-port=${port}`,
    `--init-file=${join(place, 'nothing.sql')}`,
    '--plugin-load-add=group_replication.so',
    '--loose-group-replication-group-name=aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
    '--loose-group-replication-bootstrap-group=OFF',
    '--loose-group-replication-communication-stack=MYSQL',
    `--loose-group-replication-local-address=127.0.0.1:${port}`,
    `--loose-group-replication-group-seeds=${ports.map((one) => `127.0.0.1:${one}`).join(',')}`,
    '--loose-group-replication-recovery-use-ssl=ON',
    '--loose-group-replication-ssl-mode=REQUIRED',
    '--loose-group-replication-member-expel-timeout=0',
  ];
}

function createMember(folder: string, at: number, ports: readonly number[]): Member {
  const place = join(folder, `member-${at}`);
  let server: Started | undefined;
  return {
    port: ports[at] ?? 0,
    sql: async (statement) => (server === undefined ? [] : serverOf(server).execute(statement)),
    lastWords: () => readFileSync(join(place, 'error.log'), 'utf8').slice(-3_000),
    kill: () => void (server !== undefined && process.kill(server.pid, 'SIGKILL')),
    async start({ joins = true } = {}) {
      const boot = `--loose-group-replication-start-on-boot=${joins ? 'ON' : 'OFF'}`;
      const options = [...settingsOf(at, ports, folder), boot];
      // The first time our own user is made, which every member does for itself and forgets that it did.
      const first = server === undefined ? options.filter((option) => !option.startsWith('--init-file')) : options;
      server = await startServer('mysql', { folder: place, port: ports[at] ?? 0, options: first });
    },
  };
}

async function states(member: Member): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return member
    .sql(
      'SELECT member_port AS port, member_state AS state, member_role AS role FROM performance_schema.replication_group_members',
    )
    .catch(() => []);
}

/** Waits until all three are members; gives the primary's place. Who came too early to be let in asks again. */
async function whole(members: readonly Member[]): Promise<number> {
  const end = performance.now() + ONLINE_MS;
  for (let look = 1; performance.now() < end; look += 1, await sleep(200)) {
    const seen = await Promise.all(members.map(states));
    if (seen.every((rows) => rows.filter(({ state }) => state === 'ONLINE').length === members.length)) {
      const primary = seen[0]?.find(({ role }) => role === 'PRIMARY')?.['port'];
      return members.findIndex(({ port }) => port === Number(primary));
    }
    const out = members.filter((_, at) => /^(OFFLINE|ERROR)$/.test(String(seen[at]?.[0]?.['state'])) && seen[at]?.length === 1);
    for (const member of look % 25 === 0 ? out : [])
      await member
        .sql('STOP GROUP_REPLICATION')
        .then(() => member.sql('START GROUP_REPLICATION'))
        .catch((error: unknown) => console.log(`${member.port} is not let in: ${String(error)}\n${member.lastWords()}`));
  }
  throw new Error(`the group is not whole: ${JSON.stringify(await Promise.all(members.map(states)))}`);
}

async function makeGroup(folder: string): Promise<readonly Member[]> {
  writeFileSync(join(folder, 'nothing.sql'), '');
  const ports = [await freePort(), await freePort(), await freePort()];
  const members = ports.map((_, at) => createMember(folder, at, ports));
  for (const [at, member] of members.entries()) {
    await member.start({ joins: false });
    for (const statement of [
      'SET GLOBAL super_read_only = OFF',
      "CREATE USER rpl@'%' IDENTIFIED BY 'rplpw'",
      "GRANT REPLICATION SLAVE, CONNECTION_ADMIN, BACKUP_ADMIN, GROUP_REPLICATION_STREAM ON *.* TO rpl@'%'",
      "CHANGE REPLICATION SOURCE TO SOURCE_USER = 'rpl', SOURCE_PASSWORD = 'rplpw' FOR CHANNEL 'group_replication_recovery'",
      'RESET BINARY LOGS AND GTIDS',
      ...(at === 0 ? ['SET GLOBAL group_replication_bootstrap_group = ON'] : []),
      'START GROUP_REPLICATION',
      'SET GLOBAL group_replication_bootstrap_group = OFF',
    ])
      await member.sql(statement);
  }
  await whole(members);
  await members[0]?.sql(`CREATE DATABASE ${DATABASE}`);
  return members;
}

/** Appends for as long as told, on whichever member takes it. What nobody knows the end of is sent again, to the next one. */
async function writeOn(members: readonly Member[], stream: string, goesOn: () => boolean, into: AppenderLine[]): Promise<void> {
  const stores: (Mysql | undefined)[] = members.map(() => undefined);
  let [at, expected, isOpen] = [0, 0, false];
  let batch = batchOf(2);
  while (goesOn() || isOpen) {
    const ids = batch.map(({ id }) => id);
    try {
      const { events } = (stores[at] ??= await openMysql({ ...LOGIN, port: members[at]?.port ?? 0 }));
      const result = await events.append(stream, batch, { expected });
      if (result.kind === 'conflict' && !isOpen) throw new Error(`${stream} has another writer`);
      if (result.kind === 'appended' || result.kind === 'repeated') {
        into.push({ stream, ids, answer: 'appended', versions: result.events.map(({ version }) => version) });
        expected += batch.length;
        batch = batchOf(2);
        isOpen = false;
      }
      await sleep(5);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      isOpen ||= error.code === 'outcome-unknown';
      into.push({ stream, ids, answer: isOpen ? 'outcome-unknown' : error.code, versions: [] });
      if (error.code !== 'busy') at = (at + 1) % members.length;
      await sleep(50);
    }
  }
  for (const store of stores) await store?.close();
}

async function logOn(member: Member): Promise<readonly StoredEvent[]> {
  const { events, close } = await openMysql({ ...LOGIN, port: member.port, access: 'read' });
  const log = await wholeLog(events);
  await close();
  return log;
}

async function drill(members: readonly Member[]): Promise<void> {
  const primary = members[await whole(members)] as Member;
  await (await openMysql({ ...LOGIN, port: primary.port })).close();
  const lines: AppenderLine[] = [];
  const end = performance.now() + MINUTES * 60_000;
  let isOver = false;
  let kills = 0;
  const writers = ['a', 'b', 'c'].map((stream) => writeOn(members, stream, () => !isOver, lines));
  try {
    while (performance.now() < end) {
      await sleep(2_000);
      const killed = members[await whole(members)] as Member;
      killed.kill();
      kills += 1;
      await sleep(3_000);
      await killed.start();
      await whole(members);
      console.log(`${kills} primaries killed: ${JSON.stringify(tally(lines))}`);
    }
  } finally {
    isOver = true;
  }
  await Promise.all(writers);
  const logs = await Promise.all(members.map(logOn));
  const equal = new Set(logs.map((log) => JSON.stringify(log.map(({ id }) => id)))).size === 1;
  console.log(JSON.stringify({ kills, equal, ...tally(lines), ...countFaults(logs[0] ?? [], lines, 2) }));
}

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-group-'));
const members = await makeGroup(folder);
try {
  await drill(members);
} finally {
  for (const member of members) member.kill();
  await sleep(500);
  rmSync(folder, { recursive: true, force: true });
}

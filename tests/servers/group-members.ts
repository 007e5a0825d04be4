/** MySQL servers on this machine as one group with a single primary. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { serverOf } from './mysql-servers.ts';
import { freePorts } from './ports.ts';
import { startServer } from './start.ts';
import type { Started } from './start.ts';

export const DATABASE = 'kakeibo';
const ONLINE_MS = 120_000;

/** A server of the group. */
export interface Member {
  readonly port: number;
  /** Every statement is run on the server as it is now. */
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  kill(): void;
  /** Halts it where it is, as a machine that hangs. */
  halt(): void;
  goOn(): void;
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
  const signal = (name: NodeJS.Signals): void => void (server !== undefined && process.kill(server.pid, name));
  return {
    port: ports[at] ?? 0,
    sql: async (statement) => (server === undefined ? [] : serverOf(server).execute(statement)),
    lastWords: () => readFileSync(join(place, 'error.log'), 'utf8').slice(-3_000),
    kill: () => signal('SIGKILL'),
    halt: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    async start({ joins = true } = {}) {
      const boot = `--loose-group-replication-start-on-boot=${joins ? 'ON' : 'OFF'}`;
      const options = [...settingsOf(at, ports, folder), boot];
      // The first time our own user is made, which every member does for itself and forgets that it did.
      const first = server === undefined ? options.filter((option) => !option.startsWith('--init-file')) : options;
      server = await startServer('mysql', { folder: place, port: ports[at] ?? 0, options: first });
    },
  };
}

/** What a member says of all of them. Nothing when it does not answer. */
async function states(member: Member): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return member
    .sql(
      'SELECT member_port AS port, member_state AS state, member_role AS role FROM performance_schema.replication_group_members',
    )
    .catch(() => []);
}

/** Waits until all of them are online; gives the primary's place. Who came too early to be let in asks again. */
export async function whole(members: readonly Member[]): Promise<number> {
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

/** Makes a group with a single primary, and a database in it. */
export async function makeGroup(folder: string, size = 3): Promise<readonly Member[]> {
  writeFileSync(join(folder, 'nothing.sql'), '');
  const ports = await freePorts(size);
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

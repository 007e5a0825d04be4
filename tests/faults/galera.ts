/** Three MariaDB servers as one Galera cluster on this machine's loopback, that can be killed, cut off and started again. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';

import { freePorts } from '../servers/ports.ts';

const PROVIDER = '/usr/lib/galera/libgalera_smm.so';

/** What the cluster's nodes are opened with. */
export const GALERA_LOGIN = { user: 'app', password: 'apppw', database: 'kakeibo' } as const;

/** Why no cluster can be started here, if none can. */
export function whyNoGalera(): string | undefined {
  if (!existsSync(PROVIDER)) return 'galera-4 is not installed';
  if (!existsSync('/usr/bin/wsrep_sst_rsync')) return 'mariadb-server is not installed';
  const lacks = ['mariadbd', 'mariadb-install-db', 'rsync'].filter((name) => spawnSync('which', [name]).status !== 0);
  return lacks.length > 0 ? `${lacks.join(' and ')} is not installed` : undefined;
}

/** One server of it. */
export interface GaleraNode {
  readonly port: number;
  readonly name: string;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Stops it as an operator would. */
  stop(): Promise<void>;
  /** Starts it again, to join the others; with `first` it makes the cluster that the others join. */
  start(options?: { readonly first?: boolean }): Promise<void>;
  /** Cuts it off from the others in both directions, or lets it back. */
  isolate(isIsolated: boolean): Promise<void>;
  /** Halts the process, or lets it go on. */
  halt(isHalted: boolean): void;
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** `Synced` when it takes part. */
  state(): Promise<string>;
  /** The last transaction in its files, after it has died. */
  recoveredSeqno(): number;
}

/** A cluster that runs. */
export interface Galera {
  readonly nodes: readonly GaleraNode[];
  /** Waits until so many nodes take part. */
  whole(count?: number): Promise<void>;
  close(): Promise<void>;
}

/** The server refuses to run as root unless told to, and rsync drops root's rights then: its own user has none of this. */
const USER = userInfo().uid === 0 ? 'mysql' : userInfo().username;
const START_MS = 120_000;

const SETTINGS = [
  '--no-defaults',
  `--user=${USER}`,
  '--bind-address=127.0.0.1',
  '--binlog-format=ROW',
  '--default-storage-engine=InnoDB',
  '--innodb-autoinc-lock-mode=2',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=32M',
  '--innodb-log-file-size=16M',
  '--skip-name-resolve',
];

function owned(...paths: readonly string[]): void {
  if (userInfo().uid === 0) execFileSync('chown', ['-R', USER, ...paths]);
}

interface Ports {
  readonly client: number;
  readonly group: number;
  readonly ist: number;
  readonly sst: number;
}

/** What makes a server a node of the cluster. A node that is silent for four seconds is out. */
function clusterSettings(name: string, { group, ist, sst }: Ports, address: string): readonly string[] {
  const provider = {
    'gmcast.listen_addr': `tcp://127.0.0.1:${group}`,
    'ist.recv_addr': `127.0.0.1:${ist}`,
    'gcache.size': '32M',
    'evs.suspect_timeout': 'PT2S',
    'evs.inactive_timeout': 'PT4S',
    'evs.keepalive_period': 'PT0.5S',
    'evs.inactive_check_period': 'PT0.5S',
  };
  return [
    '--wsrep-on=ON',
    `--wsrep-provider=${PROVIDER}`,
    '--wsrep-cluster-name=kakeibo',
    `--wsrep-cluster-address=${address}`,
    `--wsrep-node-name=${name}`,
    `--wsrep-node-address=127.0.0.1:${group}`,
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${sst}`,
    `--wsrep-provider-options=${Object.entries(provider)
      .map(([key, value]) => `${key}=${value}`)
      .join(';')}`,
  ];
}

function createNode(folder: string, name: string, ports: Ports, groupAddress: string): GaleraNode {
  const [data, socket, log] = ['data', 's.sock', 'err.log'].map((file) => join(folder, file)) as [string, string, string];
  let child: ChildProcess | undefined;
  let exited: Promise<unknown> = Promise.resolve();

  const sql: GaleraNode['sql'] = async (statement) => {
    const connection = await createConnection({ socketPath: socket, user: 'root', connectTimeout: 2_000 });
    try {
      const [rows] = await connection.query<RowDataPacket[]>({ sql: statement, timeout: 10_000 });
      return Array.isArray(rows) ? rows : [];
    } finally {
      connection.destroy();
    }
  };
  const state = async (): Promise<string> => {
    try {
      return String((await sql("SHOW STATUS LIKE 'wsrep_local_state_comment'"))[0]?.['Value']);
    } catch {
      return 'away';
    }
  };
  const own = clusterSettings(name, ports, groupAddress);
  const recover = (): string => {
    const only = ['--wsrep-recover', '--skip-networking', `--socket=${socket}`, '--disable-log-error'];
    const { stderr } = spawnSync('mariadbd', [...SETTINGS, `--tmpdir=${folder}`, `--datadir=${data}`, ...own, ...only], {
      encoding: 'utf8',
    });
    return /Recovered position: *(\S+:-?\d+)/.exec(stderr)?.[1] ?? '';
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal);
    await exited;
    rmSync(socket, { force: true });
  };
  return {
    port: ports.client,
    name,
    sql,
    state,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    halt: (isHalted) => void child?.kill(isHalted ? 'SIGSTOP' : 'SIGCONT'),
    isolate: async (isIsolated) => void (await sql(`SET GLOBAL wsrep_provider_options = 'gmcast.isolate=${isIsolated ? 1 : 0}'`)),
    recoveredSeqno: () => Number(recover().split(':').at(-1) ?? -1),
    async start({ first = false } = {}) {
      const position = existsSync(join(data, 'grastate.dat')) ? recover() : '';
      const start = position === '' ? [] : [`--wsrep-start-position=${position}`];
      if (first && position !== '') {
        const grastate = join(data, 'grastate.dat');
        writeFileSync(grastate, readFileSync(grastate, 'utf8').replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'));
      }
      const joins = first ? ['--wsrep-new-cluster'] : [];
      const args = [
        ...SETTINGS,
        `--tmpdir=${folder}`,
        `--datadir=${data}`,
        `--port=${ports.client}`,
        `--socket=${socket}`,
        ...own,
        ...start,
        ...joins,
      ];
      const output = openSync(log, 'a');
      child = spawn('mariadbd', args, { stdio: ['ignore', output, output] });
      exited = new Promise((resolve) => child?.once('exit', resolve));
      let isOver = false;
      void exited.then(() => (isOver = true));
      for (const end = performance.now() + START_MS; (await state()) !== 'Synced'; await sleep(100))
        if (isOver || performance.now() > end)
          throw new Error(`${name} did not come up:\n${readFileSync(log, 'utf8').slice(-3_000)}`);
    },
  };
}

/** Starts three servers. */
export async function startGalera(): Promise<Galera> {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-galera-'));
  chmodSync(folder, 0o755);
  const ports = await freePorts(12);
  const seen = [0, 1, 2].map((at) => {
    const [client = 0, group = 0, ist = 0, sst = 0] = ports.slice(at * 4);
    return { client, group, ist, sst };
  });
  const address = `gcomm://${seen.map(({ group }) => `127.0.0.1:${group}`).join(',')}`;
  const places = seen.map((_, at) => join(folder, `node-${at}`));
  const empty = join(places[0] ?? '', 'data');
  for (const place of places) mkdirSync(place);
  owned(folder);
  const install = [
    '--no-defaults',
    `--user=${USER}`,
    `--datadir=${empty}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  execFileSync('mariadb-install-db', install, { stdio: 'ignore' });
  for (const place of places.slice(1)) cpSync(empty, join(place, 'data'), { recursive: true });
  owned(folder);
  const nodes = seen.map((own, at) => createNode(places[at] ?? '', `node-${at}`, own, address));
  const whole = async (count = 3): Promise<void> => {
    for (const end = performance.now() + START_MS; performance.now() < end; await sleep(100)) {
      const states = await Promise.all(nodes.map(({ state }) => state()));
      if (states.filter((one) => one === 'Synced').length >= count) return;
    }
    throw new Error(`the cluster is not whole: ${(await Promise.all(nodes.map(({ state }) => state()))).join(', ')}`);
  };
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map(({ kill }) => kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const [at, node] of nodes.entries()) await node.start({ first: at === 0 });
    const { user, password, database } = GALERA_LOGIN;
    await nodes[0]?.sql(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await nodes[0]?.sql(`CREATE USER ${user}@'%' IDENTIFIED BY '${password}'`);
    await nodes[0]?.sql(`GRANT ALL ON *.* TO ${user}@'%'`);
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, whole, close };
}

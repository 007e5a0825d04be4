/** Looks at a server's settings that the promises rest on. */
import type { Clock, Diagnosis, DiagnosisOptions } from '@kakeibo/core';

import type { SqlRunner } from '../sql/connection.ts';
import { diagnoseLog } from '../sql/diagnose.ts';
import { isHere, placeOf } from './address.ts';
import type { Address } from './address.ts';
import { diagnoseGalera, diagnoseGroup } from './diagnose-cluster.ts';
import { mysqlDialect } from './dialect.ts';
import { readVariables } from './server.ts';

const ok = (what: string, message: string): Diagnosis => ({ what, state: 'ok', message });
const weak = (what: string, message: string): Diagnosis => ({ what, state: 'weak', message });
const bad = (what: string, message: string): Diagnosis => ({ what, state: 'bad', message });

/** The server's clock may differ from ours by this much without a word. */
const CLOCK_SLACK_MS = 2_000;

/** What the largest statement of ours may need. */
const LEAST_PACKET = 4 * 1_048_576;

/**
 * What an operator should know of a database. Nothing is changed.
 *
 * @example
 * const found = await diagnoseMysql({ reader, nodes, clock, depth: 'all' });
 */
export async function diagnoseMysql(parts: {
  readonly reader: SqlRunner;
  readonly nodes: readonly Address[];
  readonly clock: Clock;
  readonly depth: NonNullable<DiagnosisOptions['depth']>;
}): Promise<readonly Diagnosis[]> {
  const { reader, nodes, clock, depth } = parts;
  const variables = await readVariables((sql) => reader.query(sql));
  const galera = await diagnoseGalera(reader, variables);
  // A node that is not part of its cluster answers nothing about what it keeps.
  const answers = galera.every(({ state }) => state !== 'bad');
  return [
    diagnoseVersion(nodes, variables),
    await diagnoseLine(reader, nodes),
    diagnoseFlush(variables),
    diagnoseBinlog(variables),
    diagnosePages(variables),
    diagnosePacket(variables),
    ...(answers ? [await diagnoseTables(reader)] : []),
    diagnoseText(variables),
    ...(answers ? [await diagnoseServerClock(reader, clock, variables)] : []),
    ...diagnoseReplica(variables),
    ...galera,
    ...(await diagnoseGroup(reader, variables)),
    ok('free space', 'a server does not tell how much it has: watch its disk there'),
    ...(answers && depth === 'all' ? await diagnoseLog({ sql: reader, dialect: mysqlDialect, nowMs: clock.now() }) : []),
  ];
}

function diagnoseVersion(nodes: readonly Address[], variables: ReadonlyMap<string, string>): Diagnosis {
  const version = variables.get('version') ?? '';
  const said = `${/mariadb/i.test(version) ? 'MariaDB' : 'MySQL'} ${version} at ${nodes.map(placeOf).join(', ')}`;
  if (nodes.length === 1) return ok('version', said);
  return ok('version', `${said}; ${variables.get('hostname') ?? ''}:${variables.get('port') ?? ''} was looked at`);
}

async function diagnoseLine(reader: SqlRunner, nodes: readonly Address[]): Promise<Diagnosis> {
  const what = 'TLS';
  const cipher = String((await reader.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'"))[0]?.[1] ?? '');
  if (cipher !== '') return ok(what, `${cipher}, ${nodes[0]?.tls ?? ''}`);
  return nodes.every(({ host }) => isHere(host))
    ? ok(what, 'none, on this machine')
    : weak(what, 'none: what is kept can be read and changed on the way; set tls');
}

function diagnoseFlush(variables: ReadonlyMap<string, string>): Diagnosis {
  const what = 'innodb_flush_log_at_trx_commit';
  const value = variables.get(what) ?? '';
  if (value === '1' || value === '3') return ok(what, value);
  return weak(what, `${value}: a crash or power cut of the server takes entries that were acknowledged; set it to 1`);
}

function diagnoseBinlog(variables: ReadonlyMap<string, string>): Diagnosis {
  const what = 'sync_binlog';
  const value = variables.get(what) ?? '';
  if (variables.get('log_bin') !== 'ON') return ok(what, 'no binary log is kept');
  if (value === '1') return ok(what, value);
  return weak(what, `${value}: after a power cut the server and its replicas may differ; set it to 1`);
}

function diagnosePages(variables: ReadonlyMap<string, string>): Diagnosis {
  const what = 'innodb_doublewrite';
  const value = variables.get(what) ?? 'ON';
  if (value === 'ON' || value === 'DETECT_AND_RECOVER') return ok(what, value);
  return weak(what, `${value}: a page that is half written when the power fails cannot be mended; set it to ON`);
}

function diagnosePacket(variables: ReadonlyMap<string, string>): Diagnosis {
  const what = 'max_allowed_packet';
  const bytes = Number(variables.get(what) ?? LEAST_PACKET);
  if (bytes >= LEAST_PACKET) return ok(what, `${Math.floor(bytes / 1_048_576)} MB`);
  return weak(what, `${bytes} bytes: larger writes are refused; set it to ${LEAST_PACKET} or more`);
}

/** Transactions that write different rows may be committed in another order there: the first keeps it in the binary log, the second in the tables. */
function diagnoseReplica(variables: ReadonlyMap<string, string>): readonly Diagnosis[] {
  // Until 8.0.26 it had another name, and until 8.0.27 it was off, and one worker did all.
  const isOld = !variables.has('replica_preserve_commit_order');
  if (isOld && Number(variables.get('slave_parallel_workers') ?? 0) <= 1) return [];
  return [isOld ? 'slave_preserve_commit_order' : 'replica_preserve_commit_order', 'binlog_order_commits']
    .filter((what) => (variables.get(what) ?? 'ON') !== 'ON')
    .map((what) => weak(what, 'as a replica or a secondary this server may show gaps in the log: set it to ON'));
}

async function diagnoseTables(reader: SqlRunner): Promise<Diagnosis> {
  const what = 'tables';
  const [odd] = await reader.query(
    `SELECT table_name, engine FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name IN ('events', 'log_turn', 'views', 'view_seen', 'kakeibo_schema') AND engine <> 'InnoDB'`,
  );
  if (odd !== undefined)
    return bad(what, `${odd[0]} is kept by ${odd[1]}, which has no transactions: ALTER TABLE … ENGINE=InnoDB`);
  const [column] = await reader.query(
    `SELECT column_name, COALESCE(collation_name, data_type) FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = 'events'
       AND NOT (data_type = 'varbinary' OR data_type = 'bigint' OR collation_name = 'utf8mb4_bin')`,
  );
  if (column !== undefined)
    return bad(what, `events.${column[0]} was altered (${column[1]}): names must compare byte by byte, and texts be utf8mb4`);
  return ok(what, 'InnoDB, byte by byte');
}

function diagnoseText(variables: ReadonlyMap<string, string>): Diagnosis {
  const set = variables.get('character_set_database') ?? '';
  return ok('character set', set === 'utf8mb4' ? set : `utf8mb4; the database's own, ${set}, does not matter`);
}

async function diagnoseServerClock(reader: SqlRunner, clock: Clock, variables: ReadonlyMap<string, string>): Promise<Diagnosis> {
  const what = "the server's clock";
  const before = clock.now();
  const theirs = Number((await reader.query('SELECT UNIX_TIMESTAMP(NOW(6)) * 1000'))[0]?.[0] ?? 0);
  const differMs = Math.round(theirs - (before + clock.now()) / 2);
  const zone = `its time zone is ${variables.get('system_time_zone') ?? 'unknown'}, which does not matter`;
  if (Math.abs(differMs) <= CLOCK_SLACK_MS) return ok(what, `${Math.abs(differMs)} ms from ours; ${zone}`);
  return weak(
    what,
    `${Math.round(Math.abs(differMs) / 1_000)} s ${differMs > 0 ? 'ahead of' : 'behind'} ours: set both by NTP; ${zone}`,
  );
}

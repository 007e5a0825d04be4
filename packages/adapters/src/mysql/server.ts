/** What a server says of itself, and what every connection sets, so that no server's defaults change a promise. */
import { StoreError } from '@kakeibo/core';

import type { SqlRow, SqlValue } from '../sql/connection.ts';

/** A server, and the connection that asked. */
export interface Server {
  readonly engine: 'mysql' | 'mariadb';
  readonly version: string;
  /** Its variables by name, as this connection sees them. */
  readonly variables: ReadonlyMap<string, string>;
  /** The connection's number, and where the server sees it come from. Both together are nobody else's. Not told of one that reads. */
  readonly id: number;
  readonly from: string;
}

type Run = (sql: string, parameters?: readonly SqlValue[]) => Promise<readonly SqlRow[]>;

/** The oldest that are supported. */
const OLDEST = { mysql: [8, 0], mariadb: [10, 11] } as const;

const VARIABLES = [
  'binlog_format',
  'binlog_order_commits',
  'character_set_database',
  'group_replication_consistency',
  'group_replication_group_name',
  'group_replication_single_primary_mode',
  'hostname',
  'innodb_doublewrite',
  'innodb_flush_log_at_trx_commit',
  'log_bin',
  'max_allowed_packet',
  'max_execution_time',
  'max_statement_time',
  'port',
  'read_only',
  'replica_preserve_commit_order',
  'server_uuid',
  'slave_parallel_workers',
  'slave_preserve_commit_order',
  'super_read_only',
  'sync_binlog',
  'system_time_zone',
  'time_zone',
  'version',
  'wsrep_cluster_address',
  'wsrep_on',
  'wsrep_osu_method',
  'wsrep_trx_fragment_size',
];

/** The variables that matter, as far as the server has them. */
export async function readVariables(run: Run): Promise<ReadonlyMap<string, string>> {
  const names = VARIABLES.map((name) => `'${name}'`).join(', ');
  const rows = await run(`SHOW VARIABLES WHERE Variable_name IN (${names})`);
  return new Map(rows.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
}

/**
 * Asks a server who it is. Throws a `StoreError` when it is none that the promises hold on. Only a connection that writes asks
 * who itself is: the answer takes a temporary table, for which a full disk has no room, and reads go on then.
 */
export async function readServer(run: Run, kind: 'read' | 'write'): Promise<Server> {
  const variables = await readVariables(run);
  const version = variables.get('version') ?? '';
  const engine = /mariadb/i.test(version) ? 'mariadb' : 'mysql';
  assertKnown(engine, version);
  const self = kind === 'read' ? [] : await run('SELECT id, host FROM information_schema.processlist WHERE id = CONNECTION_ID()');
  return { engine, version, variables, id: Number(self[0]?.[0] ?? 0), from: String(self[0]?.[1] ?? '') };
}

function assertKnown(engine: Server['engine'], version: string): void {
  const [major = 0, minor = 0] = version.split('.', 2).map(Number);
  const [least, andThen] = OLDEST[engine];
  if (major < least || (major === least && minor < andThen) || /tidb/i.test(version))
    throw new StoreError(
      'incompatible',
      `the server is ${version}: a ledger needs MySQL 8.0 or later, or MariaDB 10.11 or later`,
    );
}

/**
 * A program that vanishes in the midst of a write, with its machine or its line, holds the head of the log until the server gives up
 * the connection: after eight hours, by its own default. Statements of a transaction follow each other within milliseconds.
 */
const SILENT_S = 60;

/** What is set on each connection. */
export function settingStatements(options: {
  readonly server: Server;
  readonly kind: 'read' | 'write';
  readonly busyTimeoutMs: number;
}): readonly string[] {
  const { server, kind, busyTimeoutMs } = options;
  const { variables } = server;
  const settings = [
    "sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION'",
    // One round trip less for each transaction that writes.
    `autocommit = ${kind === 'write' ? 0 : 1}`,
    'completion_type = 0',
    'unique_checks = 1',
    'sql_safe_updates = 0',
    'sql_select_limit = DEFAULT',
    // A server may be told to ignore what a client asks for when it connects.
    'character_set_client = utf8mb4',
    'character_set_results = utf8mb4',
    'collation_connection = utf8mb4_bin',
    `innodb_lock_wait_timeout = ${Math.max(1, Math.ceil(busyTimeoutMs / 1_000))}`,
  ];
  if (kind === 'write') settings.push(`wait_timeout = ${SILENT_S}`);
  if (variables.has('max_execution_time')) settings.push('max_execution_time = 0');
  if (variables.has('max_statement_time')) settings.push('max_statement_time = 0');
  // On a node of a cluster: a read waits for what was committed on another one before.
  if (variables.get('wsrep_on') === 'ON') settings.push('wsrep_sync_wait = 1');
  if ((variables.get('group_replication_group_name') ?? '') !== '')
    settings.push(
      `group_replication_consistency = '${kind === 'write' && isPrimary(variables) ? 'BEFORE_ON_PRIMARY_FAILOVER' : 'BEFORE'}'`,
    );
  return [
    `SET ${settings.map((setting) => `SESSION ${setting}`).join(', ')}`,
    `SET SESSION TRANSACTION ISOLATION LEVEL ${kind === 'write' ? 'READ COMMITTED' : 'REPEATABLE READ'}`,
  ];
}

/** Whether everything is written here. It can be another one's part by the next statement: a write is refused then, a read is not. */
function isPrimary(variables: ReadonlyMap<string, string>): boolean {
  return variables.get('group_replication_single_primary_mode') === 'ON' && variables.get('super_read_only') !== 'ON';
}

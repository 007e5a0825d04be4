/** Looks at a file and at the machine that it lies on. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { StoreError } from '@kakeibo/core';
import type { Diagnosis, DiagnosisOptions } from '@kakeibo/core';

import { diagnoseLog } from '../sql/diagnose.ts';
import type { SqliteConnection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { checkIntegrity } from './integrity.ts';

const MEGABYTE = 1_048_576;
/** Less room than this is told of; with less than the second nothing should be written. */
const LITTLE_ROOM = 200 * MEGABYTE;
const NO_ROOM = 10 * MEGABYTE;
/** A log that is so long is one that a reader keeps from being taken in. */
const LONG_LOG = 256 * MEGABYTE;

/** How long all pages may be looked at, unless it is said: some hundred gigabytes. */
const PAGES_MS = 600_000;

const REMEDY =
  'stop the service, keep the file and its -wal as they are, and restore a backup; where an index alone is damaged, `kakeibo backup FILE --format archive` still copies every entry out, to be restored into a new file';

/** File systems over a network, on which SQLite's locks and shared memory do not hold (statfs(2)). */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB 2'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
]);

const ok = (what: string, message: string): Diagnosis => ({ what, state: 'ok', message });
const weak = (what: string, message: string): Diagnosis => ({ what, state: 'weak', message });
const bad = (what: string, message: string): Diagnosis => ({ what, state: 'bad', message });

/** What is looked at. */
interface Looked {
  readonly reader: SqliteConnection;
  readonly file: string;
  readonly access: 'read' | 'frozen';
  readonly nowMs: number;
}

/**
 * What an operator should know of a file. Nothing is changed.
 *
 * @example
 * const found = await diagnoseSqlite({ reader, file: '/var/lib/kakeibo/kakeibo.db', access: 'read', nowMs: Date.now() });
 */
export async function diagnoseSqlite(looked: Looked, options: DiagnosisOptions = {}): Promise<readonly Diagnosis[]> {
  const { reader, file } = looked;
  const { journalMode, synchronous } = reader.settings();
  return [
    ok('version', `node ${process.versions.node}, SQLite ${await answerTo(reader, 'SELECT sqlite_version()')}`),
    journalMode === 'wal'
      ? ok('journal', 'write-ahead log')
      : weak('journal', `${journalMode}: start the service once to have a write-ahead log`),
    synchronous === 'full' ? ok('synchronous', 'full') : bad('synchronous', `${synchronous}: a power cut would take entries`),
    ...(options.depth === 'settings' ? [] : await diagnoseContents(looked, options)),
    diagnoseRoom(file),
    diagnoseFileSystem(file),
    diagnoseLockFiles(file),
    diagnosePermissions(file),
  ];
}

async function answerTo(reader: SqliteConnection, sql: string): Promise<string> {
  return String((await reader.query(sql))[0]?.[0] ?? '');
}

async function diagnoseContents(
  { reader, file, access, nowMs }: Looked,
  options: DiagnosisOptions,
): Promise<readonly Diagnosis[]> {
  return [
    ...(await unlessBroken('collation', async () => [await diagnoseText(reader, await answerTo(reader, 'PRAGMA encoding'))])),
    await diagnosePages({ file, access }, options),
    ...(await unlessBroken('log', () => diagnoseLog({ sql: reader, dialect: sqliteDialect, nowMs }))),
  ];
}

/** A file that is damaged may answer some questions and not others; one that it does not answer is a finding. */
async function unlessBroken(what: string, look: () => Promise<readonly Diagnosis[]>): Promise<readonly Diagnosis[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof StoreError) return [bad(what, error.message)];
    throw error;
  }
}

async function diagnoseText(reader: SqliteConnection, encoding: string): Promise<Diagnosis> {
  const [row] = await reader.query(
    "SELECT name FROM sqlite_schema WHERE sql LIKE '%COLLATE%' AND sql NOT LIKE '%COLLATE BINARY%'",
  );
  if (row !== undefined) return bad('collation', `${String(row[0])} does not compare names byte by byte`);
  return encoding === 'UTF-8' ? ok('collation', 'UTF-8, byte by byte') : weak('collation', `${encoding}, byte by byte`);
}

async function diagnosePages(
  { file, access }: Pick<Looked, 'file' | 'access'>,
  { timeoutMs = PAGES_MS, onWait }: DiagnosisOptions,
): Promise<Diagnosis> {
  const what = 'pages';
  const found = await checkIntegrity({ file, access, timeoutMs, onWait: (seconds) => onWait?.(what, seconds) });
  if (found.kind === 'late')
    return weak(
      what,
      `not all of them were looked at within ${timeoutMs / 1_000} s: restore a backup elsewhere and look at that`,
    );
  if (found.kind === 'failed') return bad(what, `they cannot be looked at (${found.message}): ${REMEDY}`);
  const [first, ...more] = found.faults.flatMap((fault) => fault.split('\n'));
  if (first === undefined) return ok(what, 'every page is whole, and every index has what its table has');
  return bad(what, `${first}${more.length === 0 ? '' : `, and ${more.length} more`}: ${REMEDY}`);
}

function diagnoseRoom(file: string): Diagnosis {
  const { bavail, bsize } = statfsSync(dirname(file));
  const room = bavail * bsize;
  const message = `${Math.floor(room / MEGABYTE)} MB free in ${dirname(file)}`;
  if (room < NO_ROOM) return bad('free space', `${message}: make room`);
  return room < LITTLE_ROOM ? weak('free space', `${message}: make room`) : ok('free space', message);
}

function diagnoseFileSystem(file: string): Diagnosis {
  const name = NETWORK.get(statfsSync(dirname(file)).type);
  if (name === undefined) return ok('file system', 'on this machine, as far as can be told');
  return bad('file system', `${name}: SQLite's locks do not hold over a network; move the file to a disk of this machine`);
}

function diagnoseLockFiles(file: string): Diagnosis {
  const what = 'lock files';
  if (existsSync(`${file}-journal`))
    return weak(what, `${file}-journal is left from another journal mode: start the service once`);
  const log = existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0;
  const size = `the write-ahead log has ${Math.ceil(log / 1_024)} KB`;
  if (log > LONG_LOG) return weak(what, `${size}: some process reads and never ends; stop it`);
  return ok(what, log === 0 ? 'no write-ahead log to take in' : size);
}

function diagnosePermissions(file: string): Diagnosis {
  const what = 'permissions';
  for (const path of [file, dirname(file)]) {
    try {
      accessSync(path, constants.W_OK);
    } catch {
      return bad(what, `${path} cannot be written: entries are refused; give the service's user the right to write`);
    }
  }
  const [mode, folder] = [statSync(file).mode, statSync(dirname(file)).mode];
  if ((mode & 0o002) !== 0 || ((folder & 0o002) !== 0 && (folder & 0o1000) === 0))
    return bad(what, `everybody on this machine may change ${file}: chmod o-w it and its folder`);
  const isOpen = (mode & 0o004) !== 0 && (folder & 0o001) !== 0;
  return isOpen ? weak(what, `everybody on this machine may read ${file}: chmod 700 its folder`) : ok(what, 'for its owner only');
}

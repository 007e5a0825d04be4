/** Where the servers' programs are, and how each makes its data and is started. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

export type Engine = 'mysql' | 'mariadb';

/** How to run an engine's server on a folder. */
export interface Program {
  readonly initialize: readonly [command: string, ...options: string[]];
  readonly serve: readonly [command: string, ...options: string[]];
}

/** Where tests/servers/fetch-mysql.sh puts Oracle's MySQL, or fetch-version.sh another version. */
function mysqlFolder(): string {
  return process.env['KAKEIBO_MYSQL'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kakeibo-mysql');
}

/** A program of MariaDB: this machine's, or of where tests/servers/fetch-version.sh put another version. */
function mariadbProgram(name: 'mariadbd' | 'mariadb-install-db'): string {
  const other = process.env['KAKEIBO_MARIADB'];
  if (other !== undefined) return join(other, 'bin', name);
  return name === 'mariadbd' ? '/usr/sbin/mariadbd' : name;
}

/** Whether this machine can make certificates. */
export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
}

/** Whether this machine has the server, and what it takes to set it up. */
export function isInstalled(engine: Engine): boolean {
  const files =
    engine === 'mysql'
      ? [join(mysqlFolder(), '.ready')]
      : [mariadbProgram('mariadbd'), '/usr/bin/mariadb-install-db', '/usr/bin/my_print_defaults'];
  return files.every((file) => existsSync(file)) && hasOpenssl();
}

// Small, and set as a ledger asks for it; but nothing waits for the disk, which a kill does not need and no power cut will see.
const SETTINGS = [
  '--innodb-buffer-pool-size=64M',
  '--performance-schema=OFF',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-flush-method=nosync',
  '--innodb-buffer-pool-dump-at-shutdown=OFF',
  '--max-connections=100',
  '--bind-address=127.0.0.1',
];

/** The commands for a folder. */
export function programOf(engine: Engine, { folder, port }: { readonly folder: string; readonly port: number }): Program {
  const user = `--user=${userInfo().username}`;
  const data = `--datadir=${join(folder, 'data')}`;
  const own = [
    `--socket=${join(folder, 'my.sock')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'error.log')}`,
    // A server that starts clears away what others have in the folder of temporary files.
    `--tmpdir=${folder}`,
  ];
  const tls = ['ca', 'cert', 'key'].map((name) => `--ssl-${name}=${join(folder, `${name}.pem`)}`);
  const serve = [...SETTINGS, ...own, ...tls, `--port=${port}`, `--init-file=${join(folder, 'init.sql')}`];
  if (engine === 'mariadb')
    return {
      initialize: [
        mariadbProgram('mariadb-install-db'),
        '--no-defaults',
        user,
        data,
        '--skip-test-db',
        '--auth-root-authentication-method=normal',
      ],
      serve: [mariadbProgram('mariadbd'), '--no-defaults', user, data, '--innodb-log-file-size=16M', ...serve],
    };
  const root = join(mysqlFolder(), 'root', 'usr');
  const base = [
    '--no-defaults',
    user,
    data,
    `--basedir=${root}`,
    `--lc-messages-dir=${join(root, 'share/mysql')}`,
    `--character-sets-dir=${join(root, 'share/mysql/charsets')}`,
    `--plugin-dir=${join(root, 'lib/mysql/plugin')}`,
    '--secure-file-priv=NULL',
    // From 8.0.30 on.
    '--loose-innodb-redo-log-capacity=32M',
  ];
  const mysqld = join(mysqlFolder(), 'bin', 'mysqld');
  return {
    initialize: [mysqld, ...base, '--initialize-insecure', `--log-error=${join(folder, 'init.log')}`],
    serve: [mysqld, ...base, '--loose-mysqlx=OFF', '--disable-log-bin', ...serve],
  };
}

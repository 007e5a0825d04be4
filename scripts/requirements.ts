import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { hasChromium } from '../tests/browser/presence.ts';
import { hasDb2 } from '../tests/db2/presence.ts';
import { whyNoGalera } from '../tests/faults/galera.ts';
import { isInstalled } from '../tests/servers/programs.ts';

/** Something a machine may lack, and the tests that are not run without it. */
interface Requirement {
  readonly name: string;
  readonly tests: string;
  isThere(): boolean;
}

function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-mount-'));
  try {
    return runs('mount', '-t', 'tmpfs', '-o', 'size=64k', 'kakeibo', folder) && runs('umount', folder);
  } finally {
    rmdirSync(folder);
  }
}

const requirements: readonly Requirement[] = [
  {
    name: 'Chromium (install it, or name it in CHROMIUM)',
    tests: 'the dashboard in a browser',
    isThere: hasChromium,
  },
  {
    name: 'strace, or permission to trace',
    tests: 'that an entry is on stable storage before it is acknowledged',
    isThere: () => runs('strace', '-o', '/dev/null', 'true'),
  },
  { name: 'pdftotext (poppler-utils)', tests: 'what a printed statement says', isThere: () => runs('pdftotext', '-v') },
  {
    name: 'hledger, ledger or beancount',
    tests: 'that hledger, ledger and beancount come to the same figures',
    isThere: () => ['hledger', 'ledger', 'bean-check', 'bean-query'].every((tool) => runs(tool, '--version')),
  },
  {
    name: 'libfaketime',
    tests: 'a clock that is set back',
    isThere: () => globSync('/usr/lib/*/faketime/libfaketimeMT.so.1').length > 0,
  },
  {
    name: 'galera-4, mariadb-server or rsync',
    tests: 'a cluster whose nodes die and return',
    isThere: () => whyNoGalera() === undefined,
  },
  {
    name: "Oracle's MySQL (tests/servers/fetch-mysql.sh brings it), or openssl",
    tests: 'a ledger in MySQL',
    isThere: () => isInstalled('mysql'),
  },
  {
    name: 'MariaDB (mariadb-server-core), or openssl',
    tests: 'a ledger in MariaDB',
    isThere: () => isInstalled('mariadb'),
  },
  { name: "IBM's Db2 client, Derby (tests/db2/install.sh says how) or openssl", tests: 'a ledger in Db2', isThere: hasDb2 },
  { name: 'permission to mount', tests: 'a disk that is full', isThere: mayMount },
];

/** What this machine lacks, a line each. */
export function lacking(): readonly string[] {
  return requirements
    .filter(({ isThere }) => !isThere())
    .map(({ name, tests }) => `Not run: ${tests}. This machine lacks ${name}.`);
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { hasOpenssl } from '../servers/programs.ts';

/** Where Debian's packages put Derby. */
export const JARS = ['derby', 'derbynet', 'derbytools'].map((name) => `/usr/share/java/${name}.jar`);

/** Whether this machine has what the tests need: IBM's client with its binding, Derby, Java to run it, and openssl. */
export function hasDb2(): boolean {
  const runs = (command: string, ...args: readonly string[]): boolean =>
    spawnSync(command, args, { stdio: 'ignore', cwd: import.meta.dirname }).status === 0;
  return (
    JARS.every((jar) => existsSync(jar)) &&
    hasOpenssl() &&
    runs('java', '-version') &&
    runs(process.execPath, '-e', 'require("ibm_db")')
  );
}

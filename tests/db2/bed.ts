/** A Derby server and bridges to it, in a process of its own: it ends when whoever started it does, and takes the server along. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '../servers/ports.ts';
import { openBridge } from './bridge.ts';
import type { Bridge, Fault } from './bridge.ts';
import { JARS } from './presence.ts';

/** What the process may be asked. Every question has a number, which its answer bears. */
export type Question =
  | { readonly ask: 'bridge'; readonly certificate?: { readonly key: string; readonly cert: string } }
  | { readonly ask: 'plan'; readonly port: number; readonly fault?: Fault }
  | { readonly ask: 'cut'; readonly port: number; readonly refuse: boolean }
  | { readonly ask: 'password'; readonly port: number }
  | { readonly ask: 'lines'; readonly port: number }
  | { readonly ask: 'hits'; readonly port: number }
  | { readonly ask: 'kill' }
  | { readonly ask: 'restart' };

const PROPERTIES = `
derby.locks.waitTimeout=2
derby.locks.deadlockTimeout=1
derby.connection.requireAuthentication=true
derby.authentication.provider=BUILTIN
derby.user.app=app
derby.user.reader=reader
derby.database.sqlAuthorization=true
`;

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-derby-'));
const bridges = new Map<number, Bridge>();

function makeDatabase(): void {
  writeFileSync(join(folder, 'derby.properties'), PROPERTIES);
  const made = spawnSync('java', [`-Dderby.system.home=${folder}`, '-cp', JARS.join(':'), 'org.apache.derby.tools.ij'], {
    input: "connect 'jdbc:derby:KAKEIBO;create=true;user=app;password=app';",
    encoding: 'utf8',
  });
  if (made.status !== 0 || /ERROR/.test(made.stdout)) throw new Error(`Derby made no database: ${made.stdout}${made.stderr}`);
}

async function startDerby(port: number): Promise<() => Promise<void>> {
  const server = spawn(
    'java',
    `-Xmx256m -Dderby.system.home=${folder} -cp ${JARS.join(':')} org.apache.derby.drda.NetworkServerControl start -noSecurityManager -h 127.0.0.1 -p ${port}`.split(
      ' ',
    ),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.once('exit', () => server.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('Derby ended')));
    server.stdout.on('data', (data: Buffer) => {
      if (data.includes('ready to accept')) resolve();
    });
  });
  return async () => {
    server.removeAllListeners('exit');
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
  };
}

makeDatabase();
const derbyPort = await freePort();
let kill = await startDerby(derbyPort);

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'bridge': {
      const bridge = await openBridge({
        derbyPort,
        ...(question.certificate === undefined ? {} : { certificate: question.certificate }),
      });
      bridges.set(bridge.port, bridge);
      return bridge.port;
    }
    case 'plan':
      return bridges.get(question.port)?.plan(question.fault);
    case 'cut':
      return bridges.get(question.port)?.cut(question.refuse);
    case 'password':
      return bridges.get(question.port)?.password();
    case 'lines':
      return bridges.get(question.port)?.lines();
    case 'hits':
      return bridges.get(question.port)?.hits();
    case 'kill':
      return kill();
    case 'restart':
      // Its port may take a moment to be free again.
      await sleep(100);
      kill = await startDerby(derbyPort);
      return undefined;
  }
}

process.on('message', ({ number, question }: { readonly number: number; readonly question: Question }) => {
  answer(question).then(
    (value) => process.send?.({ number, value }),
    (error: unknown) => process.send?.({ number, error: String(error) }),
  );
});
process.on('disconnect', () => {
  void kill().then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
});
process.send?.({ number: 0 });

/** Lets IBM's own Db2 client talk to a Derby network server, and can be told to break the line at a command. */
import net from 'node:net';
import tls from 'node:tls';

import { commandOf, COMMANDS, Frames, passwordOf, toClient, toServer } from './drda.ts';

/**
 * How a line breaks at a command.
 *
 * - `before`: the command does not arrive, and both sides are closed.
 * - `after`: it arrives and is answered; the answer is lost and the client's side closed.
 * - `torn`: as `after`, but the first bytes of the answer get through.
 * - `silent`: it arrives, and nothing comes back any more.
 * - `late`: the answer takes `ms` longer.
 * - `slow`: it takes `ms` longer to arrive.
 */
export interface Fault {
  readonly at: keyof typeof COMMANDS;
  readonly how: 'before' | 'after' | 'torn' | 'silent' | 'late' | 'slow';
  /** How many such commands pass before. Default 0. */
  readonly skip?: number;
  /** How many are hit. Default 1. */
  readonly times?: number;
  /** Of how many one is hit: 3 is every third. Default 1. */
  readonly every?: number;
  readonly ms?: number;
}

/** A bridge that is open. */
export interface Bridge {
  readonly port: number;
  /** Plans a fault; nothing takes back the ones that are planned. */
  plan(fault: Fault | undefined): void;
  /** How many commands were hit. */
  hits(): number;
  /** Closes every line there is, as a server that dies does; `refuse` keeps new ones out. */
  cut(refuse: boolean): void;
  /** The last password that came through. */
  password(): string | undefined;
  /** How many lines are open. */
  lines(): number;
  close(): void;
}

/** Opens one on a free port of loopback. With a certificate it speaks TLS to the client. */
export async function openBridge(options: {
  readonly derbyPort: number;
  readonly certificate?: { readonly key: string; readonly cert: string };
}): Promise<Bridge> {
  const open = new Set<net.Socket>();
  let fault: { -readonly [Key in keyof Fault]: Fault[Key] } | undefined;
  let [passed, hits] = [0, 0];
  let refusing = false;
  let password: Buffer | undefined;

  const faultAt = (command: number): Fault | undefined => {
    if (fault === undefined || COMMANDS[fault.at] !== command) return undefined;
    if ((fault.skip ?? 0) > 0) {
      fault.skip = (fault.skip ?? 0) - 1;
      return undefined;
    }
    passed += 1;
    if (passed % (fault.every ?? 1) !== 0) return undefined;
    hits += 1;
    const hit = { ...fault };
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) fault = undefined;
    return hit;
  };

  const join = (client: net.Socket): void => {
    if (refusing) return void client.destroy();
    const derby = net.connect({ port: options.derbyPort, host: '127.0.0.1', noDelay: true });
    open.add(client);
    let broken: Fault | undefined;
    const [asked, answered] = [new Frames(), new Frames()];
    client.on('data', (data) => {
      for (const frame of asked.push(data)) {
        const command = commandOf(frame);
        if (command === COMMANDS.check) password = passwordOf(Buffer.from(frame));
        broken ??= faultAt(command);
        if (broken?.how === 'before') return void client.destroy();
        const out = toServer(Buffer.from(frame));
        if (broken?.how === 'slow') setTimeout(() => derby.write(out), broken.ms);
        else derby.write(out);
      }
    });
    derby.on('data', (data) => {
      if (broken?.how === 'silent') return;
      if (broken?.how === 'after') return void client.destroy();
      if (broken?.how === 'torn') return void client.end(data.subarray(0, 5), () => client.destroy());
      const out = [...answered.push(data)].map((frame) => toClient(Buffer.from(frame)));
      const late = broken?.how === 'late' ? (broken.ms ?? 0) : undefined;
      if (late === undefined) client.write(Buffer.concat(out));
      else setTimeout(() => client.write(Buffer.concat(out)), late);
      broken = undefined;
    });
    client.on('close', () => {
      open.delete(client);
      derby.destroy();
    });
    derby.on('close', () => {
      if (broken?.how !== 'silent') client.destroy();
    });
    client.on('error', () => derby.destroy());
    derby.on('error', () => client.destroy());
  };

  const server =
    options.certificate === undefined
      ? net.createServer({ noDelay: true }, join)
      : tls.createServer({ ...options.certificate, noDelay: true }, join);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    plan: (planned) => void (fault = planned === undefined ? undefined : { ...planned }),
    hits: () => hits,
    cut(refuse) {
      refusing = refuse;
      for (const client of open) client.destroy();
    },
    password: () => password?.toString('utf8'),
    lines: () => open.size,
    close() {
      server.close();
      for (const client of open) client.destroy();
    },
  };
}

/**
 * A TCP proxy that does to a connection what networks do: it delays, cuts, resets, and loses single messages. It knows MySQL's
 * framing (three bytes of length, one of sequence), so that it can tell a COMMIT from the rest and lose its answer.
 */
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

import { freePort } from '../servers/ports.ts';

/** What is done to a packet of the client. Default: passed on. */
export type Fate =
  /** The request never arrives, and the connection breaks. */
  | 'drop-request'
  /** The request arrives and is done; its answer never comes, and the connection breaks. */
  | 'drop-reply'
  /** Half of the request arrives, then the connection breaks. */
  | 'cut'
  /** Half of the answer arrives, then the connection breaks. */
  | 'cut-reply'
  /** The connection is reset before the request arrives. */
  | 'reset'
  /** From here on nothing arrives on either side, and nobody is told. */
  | 'half-open'
  /** The request arrives after `delayMs`. */
  | 'delay-request'
  /** The request arrives; its answer comes after `delayMs`. */
  | 'delay-reply';

/** A message of the client, as far as the proxy can read it. */
export interface ClientPacket {
  /** The statement of a query or of one that is prepared; empty for all else. */
  readonly sql: string;
}

/** A proxy that runs. */
export interface Proxy {
  readonly port: number;
  /** Decides about each packet that a client sends. */
  fate: (packet: ClientPacket) => Fate | undefined;
  /** How late comes what is delayed. */
  delayMs: number;
  /** What happened to how many packets. */
  readonly met: ReadonlyMap<Fate, number>;
  /** While it is off, connections are refused and the standing ones are gone. */
  off(): void;
  on(): Promise<void>;
  /** Holds everything in both directions, without a word, until `thaw`. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const QUERY = 3; // COM_QUERY
const PREPARE = 22; // COM_STMT_PREPARE
const HEADER = 4;

/** Cuts a stream of bytes into packets, and calls for each when it is whole. */
function createFraming(take: (packet: Buffer) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= HEADER) {
      const end = HEADER + rest.readUIntLE(0, 3);
      if (rest.length < end) return;
      const packet = rest.subarray(0, end);
      rest = rest.subarray(end);
      take(packet);
    }
  };
}

function read(packet: Buffer): ClientPacket {
  const command = packet[HEADER];
  const isText = packet[3] === 0 && (command === QUERY || command === PREPARE);
  // MySQL 8 and later put the attributes of a query before it: here none, in one set.
  const from = packet[HEADER + 1] === 0 && packet[HEADER + 2] === 1 ? HEADER + 3 : HEADER + 1;
  return { sql: isText ? packet.toString('utf8', from) : '' };
}

/** One client and its own connection to the server. */
function createPair(client: Socket, server: Socket, proxy: Proxy, count: (fate: Fate) => void): { freeze(): void; thaw(): void } {
  let pending: 'drop-reply' | 'cut-reply' | 'delay-reply' | undefined;
  let dead = false;
  const end = (): void => {
    dead = true;
    client.destroy();
    server.destroy();
  };
  const freeze = (): void => {
    client.pause();
    server.pause();
  };
  const half = (packet: Buffer): Buffer => packet.subarray(0, Math.max(1, packet.length >> 1));

  const request = createFraming((packet) => {
    if (dead) return;
    const fate = proxy.fate(read(packet));
    if (fate !== undefined) count(fate);
    if (fate === 'drop-request') end();
    else if (fate === 'reset') {
      dead = true;
      client.resetAndDestroy();
      server.destroy();
    } else if (fate === 'cut') {
      dead = true;
      server.end(half(packet));
      client.destroy();
    } else if (fate === 'half-open') {
      dead = true;
      freeze();
    } else if (fate === 'delay-request') {
      setTimeout(() => {
        if (!server.destroyed) server.write(packet);
      }, proxy.delayMs);
    } else {
      if (fate !== undefined) pending = fate;
      server.write(packet);
    }
  });
  client.on('data', request);
  server.on('data', (bytes) => {
    if (dead) return;
    if (pending === 'drop-reply') end();
    else if (pending === 'cut-reply') {
      dead = true;
      client.end(half(bytes));
      server.destroy();
    } else if (pending === 'delay-reply') {
      pending = undefined;
      server.pause();
      setTimeout(() => {
        if (!client.destroyed) client.write(bytes);
        server.resume();
      }, proxy.delayMs);
    } else client.write(bytes);
  });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('error', () => undefined);
    // Who is cut off hears nothing of the other's end either.
    one.on('close', () => dead || other.destroy());
    one.on('end', () => dead || other.end());
  }
  return {
    freeze,
    thaw: () => {
      client.resume();
      server.resume();
    },
  };
}

/** Starts a proxy in front of a port of this machine. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const pairs = new Set<{ freeze(): void; thaw(): void }>();
  const met = new Map<Fate, number>();
  let isFrozen = false;
  const accept = (client: Socket): void => {
    const server = connect(target, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    const pair = createPair(client, server, proxy, (fate) => met.set(fate, (met.get(fate) ?? 0) + 1));
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    if (isFrozen) pair.freeze();
  };
  const listener: Server = createServer(accept);
  const port = await freePort();
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, '127.0.0.1', () => {
        listener.off('error', reject);
        resolve();
      });
    });
  const off = (): void => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  await listen();
  const proxy: Proxy = {
    port,
    fate: () => undefined,
    delayMs: 0,
    met,
    off,
    on: listen,
    freeze: () => {
      isFrozen = true;
      for (const pair of pairs) pair.freeze();
    },
    thaw: () => {
      isFrozen = false;
      for (const pair of pairs) pair.thaw();
    },
    close: () =>
      new Promise((resolve) => {
        if (listener.listening) listener.close(() => resolve());
        else resolve();
        for (const socket of sockets) socket.destroy();
      }),
  };
  return proxy;
}

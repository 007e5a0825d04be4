/** A line to a server that can be cut at a COMMIT. */
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** Where the line is cut: before the server hears the COMMIT (and it is left waiting), or after it has answered. */
export type Cut = 'before COMMIT arrives' | 'after COMMIT was answered';

/** A server as seen through the line. */
export interface Line {
  readonly port: number;
  /** Cuts the line of the next COMMIT that comes by. */
  cutNext(cut: Cut): void;
  /** Cuts the next connection when the server has answered so many packets of its client's. */
  cutAfter(packets: number): void;
  /** Whether new connections are let through. */
  allow(yes: boolean): void;
  /** How many lines were cut. */
  cuts(): number;
  close(): Promise<void>;
}

/** Lays a line to a port of this machine. */
export async function layLine(to: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let next: Cut | undefined;
  let packetsLeft = Number.POSITIVE_INFINITY;
  let allowed = true;
  let cuts = 0;

  const listener = createServer((client) => {
    if (!allowed) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: to, host: '127.0.0.1', noDelay: true });
    let isCut = false;
    let answering = false;
    let left = packetsLeft;
    packetsLeft = Number.POSITIVE_INFINITY;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (data) => {
      const isCommit = next !== undefined && data.includes('COMMIT');
      if (isCommit) cuts += 1;
      if (isCommit && next === 'before COMMIT arrives') {
        // The server's side stays open: to the server it is a client that thinks.
        isCut = true;
        client.destroy();
      } else server.write(data);
      left -= 1;
      if (left === 0) cuts += 1;
      if (left === 0 || (isCommit && next === 'after COMMIT was answered')) answering = true;
      if (isCommit) next = undefined;
    });
    server.on('data', (data) => {
      if (answering) client.destroy();
      else client.write(data);
    });
    client.on('close', () => {
      if (!isCut) server.end();
    });
    server.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  return {
    port,
    cutNext: (cut) => (next = cut),
    cutAfter: (packets) => (packetsLeft = packets),
    allow: (yes) => (allowed = yes),
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}

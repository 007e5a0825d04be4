import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  /** How long the headers of a request may take to come. */
  readonly headersTimeoutMs?: number;
  /** How long a whole request may take to come. */
  readonly requestTimeoutMs?: number;
}

/** A server that listens. */
export interface Serving {
  readonly url: string;
  /** Takes no new requests and finishes those under way; what is not done after a time is cut. */
  drain(options?: { readonly timeoutMs?: number }): Promise<void>;
}

const MAX_SOCKETS = 2_000;

/** Serves an application over HTTP/1.1 with bounds on how long and how many. */
export async function serve(app: Express, options: ServeOptions): Promise<Serving> {
  const { port, host, headersTimeoutMs = 10_000, requestTimeoutMs = 60_000 } = options;
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    },
    app,
  );
  server.maxConnections = MAX_SOCKETS;
  server.on('clientError', refuseGarbage);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return { url: urlOf(server), drain: ({ timeoutMs = 8_000 } = {}) => drain(server, timeoutMs) };
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function drain(server: Server, timeoutMs: number): Promise<void> {
  // A line that is kept alive ends with the answer that is under way on it.
  server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'));
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), timeoutMs);
  return ended.finally(() => {
    clearInterval(idle);
    clearTimeout(late);
  });
}

const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what is no HTTP, and requests that take too long to come, and lets the line go. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  socket.end(`HTTP/1.1 ${STATUS_OF[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

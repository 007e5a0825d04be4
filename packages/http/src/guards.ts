import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Whether a name and port mean this machine. */
function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Refuses a `Host` that is not this machine: a page whose name was turned to 127.0.0.1 (DNS rebinding) carries its own.
 */
export function guardHost({ headers }: IncomingMessage): void {
  if (isLoopback(headers.host ?? '')) return;
  throw new Problem(403, 'host-refused', 'Before there are accounts the service answers to localhost and 127.0.0.1 only.');
}

/** Refuses a write that another site's page asks for: by Sec-Fetch-Site, where the browser says it, and by Origin. */
export function guardOrigin({ method, headers }: IncomingMessage): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'];
  const { origin, host } = headers;
  const isForeign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  if (site !== 'cross-site' && !isForeign) return;
  throw new Problem(403, 'origin-refused', 'Another site may not write here.');
}

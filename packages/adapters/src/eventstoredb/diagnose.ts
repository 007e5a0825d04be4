/** What an operator should know of a ledger in EventStoreDB. */
import type { Diagnosis, DiagnosisOptions } from '@kakeibo/core';

import type { Address } from './address.ts';
import type { Log } from './log.ts';

const LOOPBACK = /^(localhost|127[.]\d+[.]\d+[.]\d+|\[::1\])$/;

const MEGABYTE = 1_000_000;

async function lookAtLog(log: Log): Promise<Diagnosis> {
  try {
    await log.catchUp();
    const { size, bytes } = log.fold.places;
    return { what: 'log', state: 'ok', message: `${size} events, whose places take ${Math.ceil(bytes / MEGABYTE)} MB of memory` };
  } catch (error) {
    return { what: 'log', state: 'bad', message: error instanceof Error ? error.message : String(error) };
  }
}

function lookAtIds(log: Log): Diagnosis {
  const { doubled } = log.fold;
  if (doubled === 0) return { what: 'event ids', state: 'ok', message: 'each is in the log once' };
  const message = `${doubled} are in the log a second time, in another stream: two processes wrote them at the same moment, or another program did`;
  return { what: 'event ids', state: 'bad', message };
}

function lookAtConnection({ tls, credentials, endpoints }: Address): readonly Diagnosis[] {
  const near = endpoints.every(({ address }) => LOOPBACK.test(address));
  const secret: Diagnosis = tls
    ? { what: 'encryption', state: 'ok', message: 'TLS' }
    : { what: 'encryption', state: near ? 'ok' : 'weak', message: 'none: everybody on the way reads along; use tls=true' };
  const known: Diagnosis =
    tls && credentials !== undefined
      ? { what: 'credentials', state: 'ok', message: 'given' }
      : {
          what: 'credentials',
          state: near ? 'ok' : 'weak',
          message: tls
            ? 'none: whoever reaches the server may write'
            : 'none are sent without TLS: whoever reaches the server may write',
        };
  return [secret, known];
}

/**
 * Looks at the connection and at the log. Nothing is changed.
 *
 * @example
 * const found = await diagnoseEventStore({ address, log, depth: 'all' });
 */
export async function diagnoseEventStore({
  address,
  log,
  depth,
}: {
  readonly address: Address;
  readonly log: Log;
  readonly depth: NonNullable<DiagnosisOptions['depth']>;
}): Promise<readonly Diagnosis[]> {
  return [...(depth === 'all' ? [await lookAtLog(log)] : []), lookAtIds(log), ...lookAtConnection(address)];
}

/** What the client throws, as what to do about it. */
import { StoreError } from '@kakeibo/core';
import type { StoreErrorCode } from '@kakeibo/core';

/** The server did not answer in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The client's own word for what went wrong; nothing for an error that is not the client's. */
export function typeOf(error: unknown): string | undefined {
  return error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

/** Refusals: nothing was written, and asking again changes nothing. */
const REFUSALS: Readonly<Record<string, readonly [StoreErrorCode, string]>> = {
  'access-denied': [
    'refused',
    'EventStoreDB refuses these credentials: check name and password, and that the user may read $all and write (by default an administrator may)',
  ],
  'maximum-append-size-exceeded': [
    'unavailable',
    'EventStoreDB refuses an append of this size: raise MaxAppendSize at the server, or do it in smaller steps',
  ],
  'stream-deleted': [
    'incompatible',
    'EventStoreDB has deleted the stream for good: a ledger without it is not whole, restore a backup',
  ],
  'stream-tombstoned': ['incompatible', 'EventStoreDB has deleted the stream for good: restore a backup'],
};

/**
 * What OpenSSL and Node say of a certificate that is not good, and of a server without TLS. The client hands on their words and no
 * code. A line that broke during the handshake is none of it.
 */
const NO_TLS =
  /Last error: Error: (?!.*(connect|getaddrinfo) E).*(certificate|wrong version number|unknown ca|handshake failure|unsupported protocol)/i;

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').trim() : String(error);
}

function hasNoTls(error: unknown): boolean {
  return typeOf(error) === 'unavailable' && NO_TLS.test(wordsOf(error));
}

/** Whether asking again can help. Whatever is not understood may pass. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof StoreError) && REFUSALS[typeOf(error) ?? ''] === undefined && !hasNoTls(error);
}

/** Whether the server said that nothing was written. */
export function wroteNothing(error: unknown): boolean {
  return ['not-leader', 'wrong-expected-version'].includes(typeOf(error) ?? '') || !mayPass(error);
}

/** What to throw for it. */
export function failureOf(error: unknown, where: string): StoreError {
  if (error instanceof StoreError) return error;
  const [code, message] = REFUSALS[typeOf(error) ?? ''] ?? [];
  if (code !== undefined) return new StoreError(code, message ?? '', { cause: error });
  if (error instanceof NoAnswer)
    return new StoreError('unavailable', `EventStoreDB at ${where} does not answer: ${error.message}`);
  const said = wordsOf(error);
  if (hasNoTls(error))
    return new StoreError(
      'refused',
      `no safe (TLS) connection to EventStoreDB at ${where}: name its ca, or say tls=false (${said})`,
      {
        cause: error,
      },
    );
  return new StoreError('unavailable', `EventStoreDB at ${where} cannot be reached: ${said}`, { cause: error });
}

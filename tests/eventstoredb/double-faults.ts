/** What can go wrong with the double. */
import { Metadata } from '@grpc/grpc-js';
import type { ServerErrorResponse, status } from '@grpc/grpc-js';

/** What can go wrong, set by a test while the double runs. */
export interface DoubleFaults {
  /** What is taken and never answered. */
  readonly silent: Set<'read' | 'append' | 'subscribe'>;
  /** So many writes are done and not answered: by silence, or by a connection that is cut. */
  loseReplies: number;
  howLost: 'silence' | 'cut';
  /** So many reads are cut after so many events. */
  cutReads: number;
  cutReadsAfter: number;
  /** Awaited when a read has told all, before it ends. */
  beforeReadEnds?: (() => Promise<void>) | undefined;
  /** Awaited before a subscription tells of the event with this id. */
  beforeFollowed?: ((id: string) => Promise<void>) | undefined;
  /** Awaited before a write is done whose first event has this id. */
  beforeAppend?: ((id: string) => Promise<void>) | undefined;
  refuseAppend?: ((stream: string) => ServerErrorResponse | undefined) | undefined;
  /** The running subscriptions: calling one cuts it. */
  readonly subscriptions: Set<() => void>;
  /** How many writes were judged. */
  appends: number;
  /** The node that leads instead of this one. */
  leader?: { readonly port: number } | undefined;
}

/** Nothing. */
export function noFaults(): DoubleFaults {
  return {
    silent: new Set(),
    loseReplies: 0,
    howLost: 'cut',
    cutReads: 0,
    cutReadsAfter: 0,
    subscriptions: new Set(),
    appends: 0,
  };
}

/** A failure as gRPC carries it: a status, and the server's own word for it. */
export function failure(code: status, details: string, exception?: string, more: Readonly<Record<string, string>> = {}) {
  const metadata = new Metadata();
  if (exception !== undefined) metadata.set('exception', exception);
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

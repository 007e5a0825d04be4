import { canonical, digest, eventIdsOf } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import type { JsonObject, NewEvent, Position, Version } from '../ports/event-store.ts';
import type { Recorded } from '../projection.ts';
import { encode } from '../wallet/codec.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import type { WalletEvent } from '../wallet/events.ts';

/** A command on its way, with the id that makes it take effect once. */
export interface Job {
  readonly command: WalletCommand;
  readonly commandId: string;
  readonly actor?: string;
  readonly expected?: Version;
  /** The stored events of the change that the command is about, when it is about one. */
  readonly change?: readonly Recorded<WalletEvent>[];
}

/** What came of a job: the events it caused, now or the first time, and the balance (in minor units) after them. */
export type Handled =
  | {
      readonly kind: 'recorded' | 'repeated';
      readonly events: readonly Recorded<WalletEvent>[];
      readonly version: Version;
      readonly position: Position;
      readonly balance: string;
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'conflict'; readonly expected: Version; readonly actual: Version };

/** A job that waits for its answer. */
export interface Pending {
  readonly job: Job;
  readonly digest: string;
  readonly eventId: (index: number) => string;
  tries: number;
  resolve(handled: Handled): void;
  reject(error: unknown): void;
}

/** Queues a job: the promise is its answer. */
export function pendingOf(stream: string, job: Job): { readonly pending: Pending; readonly handled: Promise<Handled> } {
  const { promise, resolve, reject } = Promise.withResolvers<Handled>();
  const pending = { job, digest: digestOf(job.command), eventId: eventIdsOf(stream, job.commandId), tries: 0, resolve, reject };
  return { pending, handled: promise };
}

/** What a command says, in one spelling: equal content gives equal digests. */
function digestOf(command: WalletCommand): string {
  return digest(canonical(command as unknown as JsonObject));
}

/** A job that was decided: events to be stored after a version (none, when it changes nothing), or an answer. */
export interface Write {
  readonly pending: Pending;
  readonly events: readonly WalletEvent[];
  readonly at: Version;
  readonly balance: string;
}
export type Plan = Write | { readonly pending: Pending; readonly answer: Handled };

export function isWrite(planned: Plan): planned is Write {
  return 'events' in planned && planned.events.length > 0;
}

/** The events of a decided job as they are stored. The first carries the digest of the command. */
export function newEventsOf({ pending: { job, digest: content, eventId }, events }: Write): readonly NewEvent[] {
  const meta = { commandId: job.commandId, ...(job.actor === undefined ? {} : { actor: job.actor }) };
  return events.map((event, index) => ({
    id: eventId(index),
    ...encode(event),
    meta: index === 0 ? { ...meta, digest: content } : meta,
  }));
}

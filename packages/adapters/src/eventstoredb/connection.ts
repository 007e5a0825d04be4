/** The client, with a limit of time around every call. */
import { setTimeout as sleep } from 'node:timers/promises';

import type {
  AllStreamResolvedEvent,
  EventData,
  EventStoreDBClient,
  Position,
  ResolvedEvent,
  SingleNodeOptions,
} from '@eventstore/db-client';
import { StoreError } from '@kakeibo/core';

import type { Address } from './address.ts';
import { NoAnswer, typeOf } from './failure.ts';

export type { AllStreamResolvedEvent, EventData, Position, ResolvedEvent };

/** What is asked of EventStoreDB. Every call rejects when nothing came for the given time. */
export interface Connection {
  /** How it is called in messages: hosts, no names or passwords. */
  readonly where: string;
  /** Hands over what `$all` has from a place on, that of the place included; tells how much it was. */
  readAll(
    from: Position | undefined,
    limit: number,
    idleMs: number,
    each: (event: AllStreamResolvedEvent) => void,
  ): Promise<number>;
  /** The last event of all, when there is one. */
  last(idleMs: number): Promise<Position | undefined>;
  /** A stream's events from a revision on; none when there is no such stream. */
  readStream(stream: string, from: bigint, limit: number, idleMs: number): Promise<readonly ResolvedEvent[]>;
  /** Writes all or none, if the stream ends with this revision (-1: is not there). */
  append(stream: string, events: readonly EventData[], expected: number, deadlineMs: number): Promise<void>;
  follow(from: Position | undefined, prefixes: string[], handlers: FollowHandlers): Following;
  /** Lets go of the server. What is under way fails. */
  end(): Promise<void>;
}

/** What a running read of `$all` tells. */
export interface FollowHandlers {
  readonly event: (event: AllStreamResolvedEvent) => void;
  /** Everything up to here was told. */
  readonly upTo: (position: Position) => void;
  /** Something came, be it only that there is nothing. */
  readonly caughtUp: () => void;
}

/** A running read of `$all`, until it breaks or is stopped. */
export interface Following {
  readonly ended: Promise<void>;
  stop(): void;
}

/** How long the goodbye may take. */
const GOODBYE_MS = 1_000;

async function load(): Promise<typeof import('@eventstore/db-client')> {
  try {
    return await import('@eventstore/db-client');
  } catch (cause) {
    throw new StoreError(
      'refused',
      'EventStoreDB needs its client, which is not installed: npm install @eventstore/db-client@6',
      {
        cause,
      },
    );
  }
}

/** Settles as the work does, or rejects when that takes longer. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const late = sleep(ms, undefined, { signal: stop.signal }).then(() => {
    throw new NoAnswer(`nothing came within ${Math.ceil(ms)} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}

interface Reading<Event> {
  on(name: 'data', listener: (event: Event) => void): unknown;
  on(name: 'error', listener: (error: Error) => void): unknown;
  on(name: 'end' | 'close', listener: () => void): unknown;
  cancel(): Promise<void>;
}

/** Reads a stream to its end. The listener for errors stays: the client emits some when nobody waits any more. */
function drained<Event>(reading: Reading<Event>, idleMs: number, each: (event: Event) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = (): void => fail(new NoAnswer(`nothing came within ${Math.ceil(idleMs)} ms`));
    let timer = setTimeout(late, idleMs);
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(error instanceof Error ? error : new Error(String(error)));
      reading.cancel().catch(() => undefined);
    };
    reading.on('error', (error) => fail(error));
    reading.on('close', () => fail(new Error('the connection was closed')));
    reading.on('end', () => {
      clearTimeout(timer);
      resolve();
    });
    reading.on('data', (event) => {
      clearTimeout(timer);
      timer = setTimeout(late, idleMs);
      try {
        each(event);
      } catch (error) {
        fail(error);
      }
    });
  });
}

/**
 * The client's class, with two changes. It appends one call at a time: the batch append that it prefers has no time limit, keeps
 * what is pending in one list for all clients of the process, so that one's broken connection fails the others, and throws out
 * of a callback when an answer comes after that. And it closes the connection in the end.
 */
async function connect(address: Address): Promise<EventStoreDBClient & { end(): Promise<void> }> {
  const { EventStoreDBClient: Client } = await load();
  class Appending extends Client {
    #channel: Promise<{ close(): void }> | undefined;
    protected override supports = async (): Promise<boolean> => false;

    constructor(...settings: ConstructorParameters<typeof Client>) {
      super(...settings);
      const open = this.getChannel;
      this.getChannel = () => {
        const opened = open();
        this.#channel = opened;
        return opened;
      };
    }

    async end(): Promise<void> {
      await this.dispose();
      const channel = await this.#channel?.catch(() => undefined);
      channel?.close();
    }
  }
  const { endpoints, discover, settings, tls, ca, certificate, credentials } = address;
  const [first] = endpoints;
  const nodes = discover ? { discover: first } : endpoints.length > 1 ? { endpoints } : { endpoint: first };
  return new Appending(
    { ...settings, ...nodes } as SingleNodeOptions,
    {
      insecure: !tls,
      ...(ca === undefined ? {} : { rootCertificate: ca }),
      ...(certificate === undefined ? {} : { userCertFile: certificate.certificate, userKeyFile: certificate.key }),
    },
    credentials,
  );
}

/**
 * Makes a connection. Nothing is asked of the server before the first call.
 *
 * @example
 * const connection = await createConnection(parseAddress('esdb://localhost:2113?tls=false'));
 */
export async function createConnection(address: Address): Promise<Connection> {
  const client = await connect(address);
  // A node that is not the leader may be behind: it answers where the leader is, and the client goes there.
  const requiresLeader = true;
  return {
    where: address.endpoints.map(({ address: host, port }) => `${host}:${port}`).join(','),
    async readAll(from, limit, idleMs, each) {
      let count = 0;
      const reading = client.readAll({ fromPosition: from ?? 'start', maxCount: limit, requiresLeader });
      await drained<AllStreamResolvedEvent>(reading, idleMs, (event) => {
        count += 1;
        each(event);
      });
      return count;
    },
    async last(idleMs) {
      let position: Position | undefined;
      const reading = client.readAll({ fromPosition: 'end', direction: 'backwards', maxCount: 1, requiresLeader });
      await drained<AllStreamResolvedEvent>(reading, idleMs, ({ event }) => (position = event?.position));
      return position;
    },
    async readStream(stream, from, limit, idleMs) {
      const events: ResolvedEvent[] = [];
      const reading = client.readStream(stream, { fromRevision: from, maxCount: limit, requiresLeader });
      try {
        await drained<ResolvedEvent>(reading, idleMs, (event) => events.push(event));
      } catch (error) {
        if (typeOf(error) !== 'stream-not-found') throw error;
      }
      return events;
    },
    async append(stream, events, expected, deadline) {
      const expectedRevision = expected < 0 ? 'no_stream' : BigInt(expected);
      await within(deadline, client.appendToStream(stream, [...events], { expectedRevision, requiresLeader, deadline }));
    },
    follow(from, prefixes, handlers) {
      const reading = client.subscribeToAll({
        fromPosition: from ?? 'start',
        requiresLeader,
        filter: {
          filterOn: 'streamName',
          prefixes,
          checkpointInterval: 1,
          // Told out of turn: what came before may still lie in the client's buffer, and then it is not yet true.
          checkpointReached: (_, position) => (reading.readableLength === 0 ? handlers.upTo(position) : undefined),
        },
      });
      const ended = new Promise<void>((resolve) => {
        reading.on('error', () => resolve());
        reading.on('end', () => resolve());
        reading.on('close', () => resolve());
        reading.on('caughtUp', () => handlers.caughtUp());
        reading.on('data', (event: AllStreamResolvedEvent) => {
          try {
            handlers.event(event);
          } catch {
            // What is wrong with the log is remembered by whoever reads it.
            reading.unsubscribe().catch(() => undefined);
            resolve();
          }
        });
      });
      return { ended, stop: () => void reading.unsubscribe().catch(() => undefined) };
    },
    end: () => within(GOODBYE_MS, client.end()).catch(() => undefined),
  };
}

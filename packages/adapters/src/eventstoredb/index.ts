/** A ledger's events in EventStoreDB. Its views live in any other store. */
import { StoreError } from '@kakeibo/core';
import type { Clock, Diagnosis, DiagnosisOptions, EventStore, Follower, ViewStore } from '@kakeibo/core';

import { parseAddress } from './address.ts';
import type { Address, Credentials } from './address.ts';
import { createAppender } from './appender.ts';
import { createConnection } from './connection.ts';
import { diagnoseEventStore } from './diagnose.ts';
import { createEventStore } from './event-store.ts';
import { createHealthCheck } from './health.ts';
import type { EventStoreHealth } from './health.ts';
import { openLog } from './log.ts';

export type { Credentials } from './address.ts';
export type { EventStoreHealth } from './health.ts';

/** How to reach an EventStoreDB. */
export interface EventStoreOptions {
  /**
   * `esdb://name:password@host:2113?tls=true&tlsCAFile=ca.pem`; several hosts with commas, or `esdb+discover://` for a cluster's
   * name.
   */
  readonly connectionString: string;
  /** Name and password, instead of those in the connection string. Sent over TLS only. */
  readonly credentials?: Credentials;
  /** The authority that signed the server's certificate, as PEM, instead of `tlsCAFile`. */
  readonly ca?: string;
  /** The ledger's name, with which its streams begin: `kakeibo-wallet-1`. Lower-case letters, digits and `_`. Default `kakeibo`. */
  readonly ledger?: string;
  /** How long the server may leave a call without an answer. Default 10,000. */
  readonly deadlineMs?: number;
  /** Where the views live: the store that another opener gives. It stays the caller's to close. */
  readonly views: ViewStore;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** What an opened store works with. */
export interface EventStoreSettings {
  readonly hosts: string;
  readonly tls: boolean;
  readonly ledger: string;
  /** Events that are in the log, and the memory that their places take. */
  readonly events: number;
  readonly indexBytes: number;
}

/** An opened store. */
export interface OpenedEventStore {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly settings: EventStoreSettings;
  /** Reads for real, and has the server judge a write that it refuses, so that nothing is left behind. */
  check(options?: { readonly timeoutMs?: number }): Promise<EventStoreHealth>;
  /** What an operator should know. Nothing is changed. */
  diagnose(options?: DiagnosisOptions): Promise<readonly Diagnosis[]>;
  /** Finishes what is under way and lets the server go. Calling it again does nothing. */
  close(): Promise<void>;
}

const LEDGER = /^[a-z0-9_]{1,40}$/;

function addressOf({ connectionString, credentials, ca }: EventStoreOptions): Address {
  return {
    ...parseAddress(connectionString),
    ...(credentials === undefined ? {} : { credentials }),
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }),
  };
}

/**
 * Opens a ledger's events in EventStoreDB, version 22.10 or newer. Reads the log once, to know the position and the record time
 * of each event.
 *
 * @example
 * const { views } = await openSqlite({ file: 'data/views.db' });
 * const { events, close } = await openEventStore({ connectionString: 'esdb://localhost:2113?tls=false', views });
 */
export async function openEventStore(options: EventStoreOptions): Promise<OpenedEventStore> {
  const { ledger = 'kakeibo', views, clock = { now: () => Date.now() } } = options;
  // A name without a hyphen is never the beginning of another ledger's.
  if (!LEDGER.test(ledger))
    throw new StoreError('refused', "a ledger's name in EventStoreDB has 1 to 40 lower-case letters, digits and _");
  const prefix = `${ledger}-`;
  const address = addressOf(options);
  const deadlineMs = options.deadlineMs ?? Number(address.settings['defaultDeadline'] ?? 10_000);
  if (!Number.isFinite(deadlineMs) || deadlineMs <= 0) throw new StoreError('refused', 'a deadline is longer than nothing');
  const connection = await createConnection(address);
  const followers = new Set<Follower>();
  const grown = (): void => {
    for (const follower of followers) follower.wake();
  };
  const log = await openLog({ connection, prefix, deadlineMs, grown });
  const appender = createAppender({ connection, log, clock, prefix, deadlineMs });
  const events = createEventStore({ connection, log, appender, prefix, followers });
  return {
    events,
    views,
    get settings() {
      const { size, bytes } = log.fold.places;
      return { hosts: connection.where, tls: address.tls, ledger, events: size, indexBytes: bytes };
    },
    check: createHealthCheck({ connection, log, ledger }),
    diagnose: ({ depth = 'all' } = {}) => diagnoseEventStore({ address, log, depth }),
    close: () => events.close(),
  };
}

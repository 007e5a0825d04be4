/** The reference store of leases and of what is done under them: the shortest code that keeps the contract. */
import { parseJson } from '../json.ts';
import { assertHold, assertMessageIds, assertSwap, encodeHandled, isSameLease } from '../lease-rules.ts';
import type { EncodedMessage } from '../lease-rules.ts';
import { StoreError } from '../ports/event-store.ts';
import type { JsonObject } from '../ports/event-store.ts';
import type { Hold, Lease, LeaseStore } from '../ports/lease-store.ts';
import type { Outbox } from '../ports/outbox.ts';
import { assertName, assertPage } from '../store-rules.ts';

interface Followed {
  position: number;
  /** By id, in the order in which they came. */
  readonly messages: Map<string, EncodedMessage & { readonly place: number; isDone: boolean }>;
}

/** Leases, and the outbox that is written under them. */
export interface MemoryLeases {
  readonly leases: LeaseStore;
  readonly outbox: Outbox;
}

/**
 * Leases and an outbox in memory, for tests and for programs that run alone: they forget everything when they are closed.
 *
 * @example
 * const { leases, outbox } = createMemoryLeases();
 * await leases.swap('runner', undefined, { holder: 'one', token: 1, beat: 0, ttlMs: 5_000 }); // true
 * await outbox.checkpoint('mail'); // 0
 */
export function createMemoryLeases(): MemoryLeases {
  const terms = new Map<string, Lease>();
  return { leases: leasesOver(terms), outbox: outboxOver(terms) };
}

function createDoor(): { assertOpen(): void; close(): Promise<void> } {
  let closed = false;
  return {
    assertOpen() {
      if (closed) throw new StoreError('closed', 'the store was closed');
    },
    async close() {
      closed = true;
    },
  };
}

function leasesOver(terms: Map<string, Lease>): LeaseStore {
  const { assertOpen, close } = createDoor();
  return {
    async read(name) {
      assertOpen();
      assertName(name, 'the name of a lease');
      return terms.get(name);
    },
    async swap(name, seen, next) {
      assertOpen();
      assertSwap(name, seen, next);
      if (!isSameLease(terms.get(name), seen)) return false;
      terms.set(name, { ...next });
      return true;
    },
    close,
  };
}

function outboxOver(terms: ReadonlyMap<string, Lease>): Outbox {
  const { assertOpen, close } = createDoor();
  const kept = new Map<string, Followed>();

  const isOver = (hold: Hold): boolean => {
    assertHold(hold);
    const term = terms.get(hold.lease);
    return term === undefined || term.holder === null || term.token !== hold.token;
  };

  return {
    async checkpoint(name) {
      assertOpen();
      assertName(name, 'the name of a checkpoint');
      return kept.get(name)?.position ?? 0;
    },
    async commit(hold, handled) {
      assertOpen();
      const { name, after, upTo, messages } = encodeHandled(handled);
      if (isOver(hold)) return 'fenced';
      const own: Followed = kept.get(name) ?? { position: 0, messages: new Map() };
      if (own.position !== after) return 'stale';
      kept.set(name, own);
      own.position = upTo;
      for (const message of messages)
        if (!own.messages.has(message.id))
          own.messages.set(message.id, { ...message, place: own.messages.size + 1, isDone: false });
      return 'committed';
    },
    async pending(name, limit) {
      assertOpen();
      assertPage({ limit });
      const open = [...(kept.get(name)?.messages.values() ?? [])].filter(({ isDone }) => !isDone);
      return open.slice(0, limit).map(({ place, id, type, data }) => ({ place, id, type, data: parseJson(data) as JsonObject }));
    },
    async settle(hold, name, ids) {
      assertOpen();
      assertMessageIds(ids);
      if (isOver(hold)) return 'fenced';
      for (const id of ids) {
        const message = kept.get(name)?.messages.get(id);
        if (message !== undefined) message.isDone = true;
      }
      return 'settled';
    },
    close,
  };
}

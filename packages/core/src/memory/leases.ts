/** The reference store of leases and of what is done under them: the shortest code that keeps the contract. */
import { parseJson } from '../json.ts';
import { assertHold, assertMessageIds, assertSwap, encodeHandled, isSameLease, REMOVED_AT_ONCE } from '../lease-rules.ts';
import type { EncodedMessage } from '../lease-rules.ts';
import { StoreError } from '../ports/event-store.ts';
import type { JsonObject } from '../ports/event-store.ts';
import type { Hold, Lease, LeaseStore } from '../ports/lease-store.ts';
import { DONE_KEPT, type Outbox } from '../ports/outbox.ts';
import { assertName, assertPage } from '../store-rules.ts';

interface Followed {
  position: number;
  lastPlace: number;
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
 * await outbox.checkpoint('mail'); // undefined
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

function removeOld({ messages, lastPlace }: Followed): void {
  const old = [...messages.values()].filter(({ isDone, place }) => isDone && place < lastPlace - DONE_KEPT);
  for (const { id } of old.slice(0, REMOVED_AT_ONCE)) messages.delete(id);
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
      return kept.get(name)?.position;
    },
    async commit(hold, handled) {
      assertOpen();
      const { name, after, upTo, messages } = encodeHandled(handled);
      if (isOver(hold)) return 'fenced';
      const own: Followed = kept.get(name) ?? { position: 0, lastPlace: 0, messages: new Map() };
      if (own.position !== after) return 'stale';
      kept.set(name, own);
      own.position = upTo;
      for (const message of messages)
        if (!own.messages.has(message.id))
          own.messages.set(message.id, { ...message, place: (own.lastPlace += 1), isDone: false });
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
      const own = kept.get(name);
      for (const id of ids) {
        const message = own?.messages.get(id);
        if (message !== undefined) message.isDone = true;
      }
      if (own !== undefined) removeOld(own);
      return 'settled';
    },
    close,
  };
}

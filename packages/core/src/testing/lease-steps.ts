/** What the cases of leases and outboxes are made of. */
import type { Hold, Lease, LeaseStore } from '../ports/lease-store.ts';
import type { Message, NewMessage, Outbox } from '../ports/outbox.ts';
import { equal } from './contract.ts';

/** What is looked at: leases, and the outbox that is written under them. */
export interface Leased {
  readonly leases: LeaseStore;
  readonly outbox: Outbox;
}

export const LEASE = 'runner';

export function term(holder: string | null, token: number, beat = 0): Lease {
  return { holder, token, beat, ttlMs: 5_000 };
}

export function hold(token: number, lease = LEASE): Hold {
  return { lease, token };
}

/** Takes a lease, or takes it over, and insists on getting it. */
export async function taken(leases: LeaseStore, holder: string, token = 1, name = LEASE): Promise<Hold> {
  equal(await leases.swap(name, await leases.read(name), term(holder, token)), true, `${holder} takes ${name}`);
  return hold(token, name);
}

export function message(id: string, data: NewMessage['data'] = { to: id }): NewMessage {
  return { id, type: 'Mail', data };
}

interface Step {
  readonly after: number;
  readonly upTo: number;
  readonly messages?: readonly NewMessage[];
  readonly name?: string;
}

/** Commits and insists on the answer. */
export async function committed(
  outbox: Outbox,
  held: Hold,
  { after, upTo, messages = [], name = 'mail' }: Step,
  answer: 'committed' | 'fenced' | 'stale' = 'committed',
): Promise<void> {
  equal(await outbox.commit(held, { name, after, upTo, messages }), answer, `a commit from ${after} to ${upTo}`);
}

/** What there is, in short: the checkpoint, and the ids of what is not done. */
export async function standing(outbox: Outbox, name = 'mail'): Promise<readonly [number | undefined, readonly string[]]> {
  return [await outbox.checkpoint(name), idsOf(await outbox.pending(name, 10_000))];
}

export function idsOf(messages: readonly Message[]): readonly string[] {
  return messages.map(({ id }) => id);
}

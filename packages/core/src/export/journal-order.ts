import type { WalletId } from '../ids.ts';
import type { JournalSource, JournalVoids, JournalWalletSource } from './journal-source.ts';

/** An entry at its place in the journal; with the other side when the two make one transaction. */
export interface Placed {
  readonly wallet: JournalWalletSource;
  readonly entry: JournalSource;
  readonly received?: { readonly wallet: JournalWalletSource; readonly entry: JournalSource };
}

type Item = Required<Pick<Placed, 'wallet' | 'entry'>>;

/** The two sides of transfers that agree, each found by the other. */
type Partners = Map<JournalSource, Item>;

/** Every entry, by date, and within a day in the order of its wallet. */
export function* inBookOrder(wallets: readonly JournalWalletSource[], voids: JournalVoids): Generator<Placed> {
  const items = wallets.flatMap((wallet) =>
    wallet.entries.filter((entry) => voids === 'audit' || entry.void !== true).map((entry): Item => ({ wallet, entry })),
  );
  const partners = partnersOf(items);
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const { occurredOn } = item.entry.facts;
    const day = days.get(occurredOn);
    if (day === undefined) days.set(occurredOn, [item]);
    else day.push(item);
  }
  for (const date of [...days.keys()].sort()) yield* inDayOrder(days.get(date) ?? [], partners);
}

/**
 * The entries of a day. A pair waits until both of its sides are next in their wallets. Where pairs wait for one another (A
 * sent before it received, B too, and each got what the other sent first), one pair is parted into two sides by themselves.
 */
function* inDayOrder(items: readonly Item[], partners: Partners): Generator<Placed> {
  const queues = new Map<WalletId, Item[]>();
  for (const item of items) {
    const queue = queues.get(item.wallet.id);
    if (queue === undefined) queues.set(item.wallet.id, [item]);
    else queue.push(item);
  }
  // Turned round, so that the next one is taken off the end.
  for (const queue of queues.values()) queue.sort((one, other) => other.entry.version - one.entry.version);
  while (queues.size > 0) {
    let moved = false;
    for (const [id, queue] of queues) {
      for (let next = queue.at(-1); next !== undefined; next = queue.at(-1)) {
        const partner = partners.get(next.entry);
        const across = partner === undefined ? undefined : queues.get(partner.wallet.id);
        if (partner !== undefined && across?.at(-1)?.entry !== partner.entry) break;
        queue.pop();
        moved = true;
        if (partner === undefined) yield next;
        else {
          across?.pop();
          yield next.entry.facts.kind === 'sent' ? { ...next, received: partner } : { ...partner, received: next };
        }
      }
      if (queue.length === 0) queues.delete(id);
    }
    if (!moved) part([...queues.values()].find((queue) => queue.length > 0)?.at(-1), partners);
  }
}

function part(item: Item | undefined, partners: Partners): void {
  const partner = item === undefined ? undefined : partners.get(item.entry);
  if (item !== undefined) partners.delete(item.entry);
  if (partner !== undefined) partners.delete(partner.entry);
}

/** Finds the sides that belong together: one transfer, each other's wallets, one day, and the amounts that both name. */
function partnersOf(items: readonly Item[]): Partners {
  const sent = new Map<string, Item>();
  for (const item of items) {
    const { kind, transfer } = item.entry.facts;
    if (kind === 'sent' && transfer !== undefined && item.entry.void !== true) sent.set(transfer.id, item);
  }
  const partners: Partners = new Map();
  for (const item of items) {
    const { kind, transfer } = item.entry.facts;
    const other = kind === 'received' && transfer !== undefined && item.entry.void !== true ? sent.get(transfer.id) : undefined;
    if (other === undefined || !agree(other, item) || partners.has(other.entry)) continue;
    partners.set(item.entry, other);
    partners.set(other.entry, item);
  }
  return partners;
}

function agree(sent: Item, received: Item): boolean {
  const [one, other] = [sent.entry.facts, received.entry.facts];
  return (
    sent.wallet.id !== received.wallet.id &&
    one.transfer?.wallet === received.wallet.id &&
    other.transfer?.wallet === sent.wallet.id &&
    one.occurredOn === other.occurredOn &&
    one.amount.currency === other.transfer.other.currency &&
    one.amount.minor === other.transfer.other.minor
  );
}

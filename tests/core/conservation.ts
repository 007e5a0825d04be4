import {
  createLedger,
  createMemoryViewStore,
  decode,
  parseTotal,
  type CurrencyCode,
  type EventStore,
  type Money,
} from '@kakeibo/core';
import { expect } from 'vitest';

/** A store as it was when its log had so many events. */
export function asOf(store: EventStore, position: number): EventStore {
  return {
    ...store,
    append: () => Promise.reject(new Error('the past is not written')),
    async read(stream, slice) {
      return (await store.read(stream, slice)).filter((event) => event.position <= position);
    },
    async readAll(slice) {
      return (await store.readAll(slice)).filter((event) => event.position <= position);
    },
    async find(stream, ids) {
      return (await store.find(stream, ids)).filter((event) => event.position <= position);
    },
  };
}

class Sums {
  readonly #sums = new Map<CurrencyCode, bigint>();

  add({ minor, currency }: Money, sign: 1n | -1n = 1n): void {
    this.#sums.set(currency, (this.#sums.get(currency) ?? 0n) + sign * minor);
  }

  text(text: string, currency: CurrencyCode, sign: 1n | -1n = 1n): void {
    const amount = parseTotal(text, currency);
    if (typeof amount !== 'object') throw new Error(`${text} is an amount`);
    this.add(amount, sign);
  }

  get all(): object {
    return Object.fromEntries([...this.#sums].filter(([, sum]) => sum !== 0n));
  }
}

/** What conversions between currencies took and made: counted from the log alone, by what was received and given back. */
async function addConversions(store: EventStore, sums: Sums): Promise<void> {
  const convert = (arrived: Money, left: Money, sign: 1n | -1n): void => {
    if (arrived.currency === left.currency) return;
    sums.add(left, sign);
    sums.add(arrived, sign === 1n ? -1n : 1n);
  };
  for (const stored of await store.readAll({ after: 0, limit: 10_000 })) {
    const { event } = decode(stored);
    if (event.type === 'TransferReceived') convert(event.entry.amount, event.entry.transfer.other, 1n);
    if (event.type === 'TransferGivenBack') convert(event.entry.amount, event.entry.transfer.other, -1n);
    if (event.type !== 'EntryCorrected' || event.before.transfer?.id === event.after.transfer?.id) continue;
    const { before, after } = event;
    if (after.kind === 'received' && after.transfer !== undefined) convert(after.amount, after.transfer.other, 1n);
    if (before.kind === 'received' && before.transfer !== undefined) convert(before.amount, before.transfer.other, -1n);
  }
}

/**
 * Money is conserved: for each currency, what the wallets hold, less what came in, plus what was spent, plus what is in transit,
 * comes to nothing but what conversions took and made. Read anew, from the store alone.
 */
export async function expectConserved(store: EventStore): Promise<void> {
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock: Date, ids: { next: () => crypto.randomUUID() } });
  const sums = new Sums();
  for (const { id, currency, balance } of await ledger.wallets()) {
    sums.text(balance, currency);
    const { in: came, out } = await ledger.wallet(id).totals({});
    sums.text(came, currency, -1n);
    sums.text(out, currency);
  }
  for (const { state, amount, currency } of await ledger.inTransit()) if (state !== 'recalled') sums.text(amount, currency);
  await addConversions(store, sums);
  expect(sums.all).toEqual({});
}

/** Nothing is under way, and of every transfer both wallets say the same: it arrived, or it went back. */
export async function expectSettled(store: EventStore): Promise<void> {
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock: Date, ids: { next: () => crypto.randomUUID() } });
  expect(await ledger.inTransit()).toEqual([]);
  const states = new Map<string, Set<string>>();
  const amounts = new Map<string, Set<string>>();
  for (const { id } of await ledger.wallets()) {
    for (const transfer of (await ledger.wallet(id).transfers({ limit: 10_000 })).items) {
      const { transferId, state, direction } = transfer;
      const { amount, currency, otherAmount, otherCurrency } = transfer;
      const halves = [`${amount} ${currency}`, `${otherAmount} ${otherCurrency}`];
      states.set(
        transferId,
        (states.get(transferId) ?? new Set()).add(direction === 'in' || state === 'returned' ? state : `${state} out`),
      );
      amounts.set(
        transferId,
        (amounts.get(transferId) ?? new Set()).add((direction === 'out' ? halves : halves.toReversed()).join(' → ')),
      );
    }
  }
  for (const [transferId, said] of states) {
    // What was refused has a half in the sender's wallet alone.
    const both = { said: [...said].toSorted().join(' and '), amounts: amounts.get(transferId)?.size };
    expect(both).toEqual({ said: both.said === 'returned' ? 'returned' : 'arrived and arrived out', amounts: 1 });
  }
}

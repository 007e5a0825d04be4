import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  type CivilDate,
  type EntryDetails,
  type EventStore,
  type Ledger,
  type LimitDetails,
  type LimitHistoryRow,
  type LimitStatus,
  type Outcome,
  type ViewStore,
  type Wallet,
} from '@kakeibo/core';

export const day = (text: string): CivilDate => text as CivilDate;

/** A wallet with a clock of its own, and short words for what tests of limits do. */
export interface LimitBook {
  readonly ledger: Ledger;
  readonly wallet: Wallet;
  readonly store: EventStore;
  /** Moves the clock to the noon of a day. */
  goTo(date: string): void;
  /** Books an expense; answers its id. */
  spend(amount: string, on: string, more?: Partial<EntryDetails>): Promise<string>;
  limit(details: Partial<LimitDetails>, limitId?: string): Promise<readonly string[]>;
  /** Where a limit stands on a day. */
  status(on: string, limitId?: string): Promise<LimitStatus | undefined>;
  rows(last: number, on: string, limitId?: string): Promise<readonly LimitHistoryRow[]>;
}

let ids = 0;

export async function openBook(
  today = '2026-10-14',
  options: { currency?: string; store?: EventStore; views?: ViewStore } = {},
): Promise<LimitBook> {
  let now = Date.parse(`${today}T12:00Z`);
  const clock = { now: () => now };
  const store = options.store ?? createMemoryEventStore({ clock });
  const ledger = createLedger({
    store,
    views: options.views ?? createMemoryViewStore(),
    clock,
    ids: { next: () => `book-${(ids += 1)}` },
  });
  const opened = await ledger.openWallet({ name: 'Household', currency: options.currency ?? 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  const wallet = ledger.wallet(opened.result.walletId);
  return {
    ledger,
    wallet,
    store,
    goTo: (date) => void (now = Date.parse(`${date}T12:00Z`)),
    async spend(amount, on, more = {}) {
      const booked = await wallet.addExpense({ amount, category: 'Food', occurredOn: on, ...more });
      if (!('result' in booked)) throw new Error(JSON.stringify(booked));
      return booked.result.entryId;
    },
    async limit(details, limitId = 'food') {
      return told(await wallet.setLimit(limitId, { period: 'month', amount: '100', ...details }));
    },
    status: async (on, limitId = 'food') => (await wallet.limits(day(on))).items.find(({ id }) => id === limitId),
    rows: async (last, on, limitId = 'food') => (await wallet.limitHistory(limitId, { last, on: day(on) })).rows,
  };
}

interface Crossed {
  readonly limitId: string;
  readonly from: string;
  readonly threshold: number;
}

/** What an outcome told of limits, `+` crossed and `-` cleared; or the code of a refusal. */
export function told(outcome: Outcome<{ crossed: readonly Crossed[]; cleared: readonly Crossed[] }>): readonly string[] {
  if (outcome.kind === 'rejected') return [outcome.rejection.code];
  if (!('result' in outcome)) return [outcome.kind];
  const spell = (sign: string) => (crossing: Crossed) => `${sign}${crossing.limitId} ${crossing.from} ${crossing.threshold}`;
  return [...outcome.result.crossed.map(spell('+')), ...outcome.result.cleared.map(spell('-'))];
}

/** The figures of history rows in a line each. */
export function figures(rows: readonly LimitHistoryRow[]): readonly string[] {
  return rows.map(({ from, planned, carried, spent, left }) => `${from}: ${planned} ${carried} ${spent} ${left}`);
}

import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  isDate,
  parseCurrency,
  parseDate,
  type NewEvent,
} from '@kakeibo/core';

/** What an example may take as given, fresh for each. */
export async function prelude(): Promise<Readonly<Record<string, unknown>>> {
  const clock = { now: () => Date.UTC(2026, 9, 14, 12) };
  const ids = { next: () => crypto.randomUUID() };
  const store = createMemoryEventStore({ clock });
  const views = createMemoryViewStore();
  const ledger = createLedger({ store, views, clock, ids });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (opened.kind !== 'recorded') throw new Error('the wallet was not opened');
  const event: NewEvent = {
    id: '5ca1ab1e-0000-4000-8000-000000000001',
    type: 'ExpenseAdded',
    data: { amount: '12.50', currency: 'EUR' },
    meta: {},
  };
  return {
    eur: parseCurrency('EUR'),
    jpy: parseCurrency('JPY'),
    usd: parseCurrency('USD'),
    day(text: string) {
      const date = parseDate(text);
      if (!isDate(date)) throw new Error(`${text} is no day`);
      return date;
    },
    clock,
    ids,
    store,
    views,
    ledger,
    wallet: ledger.wallet(opened.result.walletId),
    stream: 'wallet-1',
    event,
    handle: async () => undefined,
    /** A test runner that only takes note: the contracts are run where a store is tested. */
    test(name: string, run: () => Promise<void>) {
      if (name === '' || typeof run !== 'function') throw new Error('a test has a name and something to run');
    },
    newFile: async () => async () => createMemoryEventStore({ clock }),
  };
}

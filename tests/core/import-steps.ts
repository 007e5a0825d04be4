import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  type EntryLine,
  type ImportedRow,
  type RowPreview,
  type Wallet,
} from '@kakeibo/core';

let ids = 0;

/** An empty wallet in memory. */
export async function openWallet(): Promise<Wallet> {
  const clock = { now: () => Date.UTC(2026, 10, 23, 9) };
  const store = createMemoryEventStore({ clock });
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `import-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  return ledger.wallet(opened.result.walletId);
}

/** A row as a bank's file tells it; what equal rows share is made of what it says. */
export function row(given: Partial<ImportedRow> = {}): ImportedRow {
  const said = {
    kind: 'expense',
    amount: '3.50',
    category: 'Unsorted',
    occurredOn: '2026-10-14',
    payee: 'Cafe',
    ...given,
  } as const;
  const { occurredOn, amount, payee, note = '' } = said;
  return { ...said, fingerprint: given.fingerprint ?? `${occurredOn} ${amount} ${payee} ${note}` };
}

/** Brings rows in, and answers what came of it. */
export async function bring(wallet: Wallet, ...rows: readonly ImportedRow[]) {
  const outcome = await wallet.importEntries({ name: 'bank.ofx', rows });
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

/** Every entry that counts. */
export async function lines(wallet: Wallet): Promise<readonly EntryLine[]> {
  return (await wallet.entries({}, { limit: 200 })).items;
}

/** What would come of rows. */
export async function preview(wallet: Wallet, ...rows: readonly ImportedRow[]): Promise<readonly RowPreview[]> {
  const previews = await wallet.previewImport(rows);
  if ('code' in previews) throw new Error(previews.message);
  return previews;
}

/** Books an expense by hand, and answers its id. */
export async function added(wallet: Wallet, details: Parameters<Wallet['addExpense']>[0]): Promise<string> {
  const outcome = await wallet.addExpense(details);
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result.entryId;
}

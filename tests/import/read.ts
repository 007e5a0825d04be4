import { inSlices, readCsv, type CsvFile } from '@kakeibo/adapters/csv';
import {
  createLedger,
  createMemoryEventStore,
  formatAmount,
  parseCurrency,
  readStatementInSteps,
  type CurrencyCode,
  type ImportSettings,
  type Layout,
  type Statement,
  type StatementRow,
  type Wallet,
} from '@kakeibo/core';

export function currencyOf(code: string): CurrencyCode {
  const currency = parseCurrency(code);
  if (currency === undefined) throw new Error(`${code} is no currency`);
  return currency;
}

type Read = Omit<CsvFile, 'kind'> & Statement & { readonly layout: Layout };

/** Reads a file all the way; throws when it is refused. */
export async function statementOf(bytes: Uint8Array, currency: CurrencyCode, settings?: ImportSettings): Promise<Read> {
  const file = await readCsv(bytes);
  if (file.kind === 'refused') throw new Error(`${file.code}: ${file.message}`);
  const read = await inSlices(readStatementInSteps(file.rows, { currency, settings }));
  if (read.kind === 'refused') throw new Error(`${read.code}: ${read.message}`);
  const { layout, statementRows, bad } = read;
  const { encoding, delimiter, rows } = file;
  return { encoding, delimiter, rows, layout, statementRows, bad };
}

/** A row on one line: `line date signed-amount category | note`. */
export function lineOf({ line, occurredOn, kind, amount, category, note }: StatementRow): string {
  const sign = kind === 'expense' ? '-' : '+';
  return `${line} ${occurredOn} ${sign}${formatAmount(amount)} ${category ?? '-'} | ${note ?? ''}`;
}

/** An empty wallet in memory. */
export async function walletIn(currency: string): Promise<Wallet> {
  let time = Date.UTC(2026, 9, 14);
  let id = 0;
  const clock = { now: () => (time += 1) };
  const ids = { next: () => `command-${(id += 1)}` };
  const ledger = createLedger({ store: createMemoryEventStore({ clock }), clock, ids });
  const opened = await ledger.openWallet({ name: 'Home', currency });
  if (opened.kind !== 'recorded') throw new Error(JSON.stringify(opened));
  return ledger.wallet(opened.result.walletId);
}

/** Books rows and says how many came in; throws when the wallet refuses one. */
export async function bookedBy(wallet: Wallet, statementRows: readonly StatementRow[]): Promise<number> {
  const rows = statementRows.map(({ line: _, amount, parts, ...row }) => {
    const split = parts?.map((part) => ({ ...part, amount: formatAmount(part.amount) }));
    return { ...row, amount: formatAmount(amount), ...(split === undefined ? {} : { parts: split }) };
  });
  const imported = await wallet.importEntries({ name: 'file.csv', rows });
  if (imported.kind !== 'recorded') throw new Error(JSON.stringify(imported));
  return imported.result.added;
}

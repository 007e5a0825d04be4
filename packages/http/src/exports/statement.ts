import {
  add,
  addDays,
  parseTotal,
  periodOf,
  subtract,
  formatAmount,
  type BalanceReport,
  type CashflowReport,
  type EntryLine,
  type Ledger,
  type Money,
  type Period,
  type RegisterCursor,
  type SpendingReport,
  type Wallet,
  type WalletSummary,
} from '@kakeibo/core';
import type { PrintedLine, PrintedStatement } from '../export-formats.ts';
import { Problem } from '../problem.ts';
import { stretchOf } from '../routes/stretch.ts';
import { exportFormatsOf, type WalletFileMaker } from './wallet-file.ts';

/** The most entries of a printed statement: some hundred pages. */
const MAX_LINES = 5_000;
const PAGE = 500;
/** How often a statement is read anew because something was booked meanwhile. */
const MAX_TRIES = 5;

/** The statement of a stretch as PDF; the current month when none is asked for. */
export const statementFile: WalletFileMaker = async ({ wallet, summary, asked, service }) => {
  const { pdf } = exportFormatsOf(service);
  const period = stretchOf(asked, periodOf('month', summary.today), 'day');
  const figures = await figuresOf(wallet, period);
  const names = await otherNames(service.ledger, figures.lines);
  const statement = statementOf(summary, period, { ...figures, names });
  const bytes = await pdf({ ...statement, printedAt: new Date(service.clock.now()) });
  const name = `${summary.name}, ${period.from} to ${addDays(period.to, -1)}.pdf`;
  return { type: 'application/pdf', name, pieces: [bytes] };
};

interface Figures {
  readonly balance: BalanceReport & { readonly version: number; readonly position: number };
  readonly cashflow: CashflowReport;
  readonly spending: SpendingReport;
  /** Oldest first. */
  readonly lines: readonly EntryLine[];
}

/** All that a statement says, read at one version. */
async function figuresOf(wallet: Wallet, period: Period): Promise<Figures> {
  for (let tries = 1; ; tries += 1) {
    const balance = await wallet.balance({ period, by: 'day', on: addDays(period.to, -1) });
    const [cashflow, spending] = await Promise.all([wallet.cashflow(period), wallet.spending(period)]);
    const { lines, versions } = await linesOf(wallet, period);
    const isOne = [cashflow.version, spending.version, ...versions].every((version) => version === balance.version);
    if (isOne) return { balance, cashflow, spending, lines };
    if (tries === MAX_TRIES)
      throw new Problem(503, 'storage-busy', 'The wallet changes faster than its statement can be read. Try again in a moment.', {
        headers: { 'Retry-After': '1' },
      });
  }
}

async function linesOf(
  wallet: Wallet,
  period: Period,
): Promise<{ readonly lines: readonly EntryLine[]; readonly versions: readonly number[] }> {
  const lines: EntryLine[] = [];
  const versions: number[] = [];
  for (let after: RegisterCursor | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<Wallet['entries']>> = await wallet.entries(period, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    lines.push(...page.items);
    versions.push(page.version);
    after = page.next;
    if (lines.length > MAX_LINES) throw tooLong();
  }
  return { lines: lines.reverse(), versions };
}

function tooLong(): Problem {
  const detail = `A printed statement has at most ${MAX_LINES} entries, and this stretch has more. Ask for less of it with from and to, or for CSV.`;
  return new Problem(422, 'export-too-large', detail, { figures: { max: MAX_LINES } });
}

/** What the wallets on the other side of transfers are called. */
async function otherNames(ledger: Ledger, lines: readonly EntryLine[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(lines.flatMap(({ transfer }) => transfer?.walletId ?? []));
  const names = new Map<string, string>();
  for (const id of ids) names.set(id, (await ledger.wallet(id).summary())?.name ?? id);
  return names;
}

function statementOf(
  { name, currency }: WalletSummary,
  { from, to }: Period,
  { balance, cashflow, spending, lines, names }: Figures & { readonly names: ReadonlyMap<string, string> },
): Omit<PrintedStatement, 'printedAt'> {
  const moneyOf = (text: string): Money => {
    const read = parseTotal(text, currency);
    if (typeof read !== 'object') throw new TypeError('a report wrote an amount that cannot be read');
    return read;
  };
  const moved = balance.series.map((day) => moneyOf(day.moved)).reduce(add, moneyOf('0'));
  const tops = spending.rows.filter(({ depth }) => depth === 0).map((row) => ({ ...row, sum: moneyOf(row.total) }));
  return {
    wallet: name,
    currency,
    from,
    through: addDays(to, -1),
    opening: balance.opening,
    closing: balance.balance,
    in: cashflow.in,
    out: cashflow.out,
    moved: formatAmount(moved),
    days: balance.series.map((day) => ({ on: day.from, balance: day.balance })),
    spending: tops
      .toSorted((a, b) => (subtract(b.sum, a.sum).minor < 0n ? -1 : 1))
      .map(({ category, total, share }) => ({ category, total, share })),
    lines: lines.map((line) => printed(line, names)),
    version: balance.version,
    position: balance.position,
  };
}

function printed(line: EntryLine, names: ReadonlyMap<string, string>): PrintedLine {
  const { occurredOn, kind, amount, category, parts, payee, note, transfer, balance } = line;
  const sign = kind === 'expense' || kind === 'sent' ? '-' : '';
  const other =
    transfer === null ? '' : `${kind === 'sent' ? 'To' : 'From'} ${names.get(transfer.walletId) ?? transfer.walletId}`;
  return {
    occurredOn,
    what: [payee ?? '', note ?? ''].filter((text) => text !== '').join(' · '),
    category: other === '' ? (category ?? parts?.map((part) => part.category).join(', ') ?? '') : other,
    amount: `${sign}${amount}`,
    balance: balance ?? '',
  };
}

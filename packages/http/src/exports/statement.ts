import {
  addDays,
  parseTotal,
  periodOf,
  subtract,
  formatAmount,
  type BalanceReport,
  type EntryLine,
  type Ledger,
  type Money,
  type Period,
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
/** How often a statement is read anew because something was booked meanwhile. */
const MAX_TRIES = 5;

/** The statement of a stretch as PDF; the current month when none is asked for. */
export const statementFile: WalletFileMaker = async ({ wallet, summary, asked, service }) => {
  const { pdf } = exportFormatsOf(service);
  const period = stretchOf(asked, periodOf('month', summary.today), 'day');
  const figures = await figuresOf(wallet, period);
  const names = await otherNames(service.ledger, figures.statement.lines);
  const bytes = await pdf({ ...printedOf(summary, figures, names), printedAt: new Date(service.clock.now()) });
  const name = `${summary.name}, ${period.from} to ${addDays(period.to, -1)}.pdf`;
  return { type: 'application/pdf', name, pieces: [bytes] };
};

interface Figures {
  readonly statement: Awaited<ReturnType<Wallet['statement']>>;
  readonly days: BalanceReport['series'];
  readonly spending: SpendingReport;
}

/** All that a printed statement says, of one version. */
async function figuresOf(wallet: Wallet, period: Period): Promise<Figures> {
  for (let tries = 1; ; tries += 1) {
    const statement = await wallet.statement({ period, limit: MAX_LINES });
    if (statement.next !== null) throw tooLong();
    const balance = await wallet.balance({ period, by: 'day', on: addDays(period.to, -1) });
    const spending = await wallet.spending(period);
    if (balance.version === statement.version && spending.version === statement.version)
      return { statement, days: balance.series, spending };
    if (tries === MAX_TRIES) throw changing();
  }
}

function changing(): Problem {
  return new Problem(503, 'storage-busy', 'The wallet changes faster than its statement can be read. Try again in a moment.', {
    headers: { 'Retry-After': '1' },
  });
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

function printedOf(
  { name, currency }: WalletSummary,
  { statement, days, spending }: Figures,
  names: ReadonlyMap<string, string>,
): Omit<PrintedStatement, 'printedAt'> {
  const moneyOf = (text: string): Money => {
    const read = parseTotal(text, currency);
    if (typeof read !== 'object') throw new TypeError('a report wrote an amount that cannot be read');
    return read;
  };
  const { from, to, opening, closing, lines, version, position } = statement;
  const tops = spending.rows.filter(({ depth }) => depth === 0).map((row) => ({ ...row, sum: moneyOf(row.total).minor }));
  return {
    wallet: name,
    currency,
    from,
    through: addDays(to, -1),
    opening,
    closing,
    in: statement.in,
    out: statement.out,
    moved: formatAmount(subtract(moneyOf(statement.received), moneyOf(statement.sent))),
    days: days.map((day) => ({ on: day.from, balance: day.balance })),
    spending: tops.toSorted((a, b) => (b.sum < a.sum ? -1 : 1)).map(({ category, total, share }) => ({ category, total, share })),
    lines: lines.map((line) => printed(line, names)),
    version,
    position,
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

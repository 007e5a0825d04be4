import PDFDocument from 'pdfkit';
import { inSlices } from './csv-slices.ts';
import { drawBalance } from './pdf-chart.ts';
import { FONTS, INK, MARGIN, PALE, sheetOf, type Sheet } from './pdf-sheet.ts';

/** A line of a printed statement. Amounts are decimals as they are to be read, signed. */
export interface StatementLine {
  readonly occurredOn: string;
  /** Payee and note. */
  readonly what: string;
  readonly category: string;
  readonly amount: string;
  readonly balance: string;
}

/** What a printed statement says. Every figure comes as text, so nothing is worked out here. */
export interface StatementToPrint {
  readonly wallet: string;
  readonly currency: string;
  /** The first day, and the last one that is in it. */
  readonly from: string;
  readonly through: string;
  readonly opening: string;
  readonly closing: string;
  readonly in: string;
  readonly out: string;
  /** What transfers brought less what they took. */
  readonly moved: string;
  /** The balance at the end of each day, for the chart. */
  readonly days: readonly { readonly on: string; readonly balance: string }[];
  /** What was spent by category, the largest first. */
  readonly spending: readonly { readonly category: string; readonly total: string; readonly share: number }[];
  readonly lines: readonly StatementLine[];
  /** The event that it is true for. */
  readonly version: number;
  readonly position: number;
  /** When it was printed: the only thing that differs between two prints of one statement. */
  readonly printedAt: Date;
}

/** The most lines of one statement: some hundred pages. */
export const MAX_STATEMENT_LINES = 5_000;
const MAX_SPENDING = 12;

/**
 * Prints a statement as PDF: figures, the balance as a picture, spending, and every line with its running balance. The same statement
 * gives the same bytes. Letters that the font lacks (Chinese, Japanese, emoji) print as empty boxes; nothing is left out.
 */
export async function printStatement(statement: StatementToPrint): Promise<Uint8Array> {
  const { wallet, from, through, printedAt } = statement;
  const title = `${wallet}, ${from} to ${through}`;
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Creator: 'Kakeibo', Producer: 'Kakeibo', CreationDate: printedAt, ModDate: printedAt },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => void chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.once('end', () => resolve());
    document.once('error', reject);
  });
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
  const sheet = sheetOf(document);
  printHead(sheet, statement);
  printFigures(sheet, statement);
  drawBalance(sheet, statement.days);
  printSpending(sheet, statement);
  await inSlices(printLines(sheet, statement));
  printFeet(sheet, statement);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function printHead({ document, width }: Sheet, { wallet, currency, from, through }: StatementToPrint): void {
  document.font('bold').fontSize(18).fillColor(INK).text(oneLine(wallet), MARGIN, MARGIN, { width, ellipsis: true, height: 24 });
  document.font('plain').fontSize(10).fillColor(PALE).text(`Statement, ${from} to ${through}, in ${currency}`, { width });
  document.moveDown(1);
}

function printFigures({ document, width }: Sheet, { opening, in: came, out: went, moved, closing }: StatementToPrint): void {
  const figures = [
    ['Opening', opening],
    ['In', came],
    ['Out', went],
    ['Transfers', moved],
    ['Closing', closing],
  ] as const;
  const step = width / figures.length;
  const top = document.y;
  for (const [index, [name, figure]] of figures.entries()) {
    const left = MARGIN + index * step;
    document
      .font('plain')
      .fontSize(8)
      .fillColor(PALE)
      .text(name, left, top, { width: step - 6 });
    document
      .font('bold')
      .fontSize(figure.length > 14 ? 8 : 12)
      .fillColor(INK)
      .text(minus(figure), left, top + 12, { width: step - 6 });
  }
  document.y = top + 40;
}

function printSpending(sheet: Sheet, { spending, currency }: StatementToPrint): void {
  if (spending.length === 0) return;
  sheet.heading(`Spending by category, ${currency}`);
  for (const { category, total, share } of spending.slice(0, MAX_SPENDING)) {
    sheet.row([
      { text: category, part: 0.5 },
      { text: minus(total), part: 0.2, right: true },
      { text: `${share} %`, part: 0.1, right: true },
      { bar: Math.min(1, share / 100), part: 0.2 },
    ]);
  }
  if (spending.length > MAX_SPENDING) sheet.quiet(`and ${spending.length - MAX_SPENDING} smaller categories`);
}

const COLUMNS = [0.12, 0.38, 0.22, 0.14, 0.14] as const;

/** Prints line by line, so that what else waits for this thread runs in between. */
function* printLines(sheet: Sheet, { lines, currency, opening, closing }: StatementToPrint): Generator<void, void> {
  sheet.heading(`Entries, ${currency}`);
  const header = ['Day', 'What', 'Category', 'Amount', 'Balance'];
  const cells = (texts: readonly string[]) => texts.map((text, index) => ({ text, part: COLUMNS[index] ?? 0, right: index > 2 }));
  sheet.header(cells(header));
  sheet.row(cells(['', 'Opening balance', '', '', minus(opening)]));
  for (const { occurredOn, what, category, amount, balance } of lines) {
    sheet.row(cells([occurredOn, oneLine(what), oneLine(category), minus(amount), minus(balance)]));
    yield;
  }
  sheet.row(cells(['', 'Closing balance', '', '', minus(closing)]));
}

function printFeet({ document, width }: Sheet, { version, position, printedAt }: StatementToPrint): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    // Beneath the margin, where text would otherwise open another page.
    document.page.margins.bottom = 0;
    const words = `Kakeibo · true for event ${version} of the wallet (${position} of the ledger) · printed ${printedAt.toISOString().slice(0, 10)} · page ${page + 1} of ${count}`;
    document
      .font('plain')
      .fontSize(7)
      .fillColor(PALE)
      .text(words, MARGIN, document.page.height - MARGIN + 12, { width, lineBreak: false });
  }
}

/** A figure with a real minus. */
function minus(figure: string): string {
  return figure.replace(/^-/, '−');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

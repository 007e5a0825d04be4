import { formatAmount, type CurrencyCode, type Facts, type RowPreview, type StatementRow } from '@kakeibo/core';
import { warningsOf, type AccountsFile, type DelimitedFile, type StatementFile } from '../statement-file.ts';

const SHOWN_ROWS = 200;
const SHOWN_ACCOUNTS = 100;
const SAMPLE_ROWS = 5;
const SAMPLE_CHARACTERS = 200;

/** What would come of a file's rows, in their order; undefined for one that is left out. */
export type RowPreviews = readonly (RowPreview | undefined)[];

/** What an import would do, to be looked at before it is done. */
export function previewOf(file: StatementFile, previews: RowPreviews, currency: CurrencyCode): unknown {
  const read = file.format === 'csv' ? layoutOf(file) : accountsOf(file, currency);
  return { ...read, warnings: warningsOf(file), ...rowsOf(file, previews) };
}

function layoutOf({ file, layout }: DelimitedFile): object {
  const { headerRow, header, columns, dateOrder, dateOrders, decimalMark, questions } = layout;
  return {
    format: 'csv',
    encoding: file.encoding,
    delimiter: file.delimiter,
    headerRow,
    header,
    columns,
    dateOrder,
    dateOrders,
    decimalMark,
    questions,
    sample: sampleOf({ file, layout }),
  };
}

function accountsOf({ format, accounts, account: chosen }: AccountsFile, walletCurrency: CurrencyCode): object {
  const shown = accounts.slice(0, SHOWN_ACCOUNTS);
  const choices = shown.flatMap(({ account, currency }) => (account !== null && currency === walletCurrency ? [account] : []));
  return {
    format,
    accounts: shown.map((each) => ({
      account: each.account,
      currency: each.currency,
      rows: each.rows.length,
      bad: each.bad.length,
      from: each.from,
      to: each.to,
      closing: each.closing === null ? null : formatAmount(each.closing),
      closingOn: each.closingOn,
      chosen: each === chosen,
    })),
    questions: chosen === undefined ? [{ field: 'account', message: 'Which account goes into this wallet?', choices }] : [],
  };
}

function rowsOf({ statementRows, bad }: StatementFile, previews: RowPreviews): object {
  const counts = { rows: statementRows.length + bad.length, new: 0, duplicate: 0, corrected: 0, linked: 0, skipped: 0 };
  for (const preview of previews) counts[preview?.status ?? 'skipped'] += 1;
  return {
    rows: statementRows.slice(0, SHOWN_ROWS).map((row, index) => rowOf(row, index, previews[index])),
    counts: { ...counts, bad: bad.length },
    bad: bad.slice(0, SHOWN_ROWS),
  };
}

function rowOf(row: StatementRow, index: number, preview: RowPreview | undefined): object {
  const { kind, amount, occurredOn, category, parts, payee, tags, note } = preview?.facts ?? writtenIn(row);
  return {
    row: index,
    line: row.line,
    status: preview?.status ?? 'skipped',
    kind,
    amount,
    occurredOn,
    category,
    categoryFrom: preview?.categoryFrom ?? null,
    parts,
    payee,
    tags,
    note,
    rules: preview?.rules ?? [],
    entryId: preview?.entryId ?? null,
    candidates: preview?.candidates ?? [],
  };
}

/** A row that changes nothing, as the file has it. */
function writtenIn({ kind, amount, occurredOn, category, parts, payee, tags, note }: StatementRow): Facts {
  return {
    kind,
    amount: formatAmount(amount),
    occurredOn,
    category: category ?? null,
    parts: parts?.map((part) => ({ ...part, amount: formatAmount(part.amount), note: part.note ?? null })) ?? null,
    payee: payee ?? null,
    tags: tags ?? [],
    note: note ?? null,
  };
}

function sampleOf({ file, layout }: Pick<DelimitedFile, 'file' | 'layout'>): readonly (readonly string[])[] {
  const body = file.rows.filter(({ line }) => line >= layout.firstLine && line <= layout.lastLine).slice(0, SAMPLE_ROWS);
  return body.map(({ cells }) => cells.map((cell) => cell.slice(0, SAMPLE_CHARACTERS)));
}

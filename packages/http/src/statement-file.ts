import type { IncomingMessage } from 'node:http';
import {
  formatAmount,
  readStatementInSteps,
  unsettled,
  type CurrencyCode,
  type ImportedRow,
  type Layout,
  type Statement,
  type StatementRow,
} from '@kakeibo/core';
import type { z } from 'zod';
import { parseJson, parseWith } from './body.ts';
import type { CsvFile, Formats } from './formats.ts';
import { Problem, requestInvalid } from './problem.ts';
import { importSettings } from './schemas/imports.ts';
import { fileRefused } from './statuses.ts';

export type Settings = z.output<typeof importSettings>;

/** A bank's file that was read: what it looks like, and what its rows come to. */
export interface StatementFile extends Statement {
  readonly file: CsvFile;
  readonly layout: Layout;
}

/** The settings that come with a file, in the header `Kakeibo-Import`: JSON in ASCII, or the same URI-encoded. */
export function settingsOf({ headers }: IncomingMessage): Settings {
  const header = headers['kakeibo-import'];
  if (header === undefined) return {};
  try {
    const text = String(header);
    return parseWith(importSettings, parseJson(Buffer.from(text.startsWith('%') ? decodeURIComponent(text) : text)));
  } catch (error) {
    if (error instanceof Problem && error.code === 'request-invalid') throw error;
    throw requestInvalid([{ path: 'Kakeibo-Import', message: 'The header is no JSON object.' }]);
  }
}

/** Reads a file's rows as bookings in a currency, and lets other requests be answered between the steps. */
export async function readStatementFile(
  bytes: Uint8Array,
  settings: Settings,
  { currency, formats }: { readonly currency: CurrencyCode; readonly formats: Formats },
): Promise<StatementFile> {
  const { encoding, delimiter, name: _, ...given } = settings;
  const file = await formats.csv.read(bytes, { encoding, delimiter });
  if (file.kind === 'refused') throw fileRefused(file);
  const statement = await formats.csv.inSlices(readStatementInSteps(file.rows, { currency, settings: given }));
  if (statement.kind === 'refused') throw fileRefused(statement);
  return { ...statement, file };
}

/** Refuses a file about which a question is open: nothing is booked by a guess. */
export function assertSettled(layout: Layout): void {
  const open = unsettled(layout);
  if (open !== undefined) throw fileRefused(open);
}

const STEP_ROWS = 500;

/** The rows as the ledger takes them, in small steps. */
export function* importedRows(rows: readonly StatementRow[]): Generator<void, readonly ImportedRow[]> {
  const imported: ImportedRow[] = [];
  for (const [index, { line: _, amount, parts, ...row }] of rows.entries()) {
    if (index % STEP_ROWS === STEP_ROWS - 1) yield;
    const split = parts?.map((part) => ({ ...part, amount: formatAmount(part.amount) }));
    imported.push({ ...row, amount: formatAmount(amount), ...(split === undefined ? {} : { parts: split }) });
  }
  return imported;
}

import type { Imported, ImportedRow, Outcome, Wallet } from '@kakeibo/core';
import type { Formats } from '../formats.ts';
import { wantsEvents } from '../headers.ts';
import { IMPORT_TYPES, readUpload } from '../import-upload.ts';
import { operation, type Call, type Operation } from '../operation.ts';
import { Problem, problemBody } from '../problem.ts';
import { accepted, read, written, type Answer } from '../respond.ts';
import { importList, importPreview, importQuery, importResult, importUndone } from '../schemas/imports.ts';
import type { Service } from '../service.ts';
import { openEventLine } from '../sse.ts';
import {
  assertSettled,
  importedRows,
  readStatementFile,
  warningsOf,
  type Settings,
  type StatementFile,
} from '../statement-file.ts';
import { FILE_CODES, problemOf, rejected } from '../statuses.ts';
import { traceOf } from '../trace.ts';
import { previewOf, type RowPreviews } from './import-preview.ts';
import { summaryOf, walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Import and export';
const TIMEOUT_MS = 300_000;
const ROW_CODES = ['entry-unknown', 'entry-void', 'match-invalid', 'category-invalid', 'category-too-long', 'category-too-deep'];

export const importOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/wallets/{walletId}/imports',
    tag: TAG,
    summary: 'Brings in the rows of a bank file that the wallet does not have; with dryRun it only shows what would come in',
    query: importQuery,
    answer: importPreview.or(importResult),
    upload: IMPORT_TYPES,
    headers: {
      'Kakeibo-Import':
        'What was decided instead of the guess: a JSON object in ASCII, or the same URI-encoded; a form has it in the part `settings`, which may be longer',
      Accept: 'text/event-stream tells progress as it goes, and at last `result` or `problem`',
    },
    codes: ['wallet-unknown', 'wallet-closed', ...ROW_CODES, ...FILE_CODES],
    timeoutMs: TIMEOUT_MS,
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const { currency } = await summaryOf(wallet);
      const { format, account, dryRun } = call.query;
      const formats = formatsOf(service);
      const { settings, bytes } = await readUpload(call.request);
      const statement = await readStatementFile(bytes, settings, { wanted: { currency, format, account }, formats });
      const all = await formats.csv.inSlices(importedRows(statement.statementRows, settings));
      if (dryRun === true) return read(previewOf(statement, await previewsOf(wallet, all), currency));
      assertSettled(statement, currency);
      const job = { statement, rows: all.filter((row) => row !== undefined), settings };
      return wantsEvents(call.request) ? tellImport(call, wallet, job) : book(call, wallet, job);
    },
  }),
  walletRead({
    path: '/imports',
    tag: TAG,
    summary: 'The files that were brought in, newest first',
    answer: importList,
    body: async ({ wallet }) => ({ items: await wallet.imports() }),
  }),
  operation({
    method: 'delete',
    path: '/wallets/{walletId}/imports/{importId}',
    tag: TAG,
    summary: 'Takes a whole import back: what it added and still counts is voided',
    answer: importUndone,
    codes: ['wallet-unknown', 'wallet-closed', 'import-unknown'],
    timeoutMs: TIMEOUT_MS,
    async handle(call, service) {
      const outcome = await walletOf(call, service).undoImport(call.params.importId ?? '', call.command);
      return written(outcome, (undone, at) => ({ ...undone, ...at }));
    },
  }),
];

function formatsOf({ formats }: Service): Formats {
  if (formats !== undefined) return formats;
  throw new Problem(415, 'content-type-refused', 'This service was started without file formats.');
}

interface Job {
  readonly statement: StatementFile;
  readonly rows: readonly ImportedRow[];
  readonly settings: Settings;
}

/** What would come of each row that is not left out. */
async function previewsOf(wallet: Wallet, all: readonly (ImportedRow | undefined)[]): Promise<RowPreviews> {
  const previews = await wallet.previewImport(all.filter((row) => row !== undefined));
  if ('code' in previews) throw rejected(previews);
  let next = 0;
  return all.map((row) => (row === undefined ? undefined : previews[next++]));
}

function nameOf({ settings, statement }: Job): string {
  return settings.name ?? `import.${statement.format}`;
}

async function book(call: Call<unknown, unknown>, wallet: Wallet, job: Job): Promise<Answer> {
  const outcome = await placed(await wallet.importEntries({ name: nameOf(job), rows: job.rows }, call.command), wallet);
  return written(outcome, (imported, at) => resultOf(imported, job.statement, at));
}

/** Books a file and tells how far it is. What goes wrong on the way is told as an event too, since the answer has begun. */
async function tellImport(call: Call<unknown, unknown>, wallet: Wallet, job: Job): Promise<undefined> {
  const line = openEventLine(call.response);
  try {
    const file = { name: nameOf(job), rows: job.rows };
    const outcome = await wallet.importEntries(file, {
      ...call.command,
      onProgress: ({ duplicates, ...progress }) =>
        void line.send({ name: 'progress', data: { ...progress, skipped: duplicates } }),
    });
    const { result, version, position } = accepted(await placed(outcome, wallet));
    line.send({ name: 'result', data: resultOf(result, job.statement, { version, position }) });
  } catch (error) {
    const trace = traceOf(call.response);
    if (trace !== undefined) trace.error = error;
    const place = { instance: call.request.baseUrl + call.request.path, requestId: trace?.id ?? '' };
    line.send({ name: 'problem', data: problemBody(problemOf(error), place) });
  }
  line.end();
  return undefined;
}

/** An import that added nothing has no place in the log of its own: then it is the wallet's. */
async function placed(outcome: Outcome<Imported>, wallet: Wallet): Promise<Outcome<Imported>> {
  if (!('result' in outcome) || outcome.position > 0) return outcome;
  const { version, position } = await summaryOf(wallet);
  return { ...outcome, version, position };
}

function resultOf(imported: Imported, file: StatementFile, at: { readonly version: number; readonly position: number }): unknown {
  const { format, bad, statementRows } = file;
  const { importId, crossed, cleared, ...counts } = imported;
  let [from, to] = [statementRows[0]?.occurredOn ?? null, statementRows[0]?.occurredOn ?? null];
  for (const { occurredOn } of statementRows) {
    if (from === null || occurredOn < from) from = occurredOn;
    if (to === null || occurredOn > to) to = occurredOn;
  }
  return { importId, format, ...counts, bad, warnings: warningsOf(file), from, to, ...at, crossed, cleared };
}

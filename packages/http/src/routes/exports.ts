import type { z } from 'zod';
import { download } from '../exports/download.ts';
import { jsonFile } from '../exports/events.ts';
import { journalFile, walletJournal, type JournalTool } from '../exports/journal.ts';
import { ofxFile } from '../exports/ofx.ts';
import { statementFile } from '../exports/statement.ts';
import { csvFile, xlsxFile } from '../exports/tables.ts';
import { assertStretch, type Asked, type WalletFileMaker } from '../exports/wallet-file.ts';
import { operation, type NoQuery, type Operation } from '../operation.ts';
import { stretchQuery, untilQuery } from '../schemas/exports.ts';
import { summaryOf, walletOf } from './wallet-of.ts';

const TAG = 'Import and export';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const exportOperations: readonly Operation[] = [
  walletFile('csv', csvFile, {
    summary: 'The entries that count as CSV, newest first; no cell is a formula',
    answer: 'text/csv',
    query: stretchQuery,
  }),
  walletFile('json', jsonFile, {
    summary: 'Everything that was recorded in a wallet, event by event',
    answer: 'application/json',
  }),
  walletFile('xlsx', xlsxFile, {
    summary: 'The entries that count as a workbook, newest first',
    answer: XLSX,
    query: stretchQuery,
    codes: ['export-too-large'],
  }),
  walletFile('ofx', ofxFile, {
    summary: 'The entries that count as OFX 2, oldest first, with the balance at the end',
    answer: 'application/x-ofx',
    query: stretchQuery,
  }),
  walletFile('pdf', statementFile, {
    summary: 'The printed statement of a stretch, of the current month when none is asked for',
    answer: 'application/pdf',
    query: stretchQuery,
    codes: ['export-too-large'],
  }),
  ...journals('hledger'),
  ...journals('ledger'),
  ...journals('beancount'),
];

interface FileFacts<Query extends z.ZodType> {
  readonly summary: string;
  readonly answer: string;
  readonly query?: Query;
  readonly codes?: readonly string[];
}

/** A file of one wallet. */
function walletFile<Query extends z.ZodType<Asked, unknown> = NoQuery>(
  format: string,
  make: WalletFileMaker,
  { codes = [], ...facts }: FileFacts<Query>,
): Operation {
  return operation<Query>({
    ...facts,
    method: 'get',
    path: `/wallets/{walletId}/exports/${format}`,
    tag: TAG,
    codes: ['wallet-unknown', ...codes],
    timeoutMs: 'none',
    async handle(call, service) {
      assertStretch(call.query);
      const wallet = walletOf(call, service);
      const summary = await summaryOf(wallet);
      return download(call.response, await make({ wallet, summary, asked: call.query, service }));
    },
  });
}

/** A journal of one wallet, and one of all. */
function journals(tool: JournalTool): readonly Operation[] {
  return [
    walletFile(tool, walletJournal(tool), {
      summary: `The wallet as a journal for ${tool}, from the beginning`,
      answer: 'text/plain',
      query: untilQuery,
    }),
    operation({
      method: 'get',
      path: `/exports/${tool}`,
      tag: TAG,
      summary: `All wallets as one journal for ${tool}, where a transfer is one transaction`,
      query: untilQuery,
      answer: 'text/plain',
      timeoutMs: 'none',
      async handle(call, service) {
        const wallets = (await service.ledger.wallets()).map(({ id }) => service.ledger.wallet(id));
        return download(call.response, await journalFile(tool, wallets, { name: 'Kakeibo', asked: call.query, service }));
      },
    }),
  ];
}

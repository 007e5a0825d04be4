import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import {
  exportHeader,
  exportRows,
  parseTotal,
  type EntryLine,
  type ExportEntry,
  type RegisterCursor,
  type Wallet,
  type WalletSummary,
} from '@kakeibo/core';
import type { CsvFormat } from '../formats.ts';
import { writeHead } from '../head.ts';
import { operation, type Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { summaryOf, walletOf } from './wallet-of.ts';

const TAG = 'Import and export';
const PAGE = 500;

export const exportOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/wallets/{walletId}/exports/csv',
    tag: TAG,
    summary: 'The entries that count as CSV, newest first; no cell is a formula',
    answer: 'text/csv',
    timeoutMs: 'none',
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const summary = await summaryOf(wallet);
      if (service.formats === undefined) throw new Problem(404, 'not-found', 'This service was started without file formats.');
      return stream(call.response, csvOf(wallet, summary, service.formats.csv), {
        type: 'text/csv',
        name: `${summary.name}.csv`,
      });
    },
  }),
  operation({
    method: 'get',
    path: '/wallets/{walletId}/exports/json',
    tag: TAG,
    summary: 'Everything that was recorded in a wallet, event by event',
    answer: 'application/json',
    timeoutMs: 'none',
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const summary = await summaryOf(wallet);
      return stream(call.response, jsonOf(wallet, summary), { type: 'application/json', name: `${summary.name}.json` });
    },
  }),
];

/** Sends a text piece by piece, as fast as it is taken. */
async function stream(
  response: Response,
  pieces: AsyncIterable<string>,
  file: { readonly type: string; readonly name: string },
): Promise<undefined> {
  writeHead(response, 200, {
    'Content-Type': `${file.type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    // RFC 6266 and RFC 8187: `'`, `(`, `)` and `*` are no characters of an encoded value.
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`,
  });
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (error) {
    // Who hung up needs no answer.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
  return undefined;
}

async function* csvOf(wallet: Wallet, { name, currency }: WalletSummary, csv: CsvFormat): AsyncGenerator<string> {
  yield csv.write([exportHeader()]);
  for (let after: RegisterCursor | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<Wallet['entries']>> = await wallet.entries(
      {},
      { limit: PAGE, ...(after === undefined ? {} : { after }) },
    );
    yield csv.write(
      exportRows(
        page.items.map((line) => exported(line, currency)),
        { wallet: name },
      ),
    );
    after = page.next;
  }
}

function exported({ id, kind, amount, occurredOn, category, note }: EntryLine, currency: WalletSummary['currency']): ExportEntry {
  const sum = parseTotal(amount, currency);
  if (typeof sum !== 'object') throw new TypeError('the register wrote an amount that cannot be read');
  return { id, kind, amount: sum, occurredOn, category, note };
}

async function* jsonOf(wallet: Wallet, summary: WalletSummary): AsyncGenerator<string> {
  yield `{"format":"kakeibo/1","wallet":${JSON.stringify(summary)},"events":[`;
  for (let after = 0; after < summary.version;) {
    const events = await wallet.events({ after, limit: Math.min(PAGE, summary.version - after) });
    const last = events.at(-1);
    if (last === undefined) break;
    yield `${after === 0 ? '' : ','}\n${events.map(({ stream: _, ...event }) => JSON.stringify(event)).join(',\n')}`;
    after = last.version;
  }
  yield '\n]}\n';
}

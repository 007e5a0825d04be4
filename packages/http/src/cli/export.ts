import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Client } from './client.ts';
import { EXIT, Failure } from './failure.ts';
import type { Given } from './given.ts';
import { walletNamed } from './wallets.ts';

const JOURNALS = ['hledger', 'ledger', 'beancount'];
export const EXPORT_FORMATS: readonly string[] = ['csv', 'json', ...JOURNALS, 'ofx', 'pdf', 'xlsx', 'archive'];

interface ExportOptions {
  readonly wallet?: string;
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
}

/** Where a format is: of the whole ledger, of all wallets when a journal names none, or of one wallet. */
async function placeOf(client: Client, format: string, wallet: string | undefined): Promise<string> {
  if (format === 'archive') return '/archive';
  if (wallet === undefined && JOURNALS.includes(format)) return `/exports/${format}`;
  return `/wallets/${(await walletNamed(client, wallet)).id}/exports/${format}`;
}

/** `kakeibo export FORMAT`. A file is there whole or not at all. */
export async function exportBooks(
  { connection: { client }, output, options }: Given<ExportOptions>,
  format = '',
): Promise<number> {
  if (!EXPORT_FORMATS.includes(format)) {
    throw new Failure(`There is no format ${format}. There are: ${EXPORT_FORMATS.join(', ')}`, EXIT.usage);
  }
  const { from, to, output: path } = options;
  const place = await placeOf(client, format, options.wallet);
  const pieces = await client.download(place, { query: { from, to } });
  if (path === undefined) {
    await pipeline(pieces, process.stdout, { end: false });
    return 0;
  }
  const partial = `${path}.part`;
  try {
    await pipeline(pieces, createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw new Failure(`${path} was not written: ${error instanceof Error ? error.message : String(error)}`, EXIT.broken);
  }
  output.result({ file: path }, () => [`Wrote ${path}`]);
  return 0;
}

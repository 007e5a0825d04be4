import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { EXIT, Failure } from './failure.ts';
import type { Given } from './given.ts';
import { walletNamed } from './wallets.ts';

const OF_A_WALLET = ['csv', 'json', 'hledger', 'ledger', 'beancount', 'ofx', 'pdf', 'xlsx'];
export const EXPORT_FORMATS: readonly string[] = [...OF_A_WALLET, 'archive'];

interface ExportOptions {
  readonly wallet?: string;
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
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
  const place =
    format === 'archive' ? '/archive' : `/wallets/${(await walletNamed(client, options.wallet)).id}/exports/${format}`;
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

import { parseJson } from '@kakeibo/core';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { EXIT, Failure } from './failure.ts';
import { linesOf } from './figures.ts';
import type { Given } from './given.ts';
import { walletNamed } from './wallets.ts';

export const IMPORT_FORMATS = ['csv', 'ofx', 'qif', 'camt', 'mt940', 'journal', 'archive'] as const;

interface ImportOptions {
  readonly wallet?: string;
  readonly format?: (typeof IMPORT_FORMATS)[number];
  readonly account?: string;
  readonly settings?: string;
  readonly dryRun?: true;
}

const imported = z.looseObject({
  added: z.number(),
  duplicates: z.number(),
  corrected: z.number(),
  bad: z.array(z.looseObject({ line: z.number(), reason: z.string() })),
  warnings: z.array(z.looseObject({ message: z.string() })),
});

/** `kakeibo import FILE` */
export async function importFile({ connection: { client }, output, options }: Given<ImportOptions>, path = ''): Promise<number> {
  const bytes = await readBytes(path);
  const { format, dryRun, account } = options;
  const progress = output.progress('Import');
  try {
    if (format === 'archive') {
      const restored = await client.follow('/archive', z.looseObject({ events: z.number() }), {
        file: { type: 'application/octet-stream', bytes },
        onProgress: progress.update,
      });
      progress.stop();
      output.result(restored, () => [`Restored ${restored.events} events.`]);
      return 0;
    }
    const wallet = await walletNamed(client, options.wallet);
    const asked = {
      query: { format, account, ...(dryRun === true ? { dryRun: 'true' } : {}) },
      file: formOf(bytes, settingsOf(options, path)),
    };
    const place = `/wallets/${wallet.id}/imports`;
    if (dryRun === true) {
      const preview = await client.ask('POST', place, z.looseObject({}), asked);
      output.result(preview, () => linesOf(preview));
      return 0;
    }
    const answer = await client.follow(place, imported, { ...asked, onProgress: progress.update });
    progress.stop();
    output.result(answer, () => [
      `${answer.added} new rows in ${wallet.name}, ${answer.duplicates} already there, ${answer.bad.length} not readable`,
      ...(answer.corrected === 0 ? [] : [`${answer.corrected} entries corrected, which the bank told anew`]),
      ...answer.warnings.map(({ message }) => `  ${message}`),
      ...answer.bad.map(({ line, reason }) => `  line ${line}: ${reason}`),
    ]);
    return answer.bad.length === 0 ? 0 : EXIT.refused;
  } finally {
    progress.stop();
  }
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (path === '-') return Uint8Array.from(await buffer(process.stdin));
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage);
  });
  return Uint8Array.from(bytes);
}

function formOf(bytes: Uint8Array<ArrayBuffer>, settings: string): FormData {
  const form = new FormData();
  form.append('settings', settings);
  form.append('file', new Blob([bytes]));
  return form;
}

/** What goes with the file: what was decided about it, and its name. */
function settingsOf({ settings = '{}' }: ImportOptions, path: string): string {
  try {
    const given = z.looseObject({}).parse(parseJson(settings));
    return JSON.stringify({ name: basename(path === '-' ? 'input' : path), ...given });
  } catch {
    throw new Failure('--settings is a JSON object, like {"dateOrder":"dmy"}', EXIT.usage);
  }
}

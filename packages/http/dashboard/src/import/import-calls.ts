import { LineDown, open, Problem, query } from '../api/client.ts';
import type { ImportPreview, ImportProgress, ImportResult, ImportSettings } from '../api/import-types.ts';
import { readEvents } from './event-stream.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/** Settings as a header: JSON in ASCII, since a header carries nothing else. */
export function settingsHeader(settings: ImportSettings): string {
  return JSON.stringify(settings).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const pathOf = (walletId: string, dryRun: boolean): string =>
  `/wallets/${encodeURIComponent(walletId)}/imports${query({ format: 'csv', dryRun: String(dryRun) })}`;

export async function dryRun(walletId: string, file: Blob, settings: ImportSettings): Promise<ImportPreview> {
  const headers = { accept: 'application/json', 'content-type': 'text/csv', 'kakeibo-import': settingsHeader(settings) };
  const response = await open(pathOf(walletId, true), { method: 'POST', headers, body: file });
  const preview: ImportPreview = await response.json();
  return preview;
}

interface Booking {
  readonly walletId: string;
  readonly file: Blob;
  readonly settings: ImportSettings;
  readonly key: string;
  readonly progress: (progress: ImportProgress) => void;
}

/** Books the file. When the line goes dead the same key is sent again, so that nothing is booked twice. */
export async function bookImport(booking: Booking): Promise<ImportResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await bookOnce(booking);
    } catch (error) {
      const unknown = error instanceof LineDown || (error instanceof Problem && error.code === 'outcome-unknown');
      if (!unknown || attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE_MS * attempt);
      });
    }
  }
}

async function bookOnce({ walletId, file, settings, key, progress }: Booking): Promise<ImportResult> {
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'text/csv',
    'kakeibo-import': settingsHeader(settings),
    'idempotency-key': key,
  };
  const response = await open(pathOf(walletId, false), { method: 'POST', headers, body: file });
  if (response.headers.get('content-type')?.includes('json') === true) {
    const result: ImportResult = await response.json();
    return result;
  }
  if (response.body === null) throw new LineDown('no body');
  try {
    for await (const { event, data } of readEvents(response.body)) {
      const value = JSON.parse(data);
      if (event === 'result') {
        const result: ImportResult = value;
        return result;
      }
      if (event === 'problem' || event === 'error') throw new Problem(Number(value.status ?? 500), value);
      progress(value);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new LineDown(error);
  }
  throw new LineDown('the stream ended before its result');
}

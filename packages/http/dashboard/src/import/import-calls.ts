import { LineDown, open, Problem, query } from '../api/client.ts';
import type { ImportPreview, ImportProgress, ImportResult, ImportSettings } from '../api/import-types.ts';
import { readEvents } from './event-stream.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;
/** What is sent: the file, and what was decided of it. */
export interface Upload {
  readonly walletId: string;
  readonly file: Blob;
  readonly settings: ImportSettings;
  readonly account: string | undefined;
}

/** A file with its settings as a form: a header would have no room for choices of many rows. */
export function importForm({ file, settings }: Pick<Upload, 'file' | 'settings'>): FormData {
  const form = new FormData();
  form.append('settings', JSON.stringify(settings));
  form.append('file', file);
  return form;
}

const pathOf = ({ walletId, account }: Upload, dryRun: boolean): string =>
  `/wallets/${encodeURIComponent(walletId)}/imports${query({ account, dryRun: String(dryRun) })}`;

export async function dryRun(upload: Upload): Promise<ImportPreview> {
  const headers = { accept: 'application/json' };
  const response = await open(pathOf(upload, true), { method: 'POST', headers, body: importForm(upload) });
  const preview: ImportPreview = await response.json();
  return preview;
}

interface Booking extends Upload {
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

async function bookOnce(booking: Booking): Promise<ImportResult> {
  const headers = {
    accept: 'text/event-stream',
    'idempotency-key': booking.key,
  };
  const response = await open(pathOf(booking, false), { method: 'POST', headers, body: importForm(booking) });
  if (response.headers.get('content-type')?.includes('json') === true) {
    const result: ImportResult = await response.json();
    return result;
  }
  return readOutcome<ImportResult>(response, booking.progress);
}

/** What a stream of events comes to: its result, told of with progress on the way. */
export async function readOutcome<T>(response: Response, progress: (step: ImportProgress) => void): Promise<T> {
  if (response.body === null) throw new LineDown('no body');
  try {
    for await (const { event, data } of readEvents(response.body)) {
      const value = JSON.parse(data);
      if (event === 'result') {
        const result: T = value;
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

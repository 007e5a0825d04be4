import type { IncomingMessage } from 'node:http';
import { jsonIn, parseWith, readBytes } from './body.ts';
import { formParts } from './form.ts';
import { contentTypeOf } from './headers.ts';
import { Problem, requestInvalid } from './problem.ts';
import { importSettings } from './schemas/imports.ts';
import type { Settings } from './statement-file.ts';

/** What a file may come as, by itself. */
const FILE_TYPES = [
  'text/csv',
  'application/octet-stream',
  'application/xml',
  'text/xml',
  'application/json',
  'application/x-ofx',
  'application/vnd.intu.qfx',
  'application/qif',
  'application/x-qif',
  'application/vnd.ms-excel',
];
const FORM = 'multipart/form-data';
export const IMPORT_TYPES: readonly string[] = [...FILE_TYPES, FORM];

const MAX_FILE_BYTES = 20_000_000;
/** Choices for each row of the largest file. */
const MAX_SETTINGS_BYTES = 20_000_000;
/** What stands round the two parts of a form. */
const MAX_FORM_BYTES = 10_000;

/** A file that is to be imported, and what was decided about it. */
export interface ImportUpload {
  readonly bytes: Buffer;
  readonly settings: Settings;
}

/** Reads a file with its settings: the parts of a form, or the body and the header `Kakeibo-Import`, which carries 16 KB at the most. */
export async function readUpload(request: IncomingMessage): Promise<ImportUpload> {
  const type = contentTypeOf(request);
  const header = request.headers['kakeibo-import'];
  const told = header === undefined ? undefined : settingsIn(Buffer.from(unescapedHeader(String(header))), 'Kakeibo-Import');
  if (FILE_TYPES.includes(type)) return { settings: told ?? {}, bytes: await readBytes(request, MAX_FILE_BYTES) };
  if (type !== FORM) {
    throw new Problem(415, 'content-type-refused', `Send the file itself, with Content-Type: ${IMPORT_TYPES.join(' or ')}.`);
  }
  const parts = formParts(request, await readBytes(request, MAX_FILE_BYTES + MAX_SETTINGS_BYTES + MAX_FORM_BYTES));
  const unknown = [...parts.keys()].find((name) => name !== 'file' && name !== 'settings');
  if (unknown !== undefined) throw requestInvalid([{ path: unknown, message: 'The form has the parts `settings` and `file`.' }]);
  const [bytes, settings] = [parts.get('file'), parts.get('settings')];
  if (bytes === undefined) throw requestInvalid([{ path: 'file', message: 'It is missing.' }]);
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge('file', MAX_FILE_BYTES);
  if (settings === undefined) return { bytes, settings: told ?? {} };
  if (told !== undefined) {
    throw requestInvalid([{ path: 'Kakeibo-Import', message: 'Send the settings in the form or in the header, not in both.' }]);
  }
  if (settings.length > MAX_SETTINGS_BYTES) throw tooLarge('settings', MAX_SETTINGS_BYTES);
  return { bytes, settings: settingsIn(settings, 'settings') };
}

function tooLarge(part: string, limit: number): Problem {
  return new Problem(413, 'body-too-large', `The part “${part}” may have ${limit} bytes.`);
}

function unescapedHeader(header: string): string {
  try {
    return header.startsWith('%') ? decodeURIComponent(header) : header;
  } catch {
    return '';
  }
}

function settingsIn(bytes: Buffer, place: string): Settings {
  let value: unknown;
  try {
    value = jsonIn(bytes);
  } catch {
    throw requestInvalid([{ path: place, message: `The ${place === 'settings' ? 'part' : 'header'} is no JSON object.` }]);
  }
  return parseWith(importSettings, value);
}

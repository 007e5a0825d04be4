import { refuseFile, type BankFile, type BankFileRefusal, type BankFormat } from '@kakeibo/core';
import { refuseBytes, startOf, type BankFileOptions } from './bank-text.ts';
import { readCamtInSteps } from './camt.ts';
import { inSlices } from './csv-slices.ts';
import { readJournalInSteps } from './journal.ts';
import { readMt940InSteps } from './mt940.ts';
import { readOfxInSteps } from './ofx.ts';
import { readQifInSteps } from './qif.ts';

export { MAX_BANK_FILE_BYTES, MAX_BANK_RECORDS, type BankFileOptions } from './bank-text.ts';

type Reader = (bytes: Uint8Array, options: BankFileOptions) => Generator<void, BankFile | BankFileRefusal>;

const READERS: Readonly<Record<BankFormat, Reader>> = {
  camt: readCamtInSteps,
  journal: readJournalInSteps,
  mt940: readMt940InSteps,
  ofx: readOfxInSteps,
  qif: readQifInSteps,
};

// Below comments, blank lines and declared marks: a directive that only journals have, or a transaction with a posting under it.
const JOURNAL_TEXT =
  /^(?:(?:[;#*%|][^\r\n]*|decimal-mark [.,])?\r?\n){0,500}(?:(?:include|alias|apply account)\s+[^\s,;|][^,;\t|\r\n]*[\r\n]|account\s+(?:assets?|liabilit(?:y|ies)|income|revenues?|expenses?|equity)(?:[:\s]|$)|commodity\s+(?:[^\s,;|\d]{1,20}\s?\d[\d.,]{0,40}|\d[\d.,]{0,40}\s?[^\s,;|\d]{1,20})\s*?[\r\n]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:=[\d/.-]{1,10})?(?:[ \t][^\r\n]{0,1000})?\r?\n[ \t]+(?:[;*!([]|\p{L}))/iu;

const SIGNS: readonly (readonly [BankFormat, RegExp])[] = [
  ['ofx', /^\s*OFXHEADER\s*:|<\?OFX\s|<OFX[\s>]/i],
  ['camt', /<(?:[\w-]{1,40}:)?Document[\s>][^]{0,2000}?(?:camt\.05[234]|BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn))/],
  ['qif', /^\s*!(?:Type|Account|Option|Clear)\b/i],
  ['mt940', /^\s*(?:\{1:F|:20:)|(?:^|[\r\n]|\{4:):20:[^]{0,1000}[\r\n]:25[A-Z]?:/],
  ['journal', /^\s*\[\s*(?:\{\s*"t(?:code|comment|date|description|index|postings)|\]\s*$)/],
  ['journal', JOURNAL_TEXT],
];

/**
 * Tells a file's format by its first bytes, never by its name. What has no mark of its own is taken for CSV.
 *
 * @example
 * sniffFormat(new TextEncoder().encode('!Type:Bank\n'));  // 'qif'
 * sniffFormat(new TextEncoder().encode('Date,Amount\n')); // 'csv'
 */
export function sniffFormat(bytes: Uint8Array): BankFormat | 'csv' {
  const start = startOf(bytes).replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '');
  return SIGNS.find(([, sign]) => sign.test(start))?.[0] ?? 'csv';
}

/**
 * Reads a bank's file of any format but CSV, which has questions of its own (see `readCsv`).
 *
 * @example
 * const file = await readBankFile(new TextEncoder().encode('!Type:Bank\nD14.10.2026\nT-3,50\n^\n'), { currency: eur });
 * file; // { kind: 'bank-file', format: 'qif', … }
 */
export async function readBankFile(
  bytes: Uint8Array,
  { format, ...options }: BankFileOptions & { readonly format?: BankFormat },
): Promise<BankFile | BankFileRefusal> {
  const refused = refuseBytes(bytes, options);
  if (refused !== undefined) return refused;
  const found = format ?? sniffFormat(bytes);
  if (found === 'csv') return refuseFile('format-unknown', 'This is no OFX, QIF, CAMT, MT940 or journal file.');
  return inSlices(READERS[found](bytes, options));
}

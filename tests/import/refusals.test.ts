import { inSlices, readCsv } from '@kakeibo/adapters/csv';
import { readStatementInSteps, type StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encode } from './bank-file.ts';
import { bookedBy, currencyOf, walletIn } from './read.ts';

const wide = Array.from({ length: 200 }, (_, index) => `c${index}`).join(',');
const lines = (count: number): string => `date,amount\n${'2026-01-01,1.00\n'.repeat(count)}`;
const random = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7_919 + (index >> 3) * 31) % 256);

describe('files that are refused', () => {
  it.each([
    ['no bytes', new Uint8Array(), 'file-empty', undefined],
    ['blanks only', encode(' \n\r\n\t\n'), 'file-empty', undefined],
    ['separators only', encode(',,,\n,,,\n'), 'file-empty', undefined],
    ['a BOM only', encode('', { bytes: 'utf-8-bom' }), 'file-empty', undefined],
    ['a PDF', encode('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\n'), 'file-not-csv', undefined],
    ['an Excel workbook', encode('PK\u0003\u0004\u0014\u0000\u0006\u0000'), 'file-not-csv', undefined],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'file-not-csv', undefined],
    ['a compressed file', new Uint8Array(gzipSync(lines(100))), 'file-not-csv', undefined],
    ['noise', random, 'file-not-csv', undefined],
    ['NULs', new Uint8Array(10_000), 'file-not-csv', undefined],
    ['a web page', encode('\n<!DOCTYPE html><html><body>Log in, please; now</body></html>'), 'file-not-csv', undefined],
    ['JSON', encode('{"format": "kakeibo/1", "events": []}'), 'file-not-csv', undefined],
    ['one column', encode('Date\n2026-01-01\n2026-01-02\n'), 'columns-unknown', undefined],
    ['200 columns', encode(`date,amount\n${wide}\n`), 'too-many-columns', 2],
    ['20 megabytes of delimiters', encode(`a;b\n${';'.repeat(20_000_000)}`), 'too-many-columns', 2],
    ['a cell of a megabyte', encode(`date,note\n2026-01-01,${'x'.repeat(1_000_000)}\n`), 'cell-too-long', 2],
    ['a cell of 20 megabytes', encode(`date,note\n2026-01-01,"${'x'.repeat(20_000_000)}`), 'cell-too-long', 2],
    ['50,001 rows', encode(lines(50_000)), 'import-too-large', 50_001],
    ['a quote that is never closed', encode('date,note\n2026-01-01,a\n2026-01-02,"b\n2026-01-03,c\n'), 'file-not-csv', 3],
  ] as const)('%s', async (_, bytes, code, line) => {
    const refused = await readCsv(bytes);
    expect(refused).toMatchObject({ kind: 'refused', code });
    expect(refused.kind === 'refused' ? refused.line : null).toBe(line);
  });

  it('stop at the bounds and not before them', async () => {
    expect(await readCsv(encode(lines(49_999)))).toMatchObject({ kind: 'rows' });
    expect(await readCsv(encode(`a,b\n${'x,'.repeat(99)}x\n`))).toMatchObject({ kind: 'rows' });
    expect(await readCsv(encode(`a,b\n1,${'x'.repeat(10_000)}\n`))).toMatchObject({ kind: 'rows' });
  });
});

const currency = currencyOf('EUR');

/** Reads what nobody wrote. Whatever comes out is kept, to be booked at last. */
async function survive(bytes: Uint8Array, kept: StatementRow[]): Promise<void> {
  const file = await readCsv(bytes);
  if (file.kind === 'refused') return;
  const read = await inSlices(readStatementInSteps(file.rows, { currency }));
  if (read.kind === 'refused') return;
  expect(read.statementRows.every(({ fingerprint }) => fingerprint.length <= 128)).toBe(true);
  kept.push(...read.statementRows);
}

describe('hostile bytes', () => {
  it('are read or refused, never thrown at', async () => {
    const kept: StatementRow[] = [];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), (bytes) => survive(bytes, kept)),
      { numRuns: 300 },
    );
    expect(await bookedBy(await walletIn('EUR'), kept)).toBe(kept.length);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      ',',
      ';',
      '\t',
      '|',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      '-',
      '(',
      ')',
      '\u0000',
      "'",
      '=',
      ' ',
      '\u202e',
      '\ufeff',
      'Date',
      'Amount',
      'Debit',
    ),
    fc.constantFrom(
      '2026-01-05',
      '31/09/2026',
      '1.234,56',
      '(12.00)',
      '12,-',
      'Total',
      '€',
      '\n2026-01-07;-2,00;B;',
      '\n14.01.2026;3,50;',
      'Dr',
      '__proto__:a',
      '1'.repeat(60),
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const torn = fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join(''));
  const cell = fc.array(piece, { maxLength: 3 }).map((pieces) => `"${pieces.join('').replaceAll('"', '""')}"`);
  const row = fc.tuple(fc.constantFrom('2026-01-05', '14.01.2026'), fc.constantFrom('-1,00', '3,50'), cell, cell);
  const whole = fc.array(row, { maxLength: 20 }).map((rows) => rows.map((cells) => cells.join(';')).join('\n'));
  const text = fc.oneof(torn, whole).map((body) => `Date;Amount;Category;Note\n2026-01-05;-1,00;A;b\n${body}`);

  it('in the dress of a CSV file come to rows that a wallet takes, or to reasons', async () => {
    const kept: StatementRow[] = [];
    await fc.assert(
      fc.asyncProperty(text, (written) => survive(encode(written), kept)),
      { numRuns: 500 },
    );
    expect(kept.length).toBeGreaterThan(1_000);
    // Under fingerprints of their own, so that none is left out as a duplicate.
    const all = kept.map((row, index) => ({ ...row, fingerprint: String(index) }));
    expect(await bookedBy(await walletIn('EUR'), all)).toBe(kept.length);
  });
});

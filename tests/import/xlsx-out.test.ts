import { xlsxWriter, type XlsxCell } from '@kakeibo/adapters/xlsx-out';
import { parseDate, type CivilDate } from '@kakeibo/core';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

type Slices = readonly (readonly (readonly XlsxCell[])[])[];

function workbook(name: string, header: readonly string[], ...slices: Slices): Uint8Array {
  const bytes: Uint8Array[] = [];
  const writer = xlsxWriter({ name, header }, (slice) => bytes.push(slice));
  for (const slice of slices) writer.write(slice);
  writer.end();
  return new Uint8Array(Buffer.concat(bytes));
}

function filesOf(name: string, header: readonly string[], ...slices: Slices): Record<string, string> {
  const files = unzipSync(workbook(name, header, ...slices));
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, strFromU8(content)]));
}

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'row' || name === 'c',
});
interface Cell {
  readonly '@_r': string;
  readonly '@_s'?: string;
  readonly v?: string;
  readonly is?: { readonly t: string | { readonly '#text': string } };
}

/** What a spreadsheet shows: the text or number of each cell by its place, the escapes of OOXML undone. */
function cellsOf(files: Readonly<Record<string, string>>): Readonly<Record<string, string | number>> {
  const xml = files['xl/worksheets/sheet1.xml'] ?? '';
  expect(XMLValidator.validate(xml)).toBe(true);
  const rows = (parser.parse(xml) as { worksheet: { sheetData: { row: readonly { c?: readonly Cell[] }[] } } }).worksheet
    .sheetData.row;
  return Object.fromEntries(
    rows.flatMap(({ c = [] }) =>
      c.map((cell) => {
        if (cell.v !== undefined) return [cell['@_r'], Number(cell.v)] as const;
        const written = typeof cell.is?.t === 'string' ? cell.is.t : (cell.is?.t['#text'] ?? '');
        const text = written.replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        return [cell['@_r'], text] as const;
      }),
    ),
  );
}

describe('a workbook', () => {
  it('is a ZIP of the files that a spreadsheet asks for, each well-formed, the same for the same rows', () => {
    const files = filesOf('\'[Home]: 1/2 & "more" than thirty-one characters\'', ['date'], []);
    expect(Object.keys(files).toSorted()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    for (const xml of Object.values(files)) expect(XMLValidator.validate(xml)).toBe(true);
    expect(files['xl/workbook.xml']).toContain('<sheet name="Home   1 2 &amp; &quot;more&quot; than thir" sheetId="1"');
    expect(workbook('x', ['a'], [['b']])).toEqual(workbook('x', ['a'], [['b']]));
  });

  it('keeps sums as numbers where a double gives them back, and as texts where it does not', () => {
    const sums = ['0.00', '-3.50', '1234567890123.45', '12345678901234.56', '-9007199254740993.00', '0.0001', '1500', '1e3'];
    const files = filesOf(
      'x',
      ['sum'],
      sums.map((decimal) => [{ decimal }]),
    );
    const cells = cellsOf(files);
    expect(sums.map((_, index) => cells[`A${index + 2}`])).toEqual([
      0,
      -3.5,
      1234567890123.45,
      '12345678901234.56',
      '-9007199254740993.00',
      0.0001,
      1500,
      '1e3',
    ]);
    // As many decimals as were written, by the style.
    expect(files['xl/worksheets/sheet1.xml']).toContain('<c r="A3" s="5"><v>-3.50</v></c>');
    expect(files['xl/styles.xml']).toContain('<numFmt numFmtId="169" formatCode="#,##0.00"/>');
  });

  it('has days as days, but for those that spreadsheets disagree about', () => {
    const days = ['2026-10-14', '1900-03-01', '1900-02-28', '1400-01-01'].map((text) => parseDate(text) as CivilDate);
    const cells = cellsOf(
      filesOf(
        'x',
        ['day'],
        days.map((day) => [{ day }]),
      ),
    );
    expect(days.map((_, index) => cells[`A${index + 2}`])).toEqual([46_309, 61, '1900-02-28', '1400-01-01']);
  });

  it('names its columns beyond Z', () => {
    const cells = cellsOf(
      filesOf(
        'x',
        Array.from({ length: 703 }, (_, index) => `c${index}`),
      ),
    );
    expect([cells['Z1'], cells['AA1'], cells['ZZ1'], cells['AAA1']]).toEqual(['c25', 'c26', 'c701', 'c702']);
  });

  const text = fc.oneof(
    fc.constantFrom('=1+1', '_x000D_', '_x_', 'a\u0000b', 'a\r\nb', ' blank ', '<&>"\'', ']]>', '\uffff', '@x'),
    fc.string({ unit: 'grapheme', maxLength: 50 }),
  );
  it('gives every text back as it was written, in whatever slices', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), fc.nat(12), (rows, at) => {
        const cells = cellsOf(filesOf('x', ['a'], rows.slice(0, at), [], rows.slice(at)));
        // XML reads a carriage return as a line feed unless it is escaped, which it is here.
        for (const [row, texts] of rows.entries()) {
          for (const [column, written] of texts.entries()) {
            const place = `${'ABCD'[column]}${row + 2}`;
            const decoded = String(cells[place] ?? '').replaceAll('&quot;', '"');
            expect(decoded).toBe(written.toWellFormed());
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('refuses more rows than a sheet has', () => {
    const writer = xlsxWriter({ name: 'x', header: [] }, () => undefined);
    expect(() => writer.write(Array.from({ length: 1_048_576 }, () => []))).toThrow('at most 1048576 rows');
  });
});

import { assert, daysBetween, type CivilDate } from '@kakeibo/core';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { xlsxParts, xlsxStyle, xlsxText } from './xlsx-parts.ts';

/** A cell: a text, which is never run as a formula; a number as its exact decimal; or a day. */
export type XlsxCell = string | { readonly decimal: string } | { readonly day: CivilDate };

/** A workbook of one sheet that is being written. */
export interface XlsxWriter {
  /** Adds some rows. */
  write(rows: readonly (readonly XlsxCell[])[]): void;
  /** Writes what stands behind the rows. Nothing can be added after it. */
  end(): void;
}

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;

/**
 * Starts a workbook and hands its bytes on as they come, so that a long one is never whole in memory.
 *
 * @example
 * const slices = [];
 * const writer = xlsxWriter({ name: 'Entries', header: ['date', 'amount'] }, (bytes) => slices.push(bytes));
 * writer.write([[{ day: day('2026-10-14') }, { decimal: '-3.50' }]]);
 * writer.end();
 * slices.length > 0; // true
 */
export function xlsxWriter(
  { name, header }: { readonly name: string; readonly header: readonly string[] },
  take: (bytes: Uint8Array) => void,
): XlsxWriter {
  const zip = new Zip((error, bytes) => {
    // It has no other errors than a wrong order of calls.
    if (error !== null) throw error;
    take(bytes);
  });
  for (const { path, xml } of xlsxParts(name)) {
    const part = file(path);
    zip.add(part);
    part.push(strToU8(xml), true);
  }
  const sheet = file('xl/worksheets/sheet1.xml');
  zip.add(sheet);
  sheet.push(strToU8(`${SHEET_HEAD}${rowOf(header, 1, 'header')}`));
  let rows = 1;
  return {
    write(more) {
      assert(rows + more.length <= MAX_ROWS, `a sheet has at most ${MAX_ROWS} rows`);
      const xml = more.map((cells) => rowOf(cells, (rows += 1), 'body')).join('');
      if (xml !== '') sheet.push(strToU8(xml));
    },
    end() {
      sheet.push(strToU8(SHEET_TAIL), true);
      zip.end();
    },
  };
}

const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">' +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>';
const SHEET_TAIL = '</sheetData></worksheet>';

function file(path: string): ZipDeflate {
  const part = new ZipDeflate(path, { level: 6 });
  // The same rows are the same bytes, whenever they are written. ZIP has no days before this one.
  part.mtime = new Date(1980, 0, 1);
  return part;
}

function rowOf(cells: readonly XlsxCell[], row: number, part: 'header' | 'body'): string {
  assert(cells.length <= MAX_COLUMNS, `a sheet has at most ${MAX_COLUMNS} columns`);
  return `<row r="${row}">${cells.map((cell, column) => cellOf(cell, `${columnName(column)}${row}`, part)).join('')}</row>`;
}

function cellOf(cell: XlsxCell, place: string, part: 'header' | 'body'): string {
  if (typeof cell === 'string') return textCell(cell, place, part === 'header' ? xlsxStyle('header') : 0);
  if ('day' in cell) {
    const serial = daysBetween(EPOCH, cell.day);
    return serial < FIRST_SERIAL ? textCell(cell.day, place) : `<c r="${place}" s="${xlsxStyle('day')}"><v>${serial}</v></c>`;
  }
  const { decimal } = cell;
  if (!survives(decimal)) return textCell(decimal, place);
  const decimals = decimal.includes('.') ? decimal.length - decimal.indexOf('.') - 1 : 0;
  return `<c r="${place}" s="${xlsxStyle(decimals)}"><v>${decimal}</v></c>`;
}

function textCell(text: string, place: string, style = 0): string {
  if (text === '') return '';
  const styled = style === 0 ? '' : ` s="${style}"`;
  return `<c r="${place}"${styled} t="inlineStr"><is><t xml:space="preserve">${xlsxText(text)}</t></is></c>`;
}

const EPOCH = '1899-12-30' as CivilDate;
// Spreadsheets believe in 29 February 1900, so that serials before 1 March are not the same days everywhere.
const FIRST_SERIAL = 61;

const MAX_DIGITS = 15;

/** Whether a spreadsheet, which keeps numbers as doubles of 15 digits, gives the decimal back as it was. */
function survives(decimal: string): boolean {
  if (!/^-?\d{1,30}(?:\.\d{1,4})?$/.test(decimal)) return false;
  return decimal.replace(/^-?0*|\./g, '').replace(/^0+/, '').length <= MAX_DIGITS;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(0x41 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

import { exportHeader, exportRows, type CivilDate, type ExportEntry } from '@kakeibo/core';
import type { SheetCell } from '../export-formats.ts';
import { Problem } from '../problem.ts';
import { entriesOf, exportFormatsOf, formatsOf, slicesOf, type Counted, type WalletFileMaker } from './wallet-file.ts';

const SLICE = 200;

/** Entries as CSV, newest first. */
export const csvFile: WalletFileMaker = async (file) => {
  const { summary, service } = file;
  const { csv } = formatsOf(service);
  const entries = (await entriesOf(file)).toReversed().map(exported);
  function* pieces(): Generator<string> {
    yield csv.write([exportHeader()]);
    for (const slice of slicesOf(entries, SLICE)) yield csv.write(exportRows(slice, { wallet: summary.name }));
  }
  return { type: 'text/csv', name: `${summary.name}.csv`, pieces: pieces() };
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAX_SHEET_ROWS = 1_048_575;

/** Entries as a workbook, newest first. */
export const xlsxFile: WalletFileMaker = async (file) => {
  const { summary, service } = file;
  const { xlsx } = exportFormatsOf(service);
  const entries = (await entriesOf(file)).toReversed().map(exported);
  const rows = entries.reduce((sum, { parts }) => sum + (parts?.length ?? 1), 0);
  if (rows > MAX_SHEET_ROWS)
    throw new Problem(
      422,
      'export-too-large',
      `A sheet has at most ${MAX_SHEET_ROWS} rows, and these are ${rows}. Ask for less of it with from and to.`,
    );
  function* pieces(): Generator<Uint8Array> {
    const ready: Uint8Array[] = [];
    const writer = xlsx({ name: 'Entries', header: exportHeader() }, (bytes) => void ready.push(bytes));
    for (const slice of slicesOf(entries, SLICE)) {
      writer.write(exportRows(slice, { wallet: summary.name }).map(sheetRow));
      yield* ready.splice(0);
    }
    writer.end();
    yield* ready;
  }
  return { type: XLSX, name: `${summary.name}.xlsx`, pieces: pieces() };
};

function exported({ id, facts }: Counted): ExportEntry {
  return { id, ...facts };
}

const [DAY, AMOUNT] = ['date', 'amount'].map((name) => exportHeader().indexOf(name));

function sheetRow(cells: readonly string[]): readonly SheetCell[] {
  return cells.map((cell, column) => {
    if (column === DAY) return { day: cell as CivilDate };
    return column === AMOUNT ? { decimal: cell } : cell;
  });
}

import { formatAmount } from '@kakeibo/core';
import type { StatementFile } from '../statement-file.ts';

const SHOWN_ROWS = 200;
const SAMPLE_ROWS = 5;
const SAMPLE_CHARACTERS = 200;

/** What an import would do, to be looked at before it is done. `isNew` goes with the statement's rows. */
export function previewOf({ file, layout, statementRows, bad }: StatementFile, isNew: readonly boolean[]): unknown {
  const { headerRow, header, columns, dateOrder, dateOrders, decimalMark, questions } = layout;
  const added = isNew.filter(Boolean).length;
  return {
    format: 'csv',
    encoding: file.encoding,
    delimiter: file.delimiter,
    headerRow,
    header,
    columns,
    dateOrder,
    dateOrders,
    decimalMark,
    questions,
    sample: sampleOf({ file, layout }),
    rows: statementRows.slice(0, SHOWN_ROWS).map(({ line, kind, amount, occurredOn, category, note }, index) => ({
      line,
      status: isNew[index] === true ? 'new' : 'duplicate',
      kind,
      amount: formatAmount(amount),
      occurredOn,
      category: category ?? null,
      note: note ?? null,
    })),
    counts: { rows: statementRows.length + bad.length, new: added, duplicate: statementRows.length - added, bad: bad.length },
    bad: bad.slice(0, SHOWN_ROWS),
  };
}

function sampleOf({ file, layout }: Pick<StatementFile, 'file' | 'layout'>): readonly (readonly string[])[] {
  const body = file.rows.filter(({ line }) => line >= layout.firstLine && line <= layout.lastLine).slice(0, SAMPLE_ROWS);
  return body.map(({ cells }) => cells.map((cell) => cell.slice(0, SAMPLE_CHARACTERS)));
}

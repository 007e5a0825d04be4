import type { BadRow } from '../api/import-types.ts';

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A cell that a spreadsheet would take for a formula is made text. */
function safe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/**
 * The rows that could not be read, as a file that can be mended and imported again: each row as it was, then its line and
 * what is wrong with it. A row whose quotes do not close goes into one cell, so that it cannot swallow its neighbours.
 */
export function badRowsCsv(bad: readonly BadRow[], header: readonly string[], delimiter: string): string {
  const head = [...header.map((name) => quoted(safe(name))), quoted('Line'), quoted('Reason')].join(delimiter);
  const rows = bad.map(({ line, reason, text }) => {
    const closed = (text.split('"').length - 1) % 2 === 0 && !/[\r\n]$/.test(text);
    const row = closed ? text : quoted(text.trim());
    return [row, String(line), quoted(safe(reason))].join(delimiter);
  });
  return `${[head, ...rows].join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

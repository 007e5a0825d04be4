import { table } from './output.ts';

type Plain = string | number | boolean | null;

function isPlain(value: unknown): value is Plain {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: Plain): string {
  return value === null ? '–' : String(value);
}

/** Any report as lines: what is one figure as `name  figure`, what is a list as a table, what is inside something under its name. */
export function linesOf(report: object, depth = 0): readonly string[] {
  const fields = Object.entries(report);
  const plain = fields.filter((field): field is [string, Plain] => isPlain(field[1]));
  const lines = plain.length === 0 ? [] : unheaded(plain.map(([name, value]) => [name, shown(value)]));
  for (const [name, value] of fields) {
    if (Array.isArray(value)) lines.push('', `${name}:`, ...listLines(value));
    else if (isRecord(value)) lines.push('', `${name}:`, ...linesOf(value, depth + 1).map((line) => `  ${line}`));
  }
  return lines;
}

function unheaded(rows: readonly (readonly string[])[]): string[] {
  return table(['', ''], rows).slice(1);
}

function listLines(items: readonly unknown[]): readonly string[] {
  if (items.length === 0) return ['  none'];
  const records = items.filter(isRecord).map(flattened);
  if (records.length === 0) return items.map((item) => `  ${isPlain(item) ? shown(item) : JSON.stringify(item)}`);
  const header = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return table(
    header,
    records.map((record) => header.map((name) => record[name] ?? '')),
  ).map((line) => `  ${line}`);
}

/** A row of a table: figures inside a figure get its name before theirs; lists of words are joined, other lists counted. */
function flattened(record: Record<string, unknown>): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'drill') continue;
    if (isPlain(value)) cells[name] = shown(value);
    else if (Array.isArray(value)) cells[name] = value.every(isPlain) ? value.map(shown).join(' ') : String(value.length);
    else if (isRecord(value)) for (const [inner, cell] of Object.entries(flattened(value))) cells[`${name}.${inner}`] = cell;
  }
  return cells;
}

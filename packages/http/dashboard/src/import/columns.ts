import type { ImportColumns } from '../api/import-types.ts';

/** What a column of the file can become. */
export type Role = 'skip' | 'date' | 'amount' | 'debit' | 'credit' | 'mark' | 'category' | 'note' | 'currency' | 'state' | 'fee';

export const ROLES: readonly (readonly [Role, string])[] = [
  ['skip', 'Skip'],
  ['date', 'Day'],
  ['amount', 'Amount'],
  ['debit', 'Money out'],
  ['credit', 'Money in'],
  ['mark', 'In or out'],
  ['note', 'What'],
  ['category', 'Category'],
  ['currency', 'Currency'],
  ['state', 'State'],
  ['fee', 'Fee'],
];

export const isRole = (text: string): text is Role => ROLES.some(([role]) => role === text);

export function roleOf(columns: ImportColumns, index: number): Role {
  const { note, ...single } = columns;
  for (const [role, at] of Object.entries(single)) if (at === index && isRole(role)) return role;
  const notes = typeof note === 'number' ? [note] : (note ?? []);
  return notes.includes(index) ? 'note' : 'skip';
}

/** The columns after one of them was given another role. A role that only one column can have is taken from the other. */
export function withRole(columns: ImportColumns, index: number, role: Role, count: number): ImportColumns {
  const roles = Array.from({ length: count }, (_, at): Role => {
    if (at === index) return role;
    const held = roleOf(columns, at);
    if (held === role && role !== 'note') return 'skip';
    if (role === 'amount' && (held === 'debit' || held === 'credit')) return 'skip';
    if ((role === 'debit' || role === 'credit') && held === 'amount') return 'skip';
    return held;
  });
  const at = (wanted: Role): number | undefined => {
    const found = roles.indexOf(wanted);
    return found < 0 ? undefined : found;
  };
  const notes = roles.flatMap((held, place) => (held === 'note' ? [place] : []));
  const single = {
    date: at('date'),
    amount: at('amount'),
    debit: at('debit'),
    credit: at('credit'),
    mark: at('mark'),
    category: at('category'),
    currency: at('currency'),
    state: at('state'),
    fee: at('fee'),
  };
  const set = Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined));
  return notes.length === 0 ? set : { ...set, note: notes.length === 1 ? (notes[0] ?? 0) : notes };
}

/** What is still needed before the rows can be read. */
export function lacking(columns: ImportColumns): string | undefined {
  if (columns.date === undefined) return 'Which column holds the day?';
  if (columns.amount === undefined && columns.debit === undefined && columns.credit === undefined)
    return 'Which column holds the amount?';
  if (columns.amount === undefined && columns.debit === undefined) return 'Which column holds the money out?';
  if (columns.amount === undefined && columns.credit === undefined) return 'Which column holds the money in?';
  return undefined;
}

const ORDER_WORDS: Readonly<Record<string, string>> = {
  dmy: 'day month year',
  mdy: 'month day year',
  ymd: 'year month day',
  ydm: 'year day month',
};

export function orderInWords(order: string): string {
  return ORDER_WORDS[order.toLowerCase().replace(/[^a-z]/g, '')] ?? order;
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma ,',
  ';': 'semicolon ;',
  '\t': 'tab',
  '|': 'bar |',
  ':': 'colon :',
};

export const delimiterInWords = (mark: string): string => DELIMITERS[mark] ?? mark;
export const DELIMITER_CHOICES: readonly string[] = [',', ';', '\t', '|'];

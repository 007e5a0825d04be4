import { cellOf } from './cells.ts';
import { sideOf } from './cell-words.ts';
import { namesCurrency } from './currency-names.ts';
import { datePartsOf } from './dates.ts';
import { figureOf } from './figures.ts';
import { rolesOf, type Role } from './header-words.ts';
import type { Columns, Row } from './layout.ts';

/** What the cells of a column look like, counted over a sample of the rows. */
interface Shape {
  readonly column: number;
  filled: number;
  dates: number;
  figures: number;
  negatives: number;
  /** Figures with decimals or a sign: money rather than numbers of accounts. */
  moneylike: number;
  debits: number;
  credits: number;
  currencies: number;
  letters: number;
}

interface Named {
  readonly column: number;
  readonly rank: number;
}

/** The columns as found, with those that only bear witness to how dates and figures are written. */
export interface Found {
  readonly columns: Columns;
  readonly dates: readonly number[];
  readonly figures: readonly number[];
  /** Those that the header calls the other side; they are among the note's. */
  readonly payees?: readonly number[];
}

/**
 * Chooses the columns by the words of the header, each checked against the cells, and by the cells alone where words are missing.
 *
 * @example
 * chooseColumns(['Datum', 'Betrag'], rows).columns; // { date: 0, amount: 1, … }
 */
export function chooseColumns(header: readonly string[], sample: readonly Row[]): Found {
  const width = sample.reduce((most, row) => Math.max(most, row.cells.length), header.length);
  const shapes = Array.from({ length: width }, (_, column) => shapeOf(column, sample));
  const named = byRole(header);
  const of = (role: Role): readonly Shape[] => (named.get(role) ?? []).flatMap(({ column }) => shapes[column] ?? []);
  const empty = sample.length === 0;
  const dates = of('date').filter((shape) => empty || isDates(shape, sample.length));
  const date = dates[0] ?? most(shapes, ({ dates: count, filled }) => (count * 5 >= filled * 4 ? count : 0));
  const taken = new Set<number>(date === undefined ? [] : [date.column]);
  const money = moneyColumns(of, { shapes, taken, headed: header.length > 0 });
  for (const column of [money.amount, money.debit, money.credit]) if (column !== undefined) taken.add(column);
  const mark = money.amount === undefined ? undefined : markColumn(of('mark'), shapes, taken);
  if (mark !== undefined) taken.add(mark);
  const others = otherColumns(of, { shapes, taken, money, headed: header.length > 0 });
  const note = noteColumns(of, shapes, new Set([...taken, ...Object.values(others)]));
  const columns = defined({ date: date?.column, ...money, mark, ...others });
  return {
    columns: note.length === 0 ? columns : { ...columns, note },
    payees: of('payee')
      .map(({ column }) => column)
      .filter((column) => note.includes(column)),
    dates: [...new Set([...(date === undefined ? [] : [date.column]), ...dates.map(({ column }) => column)])],
    figures: [
      money.amount,
      money.debit,
      money.credit,
      ...of('balance')
        .filter(isFigures)
        .map(({ column }) => column),
    ].filter((column) => column !== undefined),
  };
}

type ByRole = (role: Role) => readonly Shape[];
type Money = Pick<Columns, 'amount' | 'debit' | 'credit'>;
interface Context {
  readonly shapes: readonly Shape[];
  readonly taken: ReadonlySet<number>;
  readonly headed: boolean;
}

function byRole(header: readonly string[]): ReadonlyMap<Role, readonly Named[]> {
  const named = new Map<Role, Named[]>();
  header.forEach((cell, column) => {
    for (const { role, rank } of rolesOf(cell)) named.set(role, [...(named.get(role) ?? []), { column, rank }]);
  });
  for (const list of named.values()) list.sort((a, b) => a.rank - b.rank || a.column - b.column);
  return named;
}

function shapeOf(column: number, sample: readonly Row[]): Shape {
  const shape = {
    column,
    filled: 0,
    dates: 0,
    figures: 0,
    negatives: 0,
    moneylike: 0,
    debits: 0,
    credits: 0,
    currencies: 0,
    letters: 0,
  };
  for (const { cells } of sample) {
    const text = cellOf(cells, column);
    if (text === '') continue;
    shape.filled += 1;
    const figure = figureOf(text);
    if (datePartsOf(text) !== undefined) shape.dates += 1;
    else if (figure !== undefined) {
      shape.figures += 1;
      if (figure.negative) shape.negatives += 1;
      if (figure.negative || /[.,]\d{1,2}$/.test(figure.digits) || figure.currency !== undefined) shape.moneylike += 1;
    } else shape.letters += /\p{L}{2}/u.test(text) ? text.length : 0;
    const side = sideOf(text);
    if (side === 'debit') shape.debits += 1;
    if (side === 'credit') shape.credits += 1;
    if (text.length <= 3 && namesCurrency(text)) shape.currencies += 1;
  }
  return shape;
}

function isDates({ filled, dates }: Shape, rows: number): boolean {
  return dates > 0 && dates * 2 >= filled && filled * 2 >= rows;
}

function isFigures({ filled, figures }: Shape): boolean {
  return figures > 0 && figures * 10 >= filled * 7;
}

function isFiguresOrEmpty(shape: Shape): boolean {
  return shape.filled === 0 || isFigures(shape);
}

function most(shapes: readonly Shape[], weight: (shape: Shape) => number): Shape | undefined {
  let best: Shape | undefined;
  for (const shape of shapes) if (weight(shape) > (best === undefined ? 0 : weight(best))) best = shape;
  return best;
}

function moneyColumns(of: ByRole, { shapes, taken, headed }: Context): Money {
  const debit = of('debit').find(isFiguresOrEmpty);
  const credit = of('credit').find((shape) => isFiguresOrEmpty(shape) && shape !== debit);
  const sums = [...of('net'), ...of('amount')];
  const amount = sums.find(isFigures) ?? sums.find(isFiguresOrEmpty);
  if (debit !== undefined && credit !== undefined) return { debit: debit.column, credit: credit.column };
  if (amount !== undefined) return { amount: amount.column };
  if (debit !== undefined && debit.filled > 0) return { debit: debit.column };
  if (credit !== undefined && credit.filled > 0) return { credit: credit.column };
  const excluded = new Set(
    ['balance', 'fee', 'state', 'category'].flatMap((role) => of(role as Role).map(({ column }) => column)),
  );
  const free = shapes.filter((shape) => isFigures(shape) && !taken.has(shape.column) && !excluded.has(shape.column));
  const signed = free.filter(({ negatives }) => negatives > 0);
  const plain = free.filter(({ moneylike }) => moneylike > 0);
  // With two figures in a row and no word for either, or a balance in the red beside the amount, a person has to say.
  const only = headed
    ? plain.length === 1
      ? plain[0]
      : undefined
    : signed.length === 1
      ? signed[0]
      : signed.length === 0
        ? lone(free)
        : undefined;
  return only === undefined ? {} : { amount: only.column };
}

function lone(shapes: readonly Shape[]): Shape | undefined {
  return shapes.length === 1 ? shapes[0] : undefined;
}

function markColumn(named: readonly Shape[], shapes: readonly Shape[], taken: ReadonlySet<number>): number | undefined {
  const marks = ({ filled, debits, credits }: Shape): boolean => debits + credits > 0 && (debits + credits) * 10 >= filled * 8;
  const byName = named.find((shape) => !taken.has(shape.column) && marks(shape));
  const byCells = shapes.find(
    (shape) => !taken.has(shape.column) && shape.debits > 0 && shape.credits > 0 && shape.debits + shape.credits === shape.filled,
  );
  return (byName ?? byCells)?.column;
}

type Others = Pick<Columns, 'category' | 'state' | 'currency' | 'fee'>;

function otherColumns(of: ByRole, { shapes, taken, money, headed }: Context & { readonly money: Money }): Others {
  const free = (shape: Shape): boolean => !taken.has(shape.column);
  const category = of('category').find((shape) => free(shape) && shape.dates === 0 && !isFigures(shape))?.column;
  const state = of('state').find(free)?.column;
  const at = money.amount ?? money.debit ?? money.credit ?? 0;
  // Of two currency columns the one right after the amount is the amount's; the other is the balance's.
  const distance = ({ column }: Shape): number => (column > at ? column - at : 1_000 + at - column);
  const codes = (headed ? of('currency') : shapes).filter(
    (shape) => free(shape) && shape.currencies > 0 && shape.currencies * 10 >= shape.filled * 9,
  );
  const currency = codes.toSorted((a, b) => distance(a) - distance(b))[0]?.column;
  // A fee beside a state is Revolut's: it leaves the account on top of the amount. Elsewhere amounts hold their fees.
  const apart = state !== undefined && money.amount !== undefined && of('net').length === 0;
  const fee = apart ? of('fee').find((shape) => free(shape) && isFigures(shape))?.column : undefined;
  return defined({ category, state, currency, fee });
}

function noteColumns(of: ByRole, shapes: readonly Shape[], taken: ReadonlySet<number>): readonly number[] {
  const usable = (shape: Shape): boolean =>
    !taken.has(shape.column) && shape.dates * 2 <= shape.filled && (shape.debits + shape.credits) * 2 <= shape.filled;
  const inOrder = (role: Role): readonly number[] =>
    of(role)
      .filter(usable)
      .map(({ column }) => column)
      .toSorted((a, b) => a - b);
  const named = [...new Set([...inOrder('payee'), ...inOrder('memo')])];
  if (named.length > 0) return named;
  const lesser = of('lesser').find((shape) => usable(shape) && shape.letters > 0);
  const fallback = lesser ?? most(shapes.filter(usable), ({ letters }) => letters);
  return fallback === undefined ? [] : [fallback.column];
}

/** Drops what is undefined, so that a column that was not found is absent. */
export function defined<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}

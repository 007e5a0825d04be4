import type { Rejection } from '../outcome.ts';
import type { ImportRow } from '../wallet/commands.ts';
import { entries, fromStoredFacts } from '../wallet/entries.ts';
import { factsOf } from '../wallet/facts.ts';
import { IMPORT_PAGE_ROWS } from '../wallet/imports.ts';
import { canBeRow } from '../wallet/judge-rows.ts';
import { isRejection, parseSum, reject } from '../wallet/parse.ts';
import type { CurrencyCode } from '../currency.ts';
import type { CivilDate } from '../calendar.ts';
import type { Session } from './session.ts';

/** A row of a bank's file, read, with a text form that equal rows share. */
export type ImportedRow = Omit<ImportRow, 'occurrence'>;

/**
 * Counts equal rows: the first is 1. Rows with an id of the bank are counted by themselves, since they are held against rows
 * without one; those without go on from there. A second row with the same id of the same account is none: undefined.
 */
export function counted(rows: readonly ImportedRow[]): readonly (ImportRow | undefined)[] {
  const seen = new Map<string, number>();
  const bankIds = new Set<string>();
  const next = (row: ImportedRow): ImportRow => {
    const key = `${row.occurredOn} ${row.fingerprint}`;
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return { ...row, occurrence };
  };
  const named = rows.map((row) => {
    if (row.bankId === undefined) return undefined;
    const key = JSON.stringify([row.bankId, row.bankAccount]);
    if (bankIds.has(key)) return undefined;
    bankIds.add(key);
    return next(row);
  });
  return rows.map((row, index) => (row.bankId === undefined ? next(row) : named[index]));
}

function inOrder(a: ImportRow, b: ImportRow): number {
  if (a.occurredOn !== b.occurredOn) return a.occurredOn < b.occurredOn ? -1 : 1;
  return Number(a.bankId === undefined) - Number(b.bankId === undefined);
}

/** Rows by day, a page at a time, those with an id first: equal rows keep their order. */
export function pagesOf(rows: readonly (ImportRow | undefined)[]): readonly (readonly ImportRow[])[] {
  const sorted = rows.filter((row) => row !== undefined).sort(inOrder);
  const pages: ImportRow[][] = [];
  for (let start = 0; start < sorted.length; start += IMPORT_PAGE_ROWS) pages.push(sorted.slice(start, start + IMPORT_PAGE_ROWS));
  return pages;
}

/** Why a file does not come in. A closed wallet takes none at all, which is told first where something is written. */
interface RowsFault {
  readonly rejection: Rejection;
  readonly isClosed: boolean;
}

/**
 * The first row that the wallet would refuse. It is looked for before anything is stored, so that a file comes in whole or not at
 * all.
 */
export async function rowsFault(session: Session, stream: string, rows: readonly ImportedRow[]): Promise<RowsFault | undefined> {
  const head = await session.read(stream, { needs: () => [], result: ({ status, currency }) => ({ status, currency }) });
  if (head.status === 'absent') return { rejection: reject('wallet-unknown', 'There is no such wallet.'), isClosed: false };
  const rejection = unreadable(rows, head.currency) ?? (await unmatched(session, stream, rows, head.currency));
  return rejection === undefined ? undefined : { rejection, isClosed: head.status === 'closed' };
}

function unreadable(rows: readonly ImportedRow[], currency: CurrencyCode): Rejection | undefined {
  for (const [index, row] of rows.entries()) {
    const read = factsOf(row.kind, row, { currency, today: row.occurredOn as CivilDate });
    if (isRejection(read)) return { ...read, field: `rows[${index}].${read.field ?? ''}` };
  }
  return undefined;
}

/** The first match that cannot be. An entry that is linked to the very row is left to the decider, which finds the row known. */
async function unmatched(
  session: Session,
  stream: string,
  rows: readonly ImportedRow[],
  currency: CurrencyCode,
): Promise<Rejection | undefined> {
  const wanted = rows.flatMap(({ matches, ...row }, index) => (matches === undefined ? [] : [{ ...row, matches, index }]));
  const seen = new Set<string>();
  for (let start = 0; start < wanted.length; start += IMPORT_PAGE_ROWS) {
    const some = wanted.slice(start, start + IMPORT_PAGE_ROWS);
    const fault = await session.read(stream, {
      needs: () => some.map(({ matches }) => ({ projection: entries, bucket: matches })),
      result(_, views) {
        for (const { matches, index, kind, amount: text, fingerprint } of some) {
          const field = `rows[${index}].matches`;
          const { facts } = views.get(entries, matches);
          if (facts === null) return reject('entry-unknown', 'There is no such entry in this wallet.', field);
          const amount = parseSum(text, currency, { zero: false });
          const fits =
            facts.source?.fingerprint === fingerprint ||
            (!isRejection(amount) && canBeRow(fromStoredFacts(facts), { kind, amount }));
          if (!fits || seen.has(matches)) return reject('match-invalid', NO_MATCH, field);
          seen.add(matches);
        }
        return undefined;
      },
    });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const NO_MATCH = 'The entry cannot be this row: it is of another amount or direction, it came from a file, or another row is it.';

import type { CivilDate } from '../calendar.ts';
import { digest, type EntryId } from '../ids.ts';
import { distinct, type Projection } from '../projection.ts';
import type { EntryFacts, EntrySource } from './entry-facts.ts';
import type { EntryCorrected, WalletEvent } from './events.ts';

/** What a bank tells of a transaction, and a later file may tell otherwise. */
export type ToldField = 'kind' | 'amount' | 'occurredOn' | 'payee' | 'note';

/** An entry that stands for a bank's transaction. */
export interface BankRow {
  readonly entryId: EntryId;
  readonly fingerprint: string;
  /** The account of the bank, where the file named it. */
  readonly account?: string;
  /** The day that the bank said. */
  readonly on: CivilDate;
  /** What a person changed since: no file changes it back. */
  readonly own?: readonly ToldField[];
  /** The import that brought it was taken back as a whole: its id is free again. */
  readonly undone?: true;
}

/** The entries of one bank id. There are several when banks number from 1, or when an import was taken back and came again. */
export type BankRows = readonly BankRow[];

/** The bucket of a bank's id. What no store could keep as a name is known by its digest. */
export function bankRowsBucket(bankId: string): string {
  return /^[\x20-\x7e]{1,200}$/.test(bankId) ? bankId : `#${digest(bankId)}`;
}

/** A source with a bank's id in it. */
type Named = EntrySource & { readonly bankId: string };

function named(facts: EntryFacts): Named | undefined {
  const { source } = facts;
  return source?.bankId === undefined ? undefined : { ...source, bankId: source.bankId };
}

/** The sources that an event puts a bank's id on, keeps it on, or takes it from. */
function sourcesOf(event: WalletEvent): readonly (Named | undefined)[] {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'EntryVoided':
    case 'EntryRestored':
      return [named(event.entry)];
    case 'EntryCorrected':
      return [named(event.before), named(event.after)];
    default:
      return [];
  }
}

/** Whether two sources are the same row, as it was told once. */
export function isSameRow(a: EntrySource | undefined, b: EntrySource | undefined): boolean {
  return a?.fingerprint === b?.fingerprint && a?.on === b?.on && isSameId(a, b);
}

/** Whether two sources bear the same id of the same account. */
export function isSameId(a: EntrySource | undefined, b: EntrySource | undefined): boolean {
  return a?.bankId === b?.bankId && a?.bankAccount === b?.bankAccount;
}

/**
 * Of the entries that bear an id those that may be a row of an account. One that came before files told their accounts may be of
 * any, and comes last.
 */
export function rowsOfAccount(rows: BankRows, account: string | undefined): BankRows {
  if (account === undefined) return rows;
  const [own, nameless] = [rows.filter((row) => row.account === account), rows.filter((row) => row.account === undefined)];
  return [...nameless, ...own];
}

function toldOf({ fingerprint, on, bankAccount }: EntrySource): Pick<BankRow, 'fingerprint' | 'on' | 'account'> {
  return { fingerprint, on, ...(bankAccount === undefined ? {} : { account: bankAccount }) };
}

function changedFields({ before, after }: EntryCorrected): readonly ToldField[] {
  const fields: ToldField[] = [];
  if (before.kind !== after.kind) fields.push('kind');
  if (before.amount.minor !== after.amount.minor) fields.push('amount');
  if (before.occurredOn !== after.occurredOn) fields.push('occurredOn');
  if (before.payee !== after.payee) fields.push('payee');
  if (before.note !== after.note) fields.push('note');
  return fields;
}

/** An entry that was linked keeps what the person wrote, but the amount, which is the bank's. */
function linkedRow({ entryId, after }: EntryCorrected, source: Named): BankRow {
  const own: readonly ToldField[] = after.occurredOn === source.on ? ['payee', 'note'] : ['occurredOn', 'payee', 'note'];
  return { entryId, ...toldOf(source), own };
}

function corrected(view: BankRows, event: EntryCorrected, bucket: string): BankRows {
  const [before, after] = [named(event.before), named(event.after)];
  if (after === undefined || bankRowsBucket(after.bankId) !== bucket) {
    return view.filter(({ entryId }) => entryId !== event.entryId);
  }
  if (before?.bankId !== after.bankId) return [...view, linkedRow(event, after)];
  const isTold = !isSameRow(before, after);
  return view.map((row) => {
    if (row.entryId !== event.entryId) return row;
    if (isTold) return { ...row, ...toldOf(after) };
    const own = [...new Set([...(row.own ?? []), ...changedFields(event)])].sort();
    return own.length === 0 ? row : { ...row, own };
  });
}

function marked(view: BankRows, id: EntryId, undone: boolean): BankRows {
  return view.map((row) => {
    if (row.entryId !== id) return row;
    const { undone: _, ...rest } = row;
    return undone ? { ...rest, undone } : rest;
  });
}

/** The entries of each transaction that a bank gave an id: a bucket an id. */
export const bankRows: Projection<BankRows, WalletEvent> = {
  name: 'bank-rows',
  version: 2,
  initial: [],
  bucketsOf: ({ event }) =>
    distinct(sourcesOf(event).flatMap((source) => (source === undefined ? [] : [bankRowsBucket(source.bankId)]))),
  apply(view, { event }, bucket) {
    switch (event.type) {
      case 'IncomeAdded':
      case 'ExpenseAdded':
        return [...view, { entryId: event.entryId, ...toldOf(event.entry.source as EntrySource) }];
      case 'EntryCorrected':
        return corrected(view, event, bucket);
      case 'EntryVoided':
        return event.undoes === undefined ? view : marked(view, event.entryId, true);
      case 'EntryRestored':
        return event.undoes === undefined ? view : marked(view, event.entryId, false);
      default:
        return view;
    }
  },
};

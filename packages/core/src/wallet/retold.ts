import { allocate } from '../money.ts';
import type { BankRow } from './bank-rows.ts';
import type { Entry } from './entries.ts';
import type { EntryFacts, EntryPart } from './entry-facts.ts';
import type { EntryCorrected } from './events.ts';
import { sized } from './facts.ts';
import { isRejection, UNSORTED } from './parse.ts';

/** Whether what came back of an expense stays within it. */
export function fitsRefunds({ refunded }: Entry, { kind, amount }: EntryFacts): boolean {
  return refunded === '0' || (kind === 'expense' && amount.minor >= BigInt(refunded));
}

/** What an entry says when the bank tells its row anew; what a person changed stays, and so does where it is sorted. */
function retold(
  before: EntryFacts,
  told: EntryFacts,
  { own = [] }: BankRow,
): Pick<EntryCorrected, 'before' | 'after'> | undefined {
  if ((before.kind !== 'income' && before.kind !== 'expense') || before.source === undefined || told.source === undefined)
    return undefined;
  const { fingerprint, on, bankAccount } = told.source;
  const kind = own.includes('kind') ? before.kind : told.kind;
  const amount = own.includes('amount') ? before.amount : told.amount;
  const payee = own.includes('payee') ? before.payee : (told.payee ?? before.payee);
  const note = own.includes('note') ? before.note : (told.note ?? before.note);
  const occurredOn = own.includes('occurredOn') ? before.occurredOn : told.occurredOn;
  const isSame =
    kind === before.kind &&
    amount.minor === before.amount.minor &&
    payee === before.payee &&
    note === before.note &&
    occurredOn === before.occurredOn;
  const parts = before.parts === undefined ? undefined : scaled(before.parts, amount);
  if (isSame || parts === null) return undefined;
  const isOpen = parts === undefined && before.category === undefined && kind === 'expense';
  const after: EntryFacts = {
    ...before,
    kind,
    amount,
    occurredOn,
    ...(isOpen ? { category: UNSORTED } : {}),
    ...(parts === undefined ? {} : { parts }),
    ...(payee === undefined ? {} : { payee }),
    ...(note === undefined ? {} : { note }),
    source: { ...before.source, fingerprint, on, ...(bankAccount === undefined ? {} : { bankAccount }) },
  };
  return { before, after };
}

/** The same, without the bank's words where an entry that a person split has no room for them. */
export function retoldWithin(before: EntryFacts, told: EntryFacts, row: BankRow): ReturnType<typeof retold> {
  const change = retold(before, told, row);
  if (change === undefined || !isRejection(sized(change.after))) return change;
  return retold(before, told, { ...row, own: [...(row.own ?? []), 'payee', 'note'] });
}

/** The parts of a split for another amount, in the same ratios; null when one of them would come to nothing. */
function scaled(parts: readonly EntryPart[], amount: EntryFacts['amount']): readonly EntryPart[] | null {
  const shares = allocate(
    amount,
    parts.map((part) => part.amount.minor),
  );
  if (shares.some(({ minor }) => minor === 0n)) return null;
  return parts.map((part, index) => ({ ...part, amount: shares[index] ?? part.amount }));
}

import type { CivilDate } from '../calendar.ts';
import { bookLimits } from '../export/book-limits.ts';
import type { JournalSource, JournalWalletSource } from '../export/journal-source.ts';
import type { WalletId } from '../ids.ts';
import { register, REGISTER_MONTHS, registerMonths, type RegisterMonth, type RegisterRow } from '../projections/register.ts';
import { fromStoredFacts } from '../wallet/entries.ts';
import type { Need } from '../wallet/state.ts';
import { monthMayHold } from './register-query.ts';
import type { AsOf } from './report-reads.ts';
import type { Session } from './session.ts';
import { streamOf } from '../projections/directory.ts';

/** A wallet's whole book as it stood at one version, for {@link journalWalletInSteps}. */
export interface Book extends Omit<JournalWalletSource, 'entries'>, AsOf {
  readonly months: readonly RegisterMonth[];
  /** What lies on this day or later is left out. */
  readonly to: CivilDate | undefined;
}

/** So many months are asked for at a time, so that other reads of the store come in between. */
const STEP_MONTHS = 60;

/** Every entry and limit of a wallet, all of one version, so that balances add up. */
export function readBook(session: Session, id: WalletId, { to }: { readonly to?: CivilDate }): Promise<Book> {
  const list: Need = { projection: registerMonths, bucket: REGISTER_MONTHS };
  return session.read(streamOf(id), {
    needs(_, views) {
      if (!views.has(registerMonths, REGISTER_MONTHS)) return [list];
      const months = bookMonths(views.get(registerMonths, REGISTER_MONTHS), to);
      const missing = months.findIndex((month) => !views.has(register, month));
      const wanted = missing < 0 ? months : months.slice(0, missing + STEP_MONTHS);
      return [list, ...wanted.map((bucket): Need => ({ projection: register, bucket }))];
    },
    result({ name, currency, limits }, views, at) {
      const months = bookMonths(views.get(registerMonths, REGISTER_MONTHS), to);
      const rows = months.map((month) => views.get(register, month));
      return { id, name, currency, limits: bookLimits(limits, currency), months: rows, to, ...at };
    },
  });
}

function bookMonths(months: readonly string[], to: CivilDate | undefined): readonly string[] {
  return months.filter((month) => monthMayHold(month, to === undefined ? {} : { to }));
}

/**
 * A book as a journal takes it, in small steps: a month each.
 *
 * @example
 * const { value } = journalWalletInSteps(await wallet.book()).next();
 */
export function* journalWalletInSteps({ months, to, ...wallet }: Book): Generator<void, JournalWalletSource> {
  const { id, name, currency, limits } = wallet;
  const entries: JournalSource[] = [];
  for (const rows of months) {
    for (const row of rows) if (to === undefined || row.occurredOn < to) entries.push(sourceOf(row, wallet));
    yield;
  }
  return { id, name, currency, entries, ...(limits === undefined ? {} : { limits }) };
}

function sourceOf(
  { id, addedIn, voided, importId, recordedAt: _, corrected: __, ...row }: RegisterRow,
  { currency }: Pick<Book, 'currency'>,
): JournalSource {
  const facts = fromStoredFacts({ ...row, currency });
  return {
    id,
    version: addedIn,
    facts: { ...facts, ...(importId === undefined ? {} : { source: { importId } }) },
    void: voided !== undefined,
  };
}

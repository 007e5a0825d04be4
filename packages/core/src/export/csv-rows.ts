import type { CivilDate } from '../calendar.ts';
import { formatAmount, negate, type Money } from '../money.ts';
import type { EntryKind } from '../wallet/entry-facts.ts';

/** The columns by which an export of ours is known; older ones have no others. */
export const OWN_COLUMNS = ['id', 'date', 'type', 'wallet', 'category', 'amount', 'currency', 'note'] as const;

/** The columns of a CSV export, in order. */
export const EXPORT_COLUMNS = [...OWN_COLUMNS, 'payee', 'tags'] as const;

/** The column after them when void entries are asked for: `yes` where an entry is void. */
export const VOID_COLUMN = 'void';

/** An entry as far as an export tells. */
export interface ExportEntry {
  readonly id: string;
  readonly kind: EntryKind;
  /** Without a sign: the kind has it. */
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  readonly category?: string | null | undefined;
  /** A split; then the entry has no category. */
  readonly parts?: readonly ExportPart[] | null | undefined;
  readonly payee?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly note?: string | null | undefined;
  readonly void?: boolean | undefined;
}

/** A part of a split, as far as an export tells. */
export type ExportPart = Pick<ExportEntry, 'amount' | 'category' | 'note'>;

/** What an export tells beside the entries. */
export interface ExportOptions {
  /** The wallet's name. */
  readonly wallet: string;
  /** Adds the column `void`; without it leave void entries out. */
  readonly withVoid?: boolean;
}

/** The header of an export. */
export function exportHeader({ withVoid = false }: Pick<ExportOptions, 'withVoid'> = {}): readonly string[] {
  return withVoid ? [...EXPORT_COLUMNS, VOID_COLUMN] : EXPORT_COLUMNS;
}

/**
 * Entries as rows of cells: amounts signed, with all the decimals of their currency. A split is a row for each part, all with the
 * entry's id, so that a column of amounts adds up by category. Works on any part of the entries, so that an export can be
 * streamed.
 *
 * @example
 * exportRows([entry], { wallet: 'Household' })[0]; // ['e-1', '2026-10-14', 'expense', 'Household', 'Food', '-12.50', 'EUR', '', '', '']
 */
export function exportRows(
  entries: readonly ExportEntry[],
  { wallet, withVoid = false }: ExportOptions,
): readonly (readonly string[])[] {
  return entries.flatMap((entry) => {
    const { id, kind, occurredOn, parts, payee, tags = [] } = entry;
    return (parts ?? [entry]).map((part) => {
      const signed = formatAmount(kind === 'expense' || kind === 'sent' ? negate(part.amount) : part.amount);
      const note = [...new Set([entry.note, part.note])].filter(Boolean).join('\n');
      const cells = [
        id,
        occurredOn,
        kind,
        wallet,
        part.category ?? '',
        signed,
        part.amount.currency,
        note,
        payee ?? '',
        tags.join(' '),
      ];
      return withVoid ? [...cells, entry.void === true ? 'yes' : ''] : cells;
    });
  });
}

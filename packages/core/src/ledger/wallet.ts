import type { CivilDate } from '../calendar.ts';
import { isDate, parseDate, type Period } from '../calendar.ts';
import type { EntryId, LimitId, RuleId, WalletId } from '../ids.ts';
import type { Outcome, Rejection } from '../outcome.ts';
import type { StoredEvent, Slice } from '../ports/event-store.ts';
import { keepable, type Projection } from '../projection.ts';
import { streamOf } from '../projections/directory.ts';
import type { LimitDetails, WalletCommand } from '../wallet/commands.ts';
import type { AddRefund, BulkChange, EntryChanges, EntryDetails } from '../wallet/entry-commands.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { RuleDetails } from '../wallet/rule-commands.ts';
import { bookedOf, effectsOf, outcomeOf, type Booked, type Effects } from './booked.ts';
import { readBook, type Book } from './book-reads.ts';
import { readerAsOf, type AsOfTimes } from './as-of.ts';
import { readEntry, type EntryDetail } from './entry-reads.ts';
import { walletHistory, type WalletHistory } from './history.ts';
import {
  importRows,
  readImports,
  undoImport,
  type Imported,
  type ImportProgress,
  type ImportSummary,
  type UndoneImport,
} from './imports.ts';
import { previewRows, type RowPreview } from './import-preview.ts';
import {
  applyRules,
  previewRules,
  readImportRules,
  type ImportRule,
  type RulesApplied,
  type RulesPreview,
} from './import-rule-book.ts';
import { readPayees, type PayeeLine } from './payee-reads.ts';
import type { ImportedRow } from './import-rows.ts';
import type { RegisterFilter } from './register-query.ts';
import type { AsOf } from './report-reads.ts';
import { recategorise, type Recategorised, type Recategorising } from './recategorise.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { summaryOf, type WalletSummary } from './summary.ts';
import { readsOf, type WalletReads } from './wallet-reads.ts';
import { walletFigures, type WalletFigures } from './wallet-figures.ts';
import { walletGoals, type WalletGoals } from './wallet-goals.ts';
import { walletPlans, type WalletPlans } from './wallet-plans.ts';
import { walletTransfers, type WalletTransfers } from './wallet-transfers.ts';
import { walletSchedules, type WalletSchedules } from './wallet-schedules.ts';

/** What opening, renaming, closing or reopening came to. */
export interface WalletChanged {
  readonly walletId: WalletId;
}

/**
 * One wallet: its commands and its reports. Every command answers an {@link Outcome}; a read of a wallet that does not exist
 * answers as if it were empty, but `summary`, which answers undefined.
 */
export interface Wallet
  extends WalletReads, WalletTransfers, WalletGoals, WalletPlans, WalletFigures, WalletSchedules, WalletHistory {
  readonly id: WalletId;
  /** The same reads as of another time: what had occurred by then, what the ledger knew by then, or both. */
  asOf(times: AsOfTimes): WalletReads;
  summary(): Promise<WalletSummary | undefined>;
  rename(name: string, request?: Request): Promise<Outcome<WalletChanged>>;
  close(request?: Request): Promise<Outcome<WalletChanged>>;
  reopen(request?: Request): Promise<Outcome<WalletChanged>>;

  addIncome(details: EntryDetails, request?: Request): Promise<Outcome<Booked>>;
  addExpense(details: EntryDetails, request?: Request): Promise<Outcome<Booked>>;
  addRefund(details: Omit<AddRefund, 'type'>, request?: Request): Promise<Outcome<Booked>>;
  correctEntry(entryId: EntryId, changes: EntryChanges, request?: Request): Promise<Outcome<Booked>>;
  /** Several entries at once, all or none. */
  correctEntries(changes: readonly BulkChange[], request?: Request): Promise<Outcome<Effects>>;
  /** Gives all entries that pass a filter, at most 1,000, the same category, payee, tags or note. */
  recategorise(what: Recategorising, request?: Request): Promise<Outcome<Recategorised>>;
  voidEntry(entryId: EntryId, options?: { readonly reason?: string }, request?: Request): Promise<Outcome<Booked>>;
  restoreEntry(entryId: EntryId, request?: Request): Promise<Outcome<Booked>>;
  entry(entryId: EntryId): Promise<EntryDetail | undefined>;

  setLimit(limitId: LimitId, details: LimitDetails, request?: Request): Promise<Outcome<Effects>>;
  removeLimit(limitId: LimitId, request?: Request): Promise<Outcome<Effects>>;

  importEntries(
    file: { readonly name: string; readonly rows: readonly ImportedRow[] },
    request?: Request & { readonly onProgress?: (progress: ImportProgress) => void },
  ): Promise<Outcome<Imported>>;
  /** For each row, what would come of it. */
  previewImport(rows: readonly ImportedRow[]): Promise<readonly RowPreview[] | Rejection>;
  /** Takes an import back: voids what it added, and changes back what it changed of entries that have not moved on. */
  undoImport(importId: string, request?: Request): Promise<Outcome<UndoneImport>>;
  imports(): Promise<readonly ImportSummary[]>;

  setImportRule(ruleId: RuleId, rule: RuleDetails, request?: Request): Promise<Outcome<Effects>>;
  removeImportRule(ruleId: RuleId, request?: Request): Promise<Outcome<Effects>>;
  importRules(): Promise<{ readonly items: readonly ImportRule[] } & AsOf>;
  /** What the rules would make of entries that are there. */
  previewRules(filter: RegisterFilter): Promise<RulesPreview>;
  /** Makes it so: of at most 1,000 entries, newest first, as one command. */
  applyRules(filter: RegisterFilter, request?: Request): Promise<Outcome<RulesApplied>>;
  /** Payees that begin with some letters, to complete what is typed. */
  payees(options: { readonly prefix?: string; readonly limit: number }): Promise<{ readonly items: readonly PayeeLine[] } & AsOf>;
  /** A bucket of a projection of one's own (given to `createLedger`). */
  view<View>(projection: Projection<View, WalletEvent>, bucket: string): Promise<View>;
  events(slice: Slice): Promise<readonly StoredEvent[]>;
  /** Everything that a journal tells of the wallet, before a day if one is given. */
  book(options?: { readonly to?: CivilDate }): Promise<Book>;
}

/** The wallet of an id, on a session. */
export function walletOf(session: Session, id: WalletId): Wallet {
  const stream = streamOf(id);
  const submit = (command: WalletCommand, request: Request = {}) => session.submit(stream, command, request);
  const change = async (command: WalletCommand, request?: Request) =>
    outcomeOf(await submit(command, request), () => ({ walletId: id }));
  const affect = async (command: WalletCommand, request?: Request) =>
    outcomeOf(await submit(command, request), ({ events }) => effectsOf(events));
  return {
    id,
    ...readsOf(session, stream),
    asOf: (times) => readsOf(readerAsOf(session, times), stream),
    summary: () => summaryOf(session, id),
    rename: (name, request) => change({ type: 'RenameWallet', name }, request),
    close: (request) => change({ type: 'CloseWallet' }, request),
    reopen: (request) => change({ type: 'ReopenWallet' }, request),

    addIncome: async (details, request) => bookedOf(undefined, await submit({ ...details, type: 'AddIncome' }, request)),
    addExpense: async (details, request) => bookedOf(undefined, await submit({ ...details, type: 'AddExpense' }, request)),
    addRefund: async (details, request) => bookedOf(undefined, await submit({ ...details, type: 'AddRefund' }, request)),
    correctEntries: (changes, request) => affect({ type: 'CorrectEntries', changes }, request),
    recategorise: (what, request = {}) => recategorise(session, stream, what, request),
    correctEntry: async (entryId, changes, request) =>
      bookedOf(entryId, await submit({ ...changes, type: 'CorrectEntry', entryId }, request)),
    voidEntry: async (entryId, options, request) =>
      bookedOf(entryId, await submit({ ...options, type: 'VoidEntry', entryId }, request)),
    restoreEntry: async (entryId, request) => bookedOf(entryId, await submit({ type: 'RestoreEntry', entryId }, request)),
    entry: (entryId) => readEntry(session, stream, entryId),

    ...walletTransfers(session, id),
    ...walletGoals(session, stream),
    ...walletPlans(session, stream),
    ...walletFigures(session, stream),
    ...walletSchedules(session, stream),
    ...walletHistory(session, stream),

    setLimit: (limitId, details, request) => affect({ ...details, type: 'SetLimit', limitId }, request),
    removeLimit: (limitId, request) => affect({ type: 'RemoveLimit', limitId }, request),

    importEntries: (file, request = {}) => importRows(session, stream, file, request),
    previewImport: (rows) => previewRows(session, stream, rows),
    undoImport: (importId, request = {}) => undoImport(session, stream, importId, request),
    imports: () => readImports(session, stream),

    setImportRule: (ruleId, rule, request) => affect({ ...rule, type: 'SetImportRule', ruleId }, request),
    removeImportRule: (ruleId, request) => affect({ type: 'RemoveImportRule', ruleId }, request),
    importRules: () => readImportRules(session, stream),
    previewRules: (filter) => previewRules(session, stream, filter),
    applyRules: (filter, request = {}) => applyRules(session, stream, filter, request),
    payees: (options) => readPayees(session, stream, options),
    view: (projection, bucket) =>
      session.read(stream, {
        needs: () => [{ projection, bucket }],
        result: (_, views) => keepable(projection, views.get(projection, bucket)),
      }),
    events: (slice) => session.ports.store.read(stream, slice),
    book: (options = {}) => readBook(session, id, options),
  };
}

/**
 * Reads a stretch of days: the first in it, and the first after it. Undefined when one is no day or the end is not after the beginning.
 *
 * @example
 * periodFrom('2026-10-01', '2026-11-01'); // { from: '2026-10-01', to: '2026-11-01' }
 */
export function periodFrom(from: string, to: string): Period | undefined {
  const [first, end] = [parseDate(from), parseDate(to)];
  return isDate(first) && isDate(end) && first < end ? { from: first, to: end } : undefined;
}

import { daysBetween, isDate, parseDate, type CivilDate } from '../calendar.ts';
import type { EntryId, RuleId } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import { ruleSet, type RuleSet } from './apply-rules.ts';
import { bankRows, bankRowsBucket, rowsOfAccount, type BankRow, type BankRows } from './bank-rows.ts';
import type { ImportRow } from './commands.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryFacts, EntrySource } from './entry-facts.ts';
import type { EntryCorrected } from './events.ts';
import { factsOf, sized } from './facts.ts';
import { importRules, RULES_BUCKET } from './import-rules.ts';
import { countOf, knownRows } from './imports.ts';
import { isRejection, parseDay, reject, UNSORTED } from './parse.ts';
import { payeeBucket, payeeKey, payees } from './payees.ts';
import { fitsRefunds, retoldWithin } from './retold.ts';
import {
  bankRowsOf,
  entryOf,
  headOf,
  importRulesOf,
  isLoaded,
  knownRowsOf,
  payeesOf,
  type Need,
  type WalletState,
} from './state.ts';

/** Where the category of a row comes from; null when it has none, or waits to be sorted. */
export type CategoryOrigin = 'chosen' | 'rule' | 'payee' | 'file';

/** What a row of a file comes to. */
export type JudgedRow =
  | {
      readonly status: 'new';
      readonly facts: EntryFacts;
      readonly rules: readonly RuleId[];
      readonly origin: CategoryOrigin | null;
    }
  | { readonly status: 'duplicate'; readonly entryId?: EntryId }
  | { readonly status: 'corrected' | 'linked'; readonly event: EntryCorrected };

/** A page of rows, as it is judged. */
export interface RowsPage {
  readonly rows: readonly ImportRow[];
  readonly importId: string;
  readonly page: number;
}

/** A row as the rules leave it. */
type RuledRow = ImportRow & { readonly rules: readonly RuleId[]; readonly origin: CategoryOrigin | null };

function ruled(row: ImportRow, rules: RuleSet): RuledRow {
  const { rules: applied, category, payee, tags } = rules(row);
  const isSorted = row.category !== undefined && row.category !== UNSORTED;
  const origin =
    row.chosen === true ? 'chosen' : category !== undefined ? 'rule' : isSorted || row.parts !== undefined ? 'file' : null;
  return {
    ...row,
    ...(category === undefined || row.chosen === true ? {} : { category }),
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
    rules: applied,
    origin,
  };
}

/** A row that is in no category yet, with the one that its payee had last. */
function remembered(row: RuledRow, state: WalletState): RuledRow {
  if (row.origin !== null || row.payee === undefined) return row;
  const category = payeesOf(state, row.payee)[payeeKey(row.payee)]?.category;
  return category === undefined ? row : { ...row, category, origin: 'payee' };
}

/** A bank that gives an id again after so long means another transaction: some number from 1 in every file. */
const MAX_DAYS_APART = 60;

/** The entries that may stand for a row with an id of the bank, the likeliest first. */
function standingFor({ bankId, bankAccount, occurredOn, fingerprint }: ImportRow, state: WalletState): BankRows {
  const day = parseDate(occurredOn);
  if (bankId === undefined || !isDate(day)) return [];
  const known = rowsOfAccount(bankRowsOf(state, bankId), bankAccount).filter(({ undone }) => undone !== true);
  const isSame = (row: BankRow): boolean => row.fingerprint === fingerprint;
  const near = known.filter((row) => !isSame(row) && Math.abs(daysBetween(row.on, day)) <= MAX_DAYS_APART);
  return [...known.filter(isSame).toReversed(), ...near.toReversed()];
}

function needsOfEntry(bucket: EntryId): Need {
  return { projection: entries, bucket };
}

/** What must be loaded to judge some rows. */
export function rowNeeds(rows: readonly ImportRow[], state: WalletState): readonly Need[] {
  const days = new Set(rows.map(({ occurredOn }) => parseDate(occurredOn)).filter(isDate));
  const first: readonly Need[] = [
    { projection: importRules, bucket: RULES_BUCKET },
    ...[...days].map((bucket) => ({ projection: knownRows, bucket })),
    ...rows.flatMap(({ bankId }) => (bankId === undefined ? [] : [{ projection: bankRows, bucket: bankRowsBucket(bankId) }])),
    ...rows.flatMap(({ matches }) => (matches === undefined ? [] : [needsOfEntry(matches)])),
  ];
  if (!isLoaded(state, first)) return first;
  const rules = ruleSet(importRulesOf(state));
  const buckets = new Set<string>();
  const told: Need[] = [];
  for (const row of rows) {
    const { origin, payee } = ruled(row, rules);
    if (origin === null && payee !== undefined) buckets.add(payeeBucket(payee));
    for (const known of standingFor(row, state)) {
      if (known.fingerprint !== row.fingerprint) told.push(needsOfEntry(known.entryId));
    }
  }
  return [...first, ...told, ...[...buckets].map((bucket) => ({ projection: payees, bucket }))];
}

/** What is known while the rows of a page are judged one after the other. */
interface Sight {
  readonly page: RowsPage;
  readonly state: WalletState;
  readonly today: CivilDate;
  /** How many more rows of a day and fingerprint there are by now than the wallet knows. */
  readonly counts: Map<string, readonly [plain: number, named: number]>;
  readonly bankIds: Set<string>;
  /** The entries that a row of the page stands for: no other does. */
  readonly told: Set<EntryId>;
  readonly linked: Set<EntryId>;
}

/**
 * Judges rows against what the wallet has: by the bank's own ids first, and of those that have none the n-th of equal rows is
 * new when fewer than n are known. A row with an id that is not known is held against the rows that came without ids: a bank
 * that changed from CSV to OFX tells the same again.
 */
export function judgeRows(page: RowsPage, state: WalletState, today: CivilDate): readonly JudgedRow[] | Rejection {
  const sight: Sight = { page, state, today, counts: new Map(), bankIds: new Set(), told: new Set(), linked: new Set() };
  const rules = ruleSet(importRulesOf(state));
  const judged: JudgedRow[] = [];
  // Those with ids first: one that says something else now is no longer the text that another row may have.
  for (const isNamed of [true, false]) {
    for (const [index, row] of page.rows.entries()) {
      if ((row.bankId !== undefined) !== isNamed) continue;
      const one = judge(remembered(ruled(row, rules), state), sight);
      if (isRejection(one)) return { ...one, field: `rows[${index}].${one.field ?? ''}` };
      judged[index] = one;
    }
  }
  return judged;
}

function judge(row: RuledRow, sight: Sight): JudgedRow | Rejection {
  const { bankId, occurrence, matches } = row;
  const day = parseDay(row.occurredOn, 'occurredOn');
  if (isRejection(day)) return day;
  if (bankId !== undefined) {
    const key = JSON.stringify([bankId, row.bankAccount]);
    if (sight.bankIds.has(key)) return { status: 'duplicate' };
    sight.bankIds.add(key);
    const known = standingFor(row, sight.state).find(({ entryId }) => !sight.told.has(entryId));
    if (known !== undefined) {
      sight.told.add(known.entryId);
      return toldAnew(row, known, sight);
    }
  }
  const [plain, named] = countOf(knownRowsOf(sight.state, day), row.fingerprint);
  const [morePlain, moreNamed] = sight.counts.get(keyOf(day, row.fingerprint)) ?? [0, 0];
  const known = plain + morePlain + (bankId === undefined ? named + moreNamed : 0);
  if (known >= occurrence) return { status: 'duplicate' };
  const facts = readRow(row, sight);
  if (isRejection(facts)) return facts;
  const come =
    matches === undefined ? ({ status: 'new', facts, rules: row.rules, origin: row.origin } as const) : link(row, facts, sight);
  if (!isRejection(come)) count(sight, facts.source, 1);
  return come;
}

function keyOf(on: CivilDate, fingerprint: string): string {
  return `${on} ${fingerprint}`;
}

/** Counts a row that this page adds, or one that it gives another text. */
function count({ counts }: Sight, source: EntrySource | undefined, by: 1 | -1): void {
  if (source === undefined) return;
  const key = keyOf(source.on, source.fingerprint);
  const [plain, named] = counts.get(key) ?? [0, 0];
  counts.set(key, source.bankId === undefined ? [plain + by, named] : [plain, named + by]);
}

function readRow(row: RuledRow, { page: { importId, page }, state, today }: Sight): EntryFacts | Rejection {
  const { fingerprint, occurredOn, bankId, bankAccount } = row;
  const on = occurredOn as CivilDate;
  const named = bankId === undefined ? {} : { bankId, ...(bankAccount === undefined ? {} : { bankAccount }) };
  const source: EntrySource = { importId, page, fingerprint, on, ...named };
  return factsOf(row.kind, row, { currency: headOf(state).currency, today, source });
}

/** A row whose id is known: the same again, or what the bank says by now. */
function toldAnew(row: RuledRow, known: BankRow, sight: Sight): JudgedRow | Rejection {
  const { entryId } = known;
  const same = { status: 'duplicate', entryId } as const;
  if (known.fingerprint === row.fingerprint) return same;
  const told = readRow(row, sight);
  if (isRejection(told)) return told;
  const entry = entryOf(sight.state, entryId);
  if (entry.facts === null || entry.voided !== false) return same;
  const change = retoldWithin(fromStoredFacts(entry.facts), told, known);
  if (change === undefined || !fitsRefunds(entry, change.after)) return same;
  const fault = sized(change.after);
  if (isRejection(fault)) return fault;
  const { importId, page } = sight.page;
  const event = { type: 'EntryCorrected', entryId, addedIn: entry.addedIn, ...change, imported: { importId, page } } as const;
  count(sight, change.before.source, -1);
  count(sight, change.after.source, 1);
  return { status: 'corrected', event };
}

/** Ties a row to the entry that a person booked for it. */
function link(
  { matches = '' }: RuledRow,
  told: EntryFacts,
  { page: { importId, page }, state, linked }: Sight,
): JudgedRow | Rejection {
  const { facts, voided, addedIn } = entryOf(state, matches);
  if (facts === null) return reject('entry-unknown', 'There is no such entry in this wallet.', 'matches');
  if (voided !== false) return reject('entry-void', 'The entry is void. Restore it, or let the row come in.', 'matches');
  const before = fromStoredFacts(facts);
  if (!canBeRow(before, told) || linked.has(matches) || told.source === undefined) {
    const message = 'The entry cannot be this row: it is of another amount or direction, or it came from a file already.';
    return reject('match-invalid', message, 'matches');
  }
  linked.add(matches);
  const after = sized({ ...before, source: { ...told.source, linked: true } });
  if (isRejection(after)) return after;
  return {
    status: 'linked',
    event: { type: 'EntryCorrected', entryId: matches, addedIn, before, after, imported: { importId, page } },
  };
}

/** Whether an entry that was booked by hand can be a row of a file. */
export function canBeRow(
  entry: { readonly kind: string; readonly amount: { readonly minor: bigint }; readonly source?: unknown },
  row: { readonly kind: string; readonly amount: { readonly minor: bigint } },
): boolean {
  const kind = entry.kind === 'refund' ? 'income' : entry.kind;
  return entry.source === undefined && kind === row.kind && entry.amount.minor === row.amount.minor;
}

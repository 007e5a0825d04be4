import { malformedFile } from '../wallet/command-shapes.ts';
import { addDays, type CivilDate } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { EntryId, RuleId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { register, type RegisterRow } from '../projections/register.ts';
import type { ImportRow } from '../wallet/commands.ts';
import type { EntryFacts, EntryKind } from '../wallet/entry-facts.ts';
import { judgeRows, rowNeeds, type CategoryOrigin, type JudgedRow } from '../wallet/judge-rows.ts';
import { isRejection } from '../wallet/parse.ts';
import type { Need, Views } from '../wallet/state.ts';
import { shown, type Facts } from './entry-reads.ts';
import { counted, pagesOf, rowsFault, type ImportedRow } from './import-rows.ts';
import type { Session } from './session.ts';

/** An entry that a person booked and that may be a row. */
export interface MatchCandidate {
  readonly entryId: EntryId;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly occurredOn: CivilDate;
  readonly category: string | null;
  readonly payee: string | null;
  readonly note: string | null;
}

/** What would come of a row. */
export interface RowPreview {
  readonly status: JudgedRow['status'];
  /** The entry it would become, or what the one it is would say then; null for a row that changes nothing. */
  readonly facts: Facts | null;
  /** The entry that it is. */
  readonly entryId: EntryId | null;
  /** The rules that had a say. */
  readonly rules: readonly RuleId[];
  /** Where its category comes from; null when it has none, or waits to be sorted. */
  readonly categoryFrom: CategoryOrigin | null;
  /** Entries booked by hand that may be this row, nearest first. Nothing is linked unless a person says so. */
  readonly candidates: readonly MatchCandidate[];
}

/** How many days a bank's day may lie from the one that a person wrote, to be proposed as the same. */
const MATCH_DAYS = 4;
const MAX_CANDIDATES = 5;

const SKIPPED: RowPreview = { status: 'duplicate', facts: null, entryId: null, rules: [], categoryFrom: null, candidates: [] };

/** Tells for each row what would come of it. Nothing is stored. */
export async function previewRows(
  session: Session,
  stream: string,
  rows: readonly ImportedRow[],
): Promise<readonly RowPreview[] | Rejection> {
  const unreadable = malformedFile({ rows });
  if (unreadable !== undefined) return unreadable;
  const fault = await rowsFault(session, stream, rows);
  if (fault !== undefined) return fault.rejection;
  const all = counted(rows);
  const previews = new Map<ImportRow, RowPreview>();
  for (const page of pagesOf(all)) {
    const judged = await previewPage(session, stream, page);
    if (isRejection(judged)) return judged;
    for (const [index, preview] of judged.entries()) previews.set(page[index] as ImportRow, preview);
  }
  return all.map((row) => (row === undefined ? undefined : previews.get(row)) ?? SKIPPED);
}

function previewPage(session: Session, stream: string, rows: readonly ImportRow[]): Promise<readonly RowPreview[] | Rejection> {
  const months = monthsAround(rows);
  return session.read(stream, {
    needs: (_, views): readonly Need[] => [
      ...rowNeeds(rows, { version: 0, views }),
      ...months.map((bucket) => ({ projection: register, bucket })),
    ],
    result(head, views, { version }) {
      const judged = judgeRows({ rows, importId: '', page: 0 }, { version, views }, session.today(head.zone));
      if (isRejection(judged)) return judged;
      const linked = new Set(judged.flatMap((row) => (row.status === 'linked' ? [row.event.entryId] : [])));
      const manual = manualEntries(months, views, linked);
      return judged.map((row) => previewOf(row, manual, exponentOf(head.currency)));
    },
  });
}

function monthsAround(rows: readonly ImportRow[]): readonly string[] {
  const months = new Set<string>();
  for (const day of new Set(rows.map(({ occurredOn }) => occurredOn as CivilDate))) {
    for (const days of [-MATCH_DAYS, MATCH_DAYS]) months.add(addDays(day, days).slice(0, 7));
  }
  return [...months];
}

/** What a row and an entry that it may be have in common, a day aside. */
function keyOf(kind: EntryKind, minor: string, day: CivilDate): string {
  return `${kind === 'refund' ? 'income' : kind} ${minor} ${day}`;
}

type Manual = ReadonlyMap<string, readonly RegisterRow[]>;

/** What was booked by hand and still counts, by direction, amount and day, so that a row is held against few. */
function manualEntries(months: readonly string[], views: Views, linked: ReadonlySet<EntryId>): Manual {
  const found = new Map<string, RegisterRow[]>();
  for (const row of months.flatMap((month) => views.get(register, month))) {
    if (row.importId !== undefined || row.voided !== undefined || linked.has(row.id)) continue;
    const key = keyOf(row.kind, row.amount, row.occurredOn);
    const known = found.get(key);
    if (known === undefined) found.set(key, [row]);
    else if (known.length < MAX_CANDIDATES) known.push(row);
  }
  return found;
}

/** Nearest first: the same day, a day before, a day after, and so on. */
function candidatesOf({ kind, amount, occurredOn }: EntryFacts, manual: Manual): readonly RegisterRow[] {
  if (manual.size === 0) return [];
  const near: RegisterRow[] = [];
  for (let days = 0; days <= MATCH_DAYS && near.length < MAX_CANDIDATES; days += 1) {
    for (const offset of days === 0 ? [0] : [-days, days]) {
      near.push(...(manual.get(keyOf(kind, amount.minor.toString(), addDays(occurredOn, offset))) ?? []));
    }
  }
  return near.slice(0, MAX_CANDIDATES);
}

function previewOf(row: JudgedRow, manual: Manual, exponent: number): RowPreview {
  switch (row.status) {
    case 'new': {
      const { facts, rules, origin } = row;
      const candidates = candidatesOf(facts, manual).map((each) => candidateOf(each, exponent));
      return { status: 'new', facts: shown(facts), entryId: null, rules, categoryFrom: origin, candidates };
    }
    case 'duplicate':
      return { ...SKIPPED, entryId: row.entryId ?? null };
    default:
      return { ...SKIPPED, status: row.status, facts: shown(row.event.after), entryId: row.event.entryId };
  }
}

function candidateOf({ id, kind, amount, occurredOn, category, payee, note }: RegisterRow, exponent: number): MatchCandidate {
  return {
    entryId: id,
    kind,
    amount: formatMinor(BigInt(amount), exponent),
    occurredOn,
    category: category ?? null,
    payee: payee ?? null,
    note: note ?? null,
  };
}

import type { CivilDate } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import { formatAmount, formatMinor } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import { register, REGISTER_MONTHS, registerMonths } from '../projections/register.ts';
import { decode } from '../wallet/codec.ts';
import { entries } from '../wallet/entries.ts';
import type { EntryFacts, EntryKind } from '../wallet/entry-facts.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { flows } from '../wallet/flows.ts';
import {
  linesOf,
  lineOf,
  matcher,
  minorWithin,
  monthMayHold,
  openingBuckets,
  type EntryLine,
  type LinePart,
  type RegisterCursor,
  type RegisterFilter,
} from './register-query.ts';
import type { Views } from '../wallet/state.ts';
import type { Reader } from './session.ts';

/** A page of the register. */
export interface EntryPage {
  readonly items: readonly EntryLine[];
  /** Where the next page begins; null at the end. */
  readonly next: RegisterCursor | null;
  readonly version: Version;
}

/** How many entries pass a filter, and what they come to. Void ones are counted, their amounts are not. */
export interface EntryTotals {
  readonly entries: number;
  readonly in: string;
  readonly out: string;
  /** What transfers brought and took. */
  readonly received: string;
  readonly sent: string;
}

/** What an entry says, amounts as decimals. */
export interface Facts {
  readonly kind: EntryKind;
  readonly amount: string;
  readonly category: string | null;
  readonly parts: readonly LinePart[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly occurredOn: CivilDate;
}

/** Something that happened to an entry. */
export interface Happening {
  readonly type: WalletEvent['type'];
  readonly version: Version;
  readonly recordedAt: string;
  readonly before?: Facts;
  readonly after?: Facts;
  readonly reason?: string;
}

export interface EntryDetail extends EntryLine {
  /** What came back of it by refunds that count. */
  readonly refunded: string;
  readonly history: readonly Happening[];
}

/** The lines of one month, or undefined when the wallet is not there. */
function readMonth(
  reader: Reader,
  stream: string,
  month: string,
  options: { readonly matches: ReturnType<typeof matcher>; readonly below?: RegisterCursor },
): Promise<{ readonly lines: readonly EntryLine[]; readonly version: Version }> {
  return reader.read(stream, {
    needs: () => [
      { projection: register, bucket: month },
      ...openingBuckets(month).map((bucket) => ({ projection: flows, bucket })),
    ],
    result: ({ currency }, views, { version }) => ({
      // The month's own days are added up line by line, so only what lies before it is read from the flows.
      lines: linesOf(views.get(register, month), { month, currency, ...options }, (bucket) =>
        bucket === month ? {} : views.get(flows, bucket),
      ),
      version,
    }),
  });
}

async function monthsOf(
  reader: Reader,
  stream: string,
  filter: RegisterFilter,
): Promise<{ readonly months: readonly string[]; readonly version: Version }> {
  return reader.read(stream, {
    needs: () => [{ projection: registerMonths, bucket: REGISTER_MONTHS }],
    result: (_, views, { version }) => ({
      months: views
        .get(registerMonths, REGISTER_MONTHS)
        .filter((month) => monthMayHold(month, filter))
        .toReversed(),
      version,
    }),
  });
}

/** How often a page is read anew because an entry may have moved from one month to another meanwhile. */
const MAX_TRIES = 4;

/** A page of the lines that pass a filter, newest first. */
export async function readEntries(
  reader: Reader,
  stream: string,
  filter: RegisterFilter,
  page: { readonly limit: number; readonly after?: RegisterCursor },
): Promise<EntryPage> {
  const matches = matcher(filter);
  const below = page.after === undefined ? {} : { below: page.after };
  for (let tries = 1; ; tries += 1) {
    const { months, version } = await monthsOf(reader, stream, filter);
    const items: EntryLine[] = [];
    let isWhole = true;
    for (const month of months) {
      if (page.after !== undefined && month > page.after.occurredOn.slice(0, 7)) continue;
      const read = await readMonth(reader, stream, month, { matches, ...below });
      isWhole &&= read.version === version;
      items.push(...read.lines);
      if (items.length > page.limit) break;
    }
    if (!isWhole && tries < MAX_TRIES) continue;
    const shown = items.slice(0, page.limit);
    const last = shown.at(-1);
    const next = items.length > page.limit && last !== undefined ? { occurredOn: last.occurredOn, version: last.version } : null;
    return { items: shown, next, version };
  }
}

interface Sums {
  in: bigint;
  out: bigint;
  received: bigint;
  sent: bigint;
}

/** A refund lowers what went out; a transfer is neither. */
function addTo(sums: Sums, kind: EntryKind, minor: bigint): void {
  if (kind === 'income') sums.in += minor;
  if (kind === 'expense') sums.out += minor;
  if (kind === 'refund') sums.out -= minor;
  if (kind === 'received') sums.received += minor;
  if (kind === 'sent') sums.sent += minor;
}

/** What the lines that pass a filter come to, all at one version. Of a split only the parts in the category that is asked for count. */
export function readTotals(reader: Reader, stream: string, filter: RegisterFilter): Promise<EntryTotals> {
  const matches = matcher(filter);
  const index = { projection: registerMonths, bucket: REGISTER_MONTHS };
  const monthsIn = (views: Views): readonly string[] =>
    views.get(registerMonths, REGISTER_MONTHS).filter((month) => monthMayHold(month, filter));
  return reader.read(stream, {
    needs: (_, views) =>
      views.has(registerMonths, REGISTER_MONTHS)
        ? [index, ...monthsIn(views).map((bucket) => ({ projection: register, bucket }))]
        : [index],
    result({ currency }, views) {
      const sums = { in: 0n, out: 0n, received: 0n, sent: 0n };
      let count = 0;
      for (const row of monthsIn(views).flatMap((month) => views.get(register, month))) {
        if (!matches(row)) continue;
        count += 1;
        if (row.voided === undefined) addTo(sums, row.kind, minorWithin(row, filter.category));
      }
      const exponent = exponentOf(currency);
      const shown = (minor: bigint): string => formatMinor(minor, exponent);
      return {
        entries: count,
        in: shown(sums.in),
        out: shown(sums.out),
        received: shown(sums.received),
        sent: shown(sums.sent),
      };
    },
  });
}

/** One entry with everything that happened to it; undefined when there is none. */
export async function readEntry(reader: Reader, stream: string, entryId: EntryId): Promise<EntryDetail | undefined> {
  const found = await reader.read(stream, {
    needs: (_, views) => {
      const own = { projection: entries, bucket: entryId };
      const facts = views.has(entries, entryId) ? views.get(entries, entryId).facts : null;
      return facts === null ? [own] : [own, { projection: register, bucket: facts.occurredOn.slice(0, 7) }];
    },
    result({ currency }, views) {
      const { facts, history, refunded: minor } = views.get(entries, entryId);
      const row = facts === null ? undefined : views.get(register, facts.occurredOn.slice(0, 7)).find(({ id }) => id === entryId);
      if (row === undefined) return undefined;
      const exponent = exponentOf(currency);
      return { line: lineOf(row, exponent, null), refunded: formatMinor(BigInt(minor), exponent), history };
    },
  });
  if (found === undefined) return undefined;
  const happenings = await Promise.all(found.history.map((version) => readHappening(reader, stream, version)));
  return { ...found.line, refunded: found.refunded, history: happenings };
}

async function readHappening(reader: Reader, stream: string, version: Version): Promise<Happening> {
  const [stored] = await reader.ports.store.read(stream, { after: version - 1, limit: 1 });
  if (stored === undefined) return { type: 'EntryCorrected', version, recordedAt: '' };
  const { event, recordedAt } = decode(stored);
  const base = { type: event.type, version, recordedAt };
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'ExpenseRefunded':
    case 'TransferSent':
    case 'TransferReceived':
      return { ...base, after: shown(event.entry) };
    case 'EntryCorrected':
      return { ...base, before: shown(event.before), after: shown(event.after) };
    case 'EntryVoided':
    case 'TransferReturned':
    case 'TransferGivenBack':
      return event.reason === undefined ? base : { ...base, reason: event.reason };
    default:
      return base;
  }
}

/** What an entry says, as it is shown. */
export function shown({ kind, amount, category, parts, payee, tags, note, occurredOn }: EntryFacts): Facts {
  return {
    kind,
    amount: formatAmount(amount),
    category: category ?? null,
    parts:
      parts?.map((part) => ({ category: part.category, amount: formatAmount(part.amount), note: part.note ?? null })) ?? null,
    payee: payee ?? null,
    tags: tags ?? [],
    note: note ?? null,
    occurredOn,
  };
}

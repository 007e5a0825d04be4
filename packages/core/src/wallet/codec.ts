import { assert } from '../assert.ts';
import { parseCurrency, type CurrencyCode } from '../currency.ts';
import { formatAmount, parseTotal, type Money } from '../money.ts';
import type { Json, JsonObject, StoredEvent } from '../ports/event-store.ts';
import { record, type Recorded } from '../projection.ts';
import { utf8Length } from '../store-rules.ts';
import type { EntryFacts, EntryKind, EntryPart, TransferLink } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { limitFromJson, limitToJson } from './limit-codec.ts';

/** A stored event that this program cannot read: written by a newer one, or not by Kakeibo. It is never skipped in silence. */
export class UnknownEventError extends Error {
  readonly code = 'event-unknown';
  readonly type: string;

  constructor({ type, stream, version }: Pick<StoredEvent, 'type' | 'stream' | 'version'>) {
    super(`event ${version} of stream ${stream} is a ${type}, which this version of Kakeibo does not know`);
    this.name = 'UnknownEventError';
    this.type = type;
  }
}

/** The stored form of an event: its type and its data as JSON, amounts as decimal texts. */
export function encode(event: WalletEvent): { readonly type: string; readonly data: JsonObject } {
  return { type: event.type, data: dataOf(event) };
}

function dataOf(event: WalletEvent): JsonObject {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'ExpenseRefunded':
    case 'TransferSent':
    case 'TransferReceived': {
      const { entryId, entry } = event;
      const { kind: _, ...facts } = factsToJson(entry);
      return { entryId, ...facts };
    }
    case 'EntryCorrected': {
      const { type: _, before, after, ...rest } = event;
      return { ...rest, before: factsToJson(before), after: factsToJson(after) } as unknown as JsonObject;
    }
    case 'EntryVoided':
    case 'EntryRestored':
    case 'EntryPlanned':
    case 'TransferRecalled':
    case 'TransferReturned':
    case 'TransferGivenBack': {
      const { type: _, entry, ...rest } = event;
      return { ...rest, entry: factsToJson(entry) };
    }
    case 'LimitSet':
    case 'LimitRemoved':
    case 'LimitRestored':
    case 'LimitReached':
    case 'LimitCleared':
      return limitToJson(event);
    default: {
      const { type: _, ...data } = event;
      return toJson(data) as JsonObject;
    }
  }
}

/** The kinds of entry that have a kind of event to add them. */
const ADDED_KINDS: Partial<Readonly<Record<string, EntryKind>>> = {
  IncomeAdded: 'income',
  ExpenseAdded: 'expense',
  ExpenseRefunded: 'refund',
  TransferSent: 'sent',
  TransferReceived: 'received',
};
function moneyToJson(amount: Money): { readonly amount: string; readonly currency: string } {
  return { amount: formatAmount(amount), currency: amount.currency };
}

function factsToJson({ kind, amount, occurredOn, category, parts, payee, tags, note, source, ...ties }: EntryFacts): JsonObject {
  const { refunds, transfer, plan, schedule } = ties;
  return {
    kind,
    ...moneyToJson(amount),
    occurredOn,
    ...(category === undefined ? {} : { category }),
    ...(parts === undefined ? {} : { parts: parts.map((part) => ({ ...part, amount: formatAmount(part.amount) })) }),
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
    ...(note === undefined ? {} : { note }),
    ...(source === undefined ? {} : { source: { ...source } }),
    ...(refunds === undefined ? {} : { refunds }),
    ...(transfer === undefined ? {} : { transfer: { ...transfer, other: moneyToJson(transfer.other) } }),
    ...(plan === undefined ? {} : { plan }),
    ...(schedule === undefined ? {} : { schedule: { ...schedule } }),
  };
}

/** The bytes that an entry takes in an event. */
export function bytesOf(entry: EntryFacts): number {
  return utf8Length(JSON.stringify(factsToJson(entry)));
}

/**
 * Reads a stored event back. What our own codec wrote is taken as it is: checking every field on every replay would cost more
 * than the replay. What would break money is checked: the amount and its currency.
 */
export function decode(stored: StoredEvent): Recorded<WalletEvent> {
  return record(stored, eventOf(stored));
}

function eventOf(stored: StoredEvent): WalletEvent {
  const { type, data } = stored;
  const kind = ADDED_KINDS[type];
  if (kind !== undefined) {
    return { type, entryId: text(data, 'entryId'), entry: factsFromJson(data, kind) } as WalletEvent;
  }
  switch (type) {
    case 'EntryCorrected': {
      const { before, after, ...rest } = data;
      return {
        ...rest,
        type,
        before: factsFromJson(before as JsonObject),
        after: factsFromJson(after as JsonObject),
      } as WalletEvent;
    }
    case 'EntryVoided':
    case 'EntryRestored':
    case 'EntryPlanned':
    case 'TransferRecalled':
    case 'TransferReturned':
    case 'TransferGivenBack': {
      const { entry, ...rest } = data;
      const others = type === 'EntryPlanned' ? (fromJson(rest) as object) : rest;
      return { ...others, type, entry: factsFromJson(entry as JsonObject) } as WalletEvent;
    }
    case 'LimitSet':
    case 'LimitRemoved':
    case 'LimitRestored':
    case 'LimitReached':
    case 'LimitCleared':
      return limitFromJson(type, data, moneyFromJson);
    default:
      if (!PLAIN.has(type)) throw new UnknownEventError(stored);
      return { ...(fromJson(data) as object), type } as WalletEvent;
  }
}

/** The events whose data are stored as they are, with money as `{ amount, currency }` wherever it stands. */
const PLAIN: ReadonlySet<string> = new Set<WalletEvent['type']>([
  'WalletOpened',
  'WalletRenamed',
  'WalletClosed',
  'WalletReopened',
  'EntriesImported',
  'ImportUndone',
  'TransferRefused',
  'PlanResolved',
  'BalanceChecked',
  'GoalSet',
  'GoalRemoved',
  'MoneySaved',
  'SavingsReleased',
  'ScheduleSet',
  'ScheduleStopped',
  'OccurrenceSkipped',
  'OccurrenceKept',
  'ScheduleCaughtUp',
  'ImportRuleSet',
  'ImportRuleRemoved',
  'RateSet',
  'RateRemoved',
  'ChangeUndone',
]);

function text(data: JsonObject, field: string): string {
  const value = data[field];
  assert(typeof value === 'string', `the stored field ${field} is a text`);
  return value;
}

function moneyFromJson(data: JsonObject): Money {
  const currency: CurrencyCode | undefined = parseCurrency(text(data, 'currency'));
  assert(currency !== undefined, 'a stored currency is in the table');
  const amount = parseTotal(text(data, 'amount'), currency);
  assert(typeof amount === 'object', 'a stored amount is a decimal of its currency');
  return amount;
}

/** `kind` is that of the event, where the facts do not say it. */
function factsFromJson(data: JsonObject, kind = data['kind'] as EntryKind): EntryFacts {
  const { amount: _, currency, entryId: __, parts, transfer, ...rest } = data;
  return {
    ...(rest as unknown as Omit<EntryFacts, 'amount' | 'parts' | 'transfer'>),
    kind,
    amount: moneyFromJson(data),
    ...(parts === undefined ? {} : { parts: (parts as readonly JsonObject[]).map((part) => partFromJson(part, currency ?? '')) }),
    ...(transfer === undefined ? {} : { transfer: linkFromJson(transfer as JsonObject) }),
  };
}

function partFromJson(part: JsonObject, currency: Json): EntryPart {
  return { ...(part as unknown as EntryPart), amount: moneyFromJson({ ...part, currency }) };
}

function linkFromJson(link: JsonObject): TransferLink {
  return { ...(link as unknown as TransferLink), other: moneyFromJson(link['other'] as JsonObject) };
}

/** Any plain value with money in it, as JSON. */
function toJson(value: unknown): Json {
  if (value === null || typeof value !== 'object') return value as Json;
  if (Array.isArray(value)) return value.map(toJson);
  if ('minor' in value) return moneyToJson(value as Money);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJson(field)]));
}

/** And back: what has an amount and a currency, and nothing else, is money. */
function fromJson(value: Json): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const fields = value as JsonObject;
  const names = Object.keys(fields);
  if (names.length === 2 && 'amount' in fields && 'currency' in fields) return moneyFromJson(fields);
  return Object.fromEntries(names.map((name) => [name, fromJson(fields[name] as Json)]));
}

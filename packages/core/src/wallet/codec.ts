import { assert } from '../assert.ts';
import type { CivilDate } from '../calendar.ts';
import { parseCurrency, type CurrencyCode } from '../currency.ts';
import { formatAmount, parseTotal, type Money } from '../money.ts';
import type { Json, JsonObject, StoredEvent } from '../ports/event-store.ts';
import { record, type Recorded } from '../projection.ts';
import type { EntryFacts, EntryKind, EntrySource, WalletEvent } from './events.ts';
import { historyFromJson, historyToJson, termsFromJson, termsToJson } from './limit-codec.ts';
import type { Crossing, LimitHistory } from './limit-events.ts';

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
    case 'ExpenseAdded': {
      const { entryId, entry } = event;
      const { kind: _, ...facts } = factsToJson(entry);
      return { entryId, ...facts };
    }
    case 'EntryCorrected': {
      const { entryId, addedIn, before, after } = event;
      return { entryId, addedIn, before: factsToJson(before), after: factsToJson(after) };
    }
    case 'EntryVoided':
    case 'EntryRestored': {
      const { type: _, entry, ...rest } = event;
      return { ...rest, entry: factsToJson(entry) };
    }
    case 'LimitSet': {
      const { limitId, terms, before } = event;
      return { limitId, ...termsToJson(terms), ...moneyToJson(terms.amount), ...beforeToJson(before) };
    }
    case 'LimitRemoved': {
      const { limitId, on, before } = event;
      return { limitId, on, ...beforeToJson(before) };
    }
    case 'LimitRestored': {
      const { limitId, terms, before } = event;
      return { limitId, terms: historyToJson(terms), before: historyToJson(before) };
    }
    case 'LimitReached':
    case 'LimitCleared': {
      const { type: _, spent, carried, amount, ...rest } = event;
      const carry = carried === undefined ? {} : { carried: formatAmount(carried) };
      return { ...rest, spent: formatAmount(spent), ...carry, ...moneyToJson(amount) };
    }
    default: {
      const { type: _, ...data } = event;
      return data;
    }
  }
}

function beforeToJson(before: LimitHistory | undefined): JsonObject {
  return before === undefined ? {} : { before: historyToJson(before) };
}

function moneyToJson(amount: Money): { readonly amount: string; readonly currency: string } {
  return { amount: formatAmount(amount), currency: amount.currency };
}

function factsToJson({ kind, amount, occurredOn, category, note, source }: EntryFacts): JsonObject {
  return {
    kind,
    ...moneyToJson(amount),
    occurredOn,
    ...(category === undefined ? {} : { category }),
    ...(note === undefined ? {} : { note }),
    ...(source === undefined ? {} : { source: { ...source } }),
  };
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
  switch (type) {
    case 'IncomeAdded':
      return { type, entryId: text(data, 'entryId'), entry: { ...factsFromJson(data), kind: 'income' } };
    case 'ExpenseAdded':
      return { type, entryId: text(data, 'entryId'), entry: { ...factsFromJson(data), kind: 'expense' } };
    case 'EntryCorrected': {
      const { before, after, addedIn } = data;
      return {
        type,
        entryId: text(data, 'entryId'),
        addedIn: Number(addedIn),
        before: factsFromJson(before as JsonObject),
        after: factsFromJson(after as JsonObject),
      };
    }
    case 'EntryVoided':
    case 'EntryRestored': {
      const { entry, ...rest } = data;
      return { ...(rest as object), type, entry: factsFromJson(entry as JsonObject) } as WalletEvent;
    }
    case 'LimitSet': {
      const { limitId, currency, before, ...terms } = data;
      const amount = { amount: terms['amount'] ?? '', currency: currency ?? '' };
      return {
        type,
        limitId: limitId as string,
        terms: termsFromJson({ ...terms, amount }, moneyFromJson),
        ...(before === undefined ? {} : { before: historyFromJson(before, moneyFromJson) }),
      };
    }
    case 'LimitRemoved': {
      const { before, ...rest } = data;
      const history = before === undefined ? {} : { before: historyFromJson(before, moneyFromJson) };
      return { ...(rest as object), ...history, type } as WalletEvent;
    }
    case 'LimitRestored': {
      const { limitId, terms = [], before = [] } = data;
      return {
        type,
        limitId: limitId as string,
        terms: historyFromJson(terms, moneyFromJson),
        before: historyFromJson(before, moneyFromJson),
      };
    }
    case 'LimitReached':
    case 'LimitCleared': {
      const { currency = '', spent = '', carried, ...rest } = data;
      const sum = (amount: Json) => moneyFromJson({ amount, currency });
      const amounts = { spent: sum(spent), amount: moneyFromJson(data), ...(carried === undefined ? {} : { carried: sum(carried) }) };
      return { ...(rest as unknown as Crossing), ...amounts, type } as WalletEvent;
    }
    case 'WalletOpened':
    case 'WalletRenamed':
    case 'WalletClosed':
    case 'WalletReopened':
    case 'EntriesImported':
    case 'ImportUndone':
      return { ...(data as object), type } as WalletEvent;
    default:
      throw new UnknownEventError(stored);
  }
}

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

function factsFromJson(data: JsonObject): EntryFacts {
  const { kind, occurredOn, category, note, source } = data;
  return {
    kind: kind as EntryKind,
    amount: moneyFromJson(data),
    occurredOn: occurredOn as CivilDate,
    ...(category === undefined ? {} : { category: category as string }),
    ...(note === undefined ? {} : { note: note as string }),
    ...(source === undefined ? {} : { source: source as unknown as EntrySource }),
  };
}

import type { CivilDate } from '../calendar.ts';
import { canonical } from '../ids.ts';
import { formatAmount, type Money } from '../money.ts';
import type { Json, JsonObject } from '../ports/event-store.ts';
import { utf8Length } from '../store-rules.ts';
import type {
  Crossing,
  LimitCleared,
  LimitEnd,
  LimitHistory,
  LimitReached,
  LimitRemoved,
  LimitRestored,
  LimitSet,
  LimitTerms,
} from './limit-events.ts';

type LimitEvent = LimitSet | LimitRemoved | LimitRestored | LimitReached | LimitCleared;

/** Reads money, or stops: an amount that is none is never taken for one. */
type Read = (json: JsonObject) => Money;

function moneyToJson(amount: Money): JsonObject {
  return { amount: formatAmount(amount), currency: amount.currency };
}

/** Terms as JSON, each amount of them as `{ amount, currency }`. */
function termsToJson({ amount, cap, range, ...terms }: LimitTerms): JsonObject {
  return {
    ...terms,
    ...(range === undefined ? {} : { range: { ...range } }),
    amount: moneyToJson(amount),
    ...(cap === undefined ? {} : { cap: moneyToJson(cap) }),
  };
}

function termsFromJson(json: JsonObject, read: Read): LimitTerms {
  const { amount, cap, ...terms } = json;
  return {
    ...(terms as unknown as LimitTerms),
    amount: read(amount as JsonObject),
    ...(cap === undefined ? {} : { cap: read(cap as JsonObject) }),
  };
}

/**
 * A limit's history as JSON. Of all but the first only what differs from the one before is said, null being what it no longer has:
 * a limit that was changed dozens of times must still fit into the event that changes it again.
 */
function historyToJson(history: LimitHistory): readonly JsonObject[] {
  const whole = history.map((terms): JsonObject => ('ends' in terms ? { ...terms } : termsToJson(terms)));
  return whole.map((terms, index) => {
    const before = whole[index - 1] ?? {};
    const gone = Object.keys(before).filter((field) => !(field in terms));
    const changed = Object.entries(terms).filter(([field, value]) => !same(before[field], value));
    return Object.fromEntries([...gone.map((field): [string, Json] => [field, null]), ...changed]);
  });
}

function same(a: Json | undefined, b: Json): boolean {
  return a !== undefined && canonical(a) === canonical(b);
}

function historyFromJson(json: Json, read: Read): LimitHistory {
  let whole: JsonObject = {};
  return (json as readonly JsonObject[]).map((said) => {
    whole = Object.fromEntries(Object.entries({ ...whole, ...said }).filter(([, value]) => value !== null));
    return whole['ends'] === true ? endOf(whole) : termsFromJson(whole, read);
  });
}

function endOf({ startsOn, since }: JsonObject): LimitEnd {
  return { ends: true, startsOn: startsOn as CivilDate, since: since as CivilDate };
}

/** How many bytes a history takes within an event. */
export function historySize(history: LimitHistory): number {
  return utf8Length(JSON.stringify(historyToJson(history)));
}

/** The data of an event about a limit as they are stored. */
export function limitToJson(event: LimitEvent): JsonObject {
  switch (event.type) {
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
  }
}

function beforeToJson(before: LimitHistory | undefined): JsonObject {
  return before === undefined ? {} : { before: historyToJson(before) };
}

export function limitFromJson(type: LimitEvent['type'], data: JsonObject, read: Read): LimitEvent {
  const { limitId, before, currency = '', ...rest } = data;
  const id = limitId as string;
  const history = before === undefined ? {} : { before: historyFromJson(before, read) };
  const sum = (amount: Json = '') => read({ amount, currency });
  switch (type) {
    case 'LimitSet': {
      const terms = termsFromJson({ ...rest, amount: { amount: rest['amount'] ?? '', currency } }, read);
      return { type, limitId: id, terms, ...history };
    }
    case 'LimitRemoved':
      return { type, limitId: id, on: rest['on'] as CivilDate, ...history };
    case 'LimitRestored':
      return { type, limitId: id, terms: historyFromJson(rest['terms'] ?? [], read), before: history.before ?? [] };
    case 'LimitReached':
    case 'LimitCleared': {
      const { amount, spent, carried, ...others } = rest;
      const amounts = { spent: sum(spent), amount: sum(amount), ...(carried === undefined ? {} : { carried: sum(carried) }) };
      return { ...(others as unknown as Crossing), limitId: id, ...amounts, type } as LimitReached | LimitCleared;
    }
  }
}

import type { CivilDate } from '../calendar.ts';
import { canonical } from '../ids.ts';
import { formatAmount, type Money } from '../money.ts';
import type { Json, JsonObject } from '../ports/event-store.ts';
import { utf8Length } from '../store-rules.ts';
import type { LimitEnd, LimitHistory, LimitTerms } from './limit-events.ts';

type Read = (json: JsonObject) => Money;

function moneyToJson(amount: Money): JsonObject {
  return { amount: formatAmount(amount), currency: amount.currency };
}

/** Terms as JSON, each amount of them as `{ amount, currency }`. */
export function termsToJson({ amount, cap, range, ...terms }: LimitTerms): JsonObject {
  return {
    ...terms,
    ...(range === undefined ? {} : { range: { ...range } }),
    amount: moneyToJson(amount),
    ...(cap === undefined ? {} : { cap: moneyToJson(cap) }),
  };
}

export function termsFromJson(json: JsonObject, read: Read): LimitTerms {
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
export function historyToJson(history: LimitHistory): readonly JsonObject[] {
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

export function historyFromJson(json: Json, read: Read): LimitHistory {
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

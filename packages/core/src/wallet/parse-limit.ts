import { daysBetween, PERIOD_KINDS, type CivilDate, type PeriodKind, type PeriodRule } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import type { LimitDetails } from './commands.ts';
import type { LimitMode, LimitTerms, Rollover } from './limit-events.ts';
import { isRejection, parseCategory, parseDay, parseSum, parseTags, reject } from './parse.ts';

const DEFAULT_THRESHOLDS: readonly number[] = [80, 100];
const MAX_RANGE_DAYS = 36_525;

/** The last day that a period's kind can begin on. */
const LAST_FIRST_DAY: Readonly<Record<PeriodKind, number>> = { day: 1, week: 7, month: 31, quarter: 31, year: 31, custom: 1 };

/** Reads a limit's id. */
function parseLimitId(text: string): string | Rejection {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text) && text !== '__proto__'
    ? text
    : reject('limit-id-invalid', 'The id of a limit has 1 to 64 of the characters A-Z a-z 0-9 . _ -', 'limitId');
}

/** What a limit is to allow, read from its texts; the first fault, in the order of the rejection codes, is what comes. */
export function parseTerms(
  limitId: string,
  details: LimitDetails,
  { currency, today }: { readonly currency: CurrencyCode; readonly today: CivilDate },
): LimitTerms | Rejection {
  const amount = parseSum(details.amount, currency, { zero: true });
  if (isRejection(amount)) return amount;
  const cap = present(details.cap, (text) => parseSum(text, currency, { zero: true }));
  if (isRejection(cap)) return { ...cap, field: 'cap' };
  const scope = present(details.scope, (text) => parseCategory(text, 'scope'));
  if (isRejection(scope)) return scope;
  const tag = present(details.tag, parseTag);
  if (isRejection(tag)) return tag;
  const days = daysOf(details);
  if (isRejection(days)) return days;
  const id = parseLimitId(limitId);
  if (isRejection(id)) return id;
  const rule = parseRule(details, days);
  if (isRejection(rule)) return rule;
  if (scope !== undefined && tag !== undefined) {
    return reject('scope-invalid', 'A limit is for a category or for a tag. Leave one of them out.', 'tag');
  }
  const startsOn = startOf(rule, days.startsOn, today);
  if (isRejection(startsOn)) return startsOn;
  const thresholds = parseThresholds(details.thresholds ?? DEFAULT_THRESHOLDS);
  if (isRejection(thresholds)) return thresholds;
  const mode = parseMode(details.mode ?? 'warn');
  if (isRejection(mode)) return mode;
  const rollover = parseRollover(details, rule);
  if (isRejection(rollover)) return rollover;
  return {
    period: rule.kind,
    ...(rule.firstDay === undefined || rule.firstDay === 1 ? {} : { firstDay: rule.firstDay }),
    ...(rule.range === undefined ? {} : { range: rule.range }),
    amount,
    thresholds,
    mode,
    startsOn,
    ...(scope === undefined ? {} : { scope }),
    ...(tag === undefined ? {} : { tag }),
    ...(rollover === 'none' ? {} : { rollover }),
    ...(cap === undefined ? {} : { cap }),
  };
}

function parseTag(text: string): string | Rejection {
  const tags = parseTags([text], 'tag');
  if (isRejection(tags)) return tags;
  return tags?.[0] ?? reject('tags-invalid', 'Name a tag.', 'tag');
}

function present<Value>(text: string | null | undefined, parse: (text: string) => Value): Value | undefined {
  return text === undefined || text === null ? undefined : parse(text);
}

interface Days {
  readonly startsOn?: CivilDate;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}

function daysOf(details: LimitDetails): Days | Rejection {
  const days: { -readonly [Name in keyof Days]: CivilDate } = {};
  for (const field of ['startsOn', 'from', 'to'] as const) {
    const text = details[field];
    if (text === undefined) continue;
    const date = parseDay(text, field);
    if (isRejection(date)) return date;
    days[field] = date;
  }
  return days;
}

function parseRule({ period, firstDay }: LimitDetails, { from, to }: Days): PeriodRule | Rejection {
  const kind = PERIOD_KINDS.find((known) => known === period);
  if (kind === undefined) {
    return reject('period-invalid', 'A period is day, week, month, quarter, year or custom.', 'period');
  }
  if (kind !== 'custom' && (from !== undefined || to !== undefined)) {
    return reject('period-invalid', 'Only a custom period has a from and a to.', from === undefined ? 'to' : 'from');
  }
  if (kind === 'custom' && (from === undefined || to === undefined || from >= to || daysBetween(from, to) > MAX_RANGE_DAYS)) {
    return reject('period-invalid', 'A custom period goes from a day to the day after its last, at most 100 years.', 'to');
  }
  if (firstDay !== undefined && !(Number.isInteger(firstDay) && firstDay >= 1 && firstDay <= LAST_FIRST_DAY[kind])) {
    return reject(
      'first-day-invalid',
      'A week begins on day 1 (Monday) to 7, a month, quarter or year on day 1 to 31; other periods leave the first day out.',
      'firstDay',
    );
  }
  return {
    kind,
    ...(firstDay === undefined ? {} : { firstDay }),
    ...(from === undefined || to === undefined ? {} : { range: { from, to } }),
  };
}

/** The day that terms begin on: today when left out; for a custom period a day of it. */
function startOf({ range }: PeriodRule, startsOn: CivilDate | undefined, today: CivilDate): CivilDate | Rejection {
  if (range === undefined) return startsOn ?? today;
  if (startsOn === undefined) return range.from <= today && today < range.to ? today : range.from;
  return range.from <= startsOn && startsOn < range.to
    ? startsOn
    : reject('period-invalid', 'A custom limit starts on a day of its period.', 'startsOn');
}

/** Reads thresholds: whole percentages, ascending, 1 to 1,000, at most ten. */
function parseThresholds(thresholds: readonly number[]): readonly number[] | Rejection {
  const ascending = thresholds.every((value, index) => index === 0 || value > (thresholds[index - 1] ?? 0));
  const inRange = thresholds.every((value) => Number.isInteger(value) && value >= 1 && value <= 1_000);
  return ascending && inRange && thresholds.length >= 1 && thresholds.length <= 10
    ? thresholds
    : reject(
        'thresholds-invalid',
        'Thresholds are 1 to 10 whole percentages from 1 to 1000, each above the one before.',
        'thresholds',
      );
}

/** Reads a limit's mode. */
function parseMode(text: string): LimitMode | Rejection {
  return text === 'warn' || text === 'block' ? text : reject('mode-invalid', 'A mode is warn or block.', 'mode');
}

function parseRollover({ rollover = 'none', cap }: LimitDetails, { kind }: PeriodRule): Rollover | Rejection {
  if (rollover !== 'none' && rollover !== 'surplus' && rollover !== 'both') {
    return reject('rollover-invalid', 'A roll-over is none, surplus or both.', 'rollover');
  }
  if (rollover === 'none' && cap !== undefined && cap !== null) {
    return reject('rollover-invalid', 'A cap bounds what is carried over: say surplus or both, or leave the cap out.', 'cap');
  }
  return rollover !== 'none' && kind === 'custom'
    ? reject('rollover-invalid', 'A custom period is the only one of its limit, so that nothing is carried over.', 'rollover')
    : rollover;
}

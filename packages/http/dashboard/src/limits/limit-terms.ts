import type { Limit, Period, Rollover } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { addDays, isDay } from '../days/day.ts';
import { parseAmount } from '../money/parse-amount.ts';
import type { LimitBody } from './limit-deeds.ts';

/** What a limit is for. */
export type What = 'wallet' | 'category' | 'tag';

/** A limit as it is being typed. */
export interface Terms {
  readonly what: What;
  readonly scope: string;
  readonly tag: string;
  readonly amount: string;
  readonly period: Period;
  readonly firstDay: string;
  readonly startsOn: string;
  /** The first and the last day of a custom period. */
  readonly from: string;
  readonly until: string;
  readonly rollover: Rollover;
  readonly cap: string;
  readonly thresholds: string;
  readonly mode: 'warn' | 'block';
}

export interface Wrong {
  readonly field: Exclude<keyof Terms, 'what' | 'period' | 'rollover' | 'mode'> | 'form';
  readonly text: string;
}

export function termsOf(limit: Limit | undefined, today: string): Terms {
  const own = limit?.period === 'custom' ? limit.current : undefined;
  return {
    what: limit === undefined || limit.scope !== null ? 'category' : limit.tag === null ? 'wallet' : 'tag',
    scope: limit?.scope ?? '',
    tag: limit?.tag ?? '',
    amount: limit?.amount ?? '',
    period: limit?.period ?? 'month',
    firstDay: String(limit?.firstDay ?? 1),
    startsOn: today,
    from: own?.from ?? today,
    until: own === undefined ? '' : addDays(own.to, -1),
    rollover: limit?.rollover ?? 'none',
    cap: limit?.cap ?? '',
    thresholds: (limit?.thresholds ?? [80, 100]).join(', '),
    mode: limit?.mode ?? 'warn',
  };
}

const MOST_PERCENT = 1000;
const MOST_THRESHOLDS = 10;
const MOST_DAY = 31;

export function readThresholds(text: string): readonly number[] | undefined {
  const parts = text.split(/[\s,;%]+/).filter((part) => part !== '');
  const marks = [...new Set(parts.map(Number))].sort((left, right) => left - right);
  const fine =
    marks.length <= MOST_THRESHOLDS && marks.every((mark) => Number.isInteger(mark) && mark >= 1 && mark <= MOST_PERCENT);
  return fine && marks.length > 0 ? marks : undefined;
}

/** The first day of a period as typed: a weekday of a week, a day from 1 to 31 of what is longer, else 1. */
export function readFirstDay({ period, firstDay }: Pick<Terms, 'period' | 'firstDay'>): number | undefined {
  if (period === 'day' || period === 'custom') return 1;
  const day = Number(firstDay);
  return Number.isInteger(day) && day >= 1 && day <= (period === 'week' ? 7 : MOST_DAY) ? day : undefined;
}

/** What the fields come to, or the first of them that needs something. */
export function readTerms(terms: Terms, { decimals }: Pick<Wallet, 'decimals'>): LimitBody | Wrong {
  const { what, scope, period, mode, rollover } = terms;
  const tag = terms.tag.trim().replace(/^#/, '');
  if (what === 'category' && scope.trim() === '') return { field: 'scope', text: 'Name a category, as Food:Cafe.' };
  if (what === 'tag' && tag === '') return { field: 'tag', text: 'Name a tag, as holiday.' };
  const amount = parseAmount(terms.amount, decimals);
  if (!amount.ok && !/^\s*0+([.,]0*)?\s*$/.test(terms.amount)) return { field: 'amount', text: amount.reason };
  const firstDay = readFirstDay(terms);
  if (firstDay === undefined) return { field: 'firstDay', text: 'A day from 1 to 31.' };
  const days = daysOf(terms);
  if ('field' in days) return days;
  const cap =
    rollover === 'none' || period === 'custom' || terms.cap.trim() === '' ? undefined : parseAmount(terms.cap, decimals);
  if (cap?.ok === false) return { field: 'cap', text: cap.reason };
  const thresholds = readThresholds(terms.thresholds);
  if (thresholds === undefined)
    return { field: 'thresholds', text: 'Up to ten whole percentages from 1 to 1000, as in 80, 100.' };
  return {
    scope: what === 'category' ? scope.trim() : null,
    tag: what === 'tag' ? tag : null,
    period,
    firstDay,
    amount: amount.ok ? amount.amount : '0',
    thresholds,
    mode,
    rollover: period === 'custom' ? 'none' : rollover,
    cap: cap?.amount ?? null,
    ...days,
  };
}

function daysOf({ period, startsOn, from, until }: Terms): Pick<LimitBody, 'startsOn' | 'from' | 'to'> | Wrong {
  if (period !== 'custom') return isDay(startsOn) ? { startsOn } : { field: 'startsOn', text: 'Choose a day.' };
  if (!isDay(from)) return { field: 'from', text: 'Choose the first day.' };
  if (!isDay(until) || until < from) return { field: 'until', text: 'Choose the last day, not before the first.' };
  return { from, to: addDays(until, 1) };
}

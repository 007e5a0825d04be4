import type { Schedule, ScheduleTerms, Shift } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { isDay } from '../days/day.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { type Course, courseOf, ruleOf, suggestedOn } from './course.ts';
import type { TermsBody } from './schedule-deeds.ts';

/** A schedule as it is being typed. */
export interface Typed extends Course {
  readonly kind: ScheduleTerms['kind'];
  readonly amount: string;
  readonly category: string;
  /** Of a transfer: the wallet it goes to, and what arrives there when it has another currency. */
  readonly to: string;
  readonly toAmount: string;
  readonly note: string;
  readonly payee: string;
  /** The first day of a new schedule, or that from which a change holds. */
  readonly from: string;
  readonly shift: Shift;
  readonly remindDays: string;
}

export type FieldName = 'amount' | 'category' | 'to' | 'toAmount' | 'note' | 'payee' | 'from' | 'rule' | 'form';

export interface Wrong {
  readonly field: FieldName;
  readonly text: string;
}

/** The field that a refusal is about. */
export function fieldOf(code: string): FieldName {
  if (/^(?:category|parts)-/.test(code)) return 'category';
  if (/^(?:date|occurrence)-/.test(code)) return 'from';
  if (code.startsWith('amount-')) return 'amount';
  if (code.startsWith('rule-')) return 'rule';
  if (code.startsWith('note-')) return 'note';
  return code.startsWith('payee-') ? 'payee' : 'form';
}

const NO_REMINDER = '';

/** The terms that hold on a day, else the last there were. */
export function termsOn(schedule: Schedule | undefined, day: string): ScheduleTerms | undefined {
  return schedule?.terms.findLast(({ from }) => from <= day) ?? schedule?.terms.at(-1);
}

export function typedOf(terms: ScheduleTerms | undefined, from: string): Typed {
  const course =
    terms === undefined ? { every: 'month' as const, on: suggestedOn('month', from), rule: '' } : courseOf(terms.rule);
  return {
    ...course,
    kind: terms?.kind ?? 'expense',
    to: terms?.to?.walletId ?? '',
    toAmount: terms?.to?.amount ?? '',
    amount: terms?.amount ?? '',
    category: terms?.category ?? '',
    note: terms?.note ?? '',
    payee: terms?.payee ?? '',
    from,
    shift: terms?.shift ?? 'none',
    remindDays: terms?.remindDays === null || terms === undefined ? NO_REMINDER : `${terms.remindDays}`,
  };
}

/** On which days it comes as it is typed; a rule that stays is reckoned from where it was. */
export function courseTyped(typed: Typed, before: ScheduleTerms | undefined) {
  const rule = ruleOf(typed);
  const { from, shift } = typed;
  const startsOn = before?.rule === rule ? before.startsOn : from;
  return { rule, startsOn, monthEnd: before?.monthEnd ?? ('last-day' as const), shift };
}

interface Context {
  readonly wallet: Wallet;
  /** The wallet that a transfer goes to. */
  readonly target: Wallet | undefined;
  readonly before: ScheduleTerms | undefined;
}

/** What was typed, as terms, or the first thing that is wrong with it. */
export function bodyOf(typed: Typed, { wallet, target, before }: Context): TermsBody | Wrong {
  const amount = parseAmount(typed.amount, wallet.decimals);
  if (!amount.ok) return { field: 'amount', text: amount.reason };
  if (!isDay(typed.from)) return { field: 'from', text: 'Choose a day.' };
  const isTransfer = typed.kind === 'transfer';
  if (isTransfer && target === undefined) return { field: 'to', text: 'Choose a wallet.' };
  const isSame = target?.currency === wallet.currency;
  const arrives = isSame || target === undefined ? amount : parseAmount(typed.toAmount, target.decimals);
  if (isTransfer && !arrives.ok) return { field: 'toAmount', text: arrives.reason };
  const category = isTransfer ? null : typed.category.trim() || null;
  return {
    kind: typed.kind,
    amount: amount.amount,
    to:
      isTransfer && target !== undefined && arrives.ok
        ? { walletId: target.id, amount: arrives.amount, currency: target.currency }
        : null,
    category,
    parts: category === null && !isTransfer ? (before?.parts ?? null) : null,
    payee: typed.payee.trim() || null,
    tags: before?.tags ?? [],
    note: typed.note.trim() || null,
    ...courseTyped(typed, before),
    remindDays: typed.remindDays === NO_REMINDER ? null : Number(typed.remindDays),
    ...(before === undefined ? {} : { from: typed.from }),
  };
}

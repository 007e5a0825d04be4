import { addDays, periodOf, type CivilDate, type Period, type PeriodKind } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import type { RemoveLimit, SetLimit } from './commands.ts';
import type { Watch } from './crossings.ts';
import { refuse, type OpenContext, type WalletDecision } from './decision.ts';
import type { LimitTerms } from './events.ts';
import { currentLimits, termsOn, type TermsInForce } from './head.ts';
import {
  isRejection,
  MAX_LIMITS,
  parseCategory,
  parseDay,
  parseLimitId,
  parseMode,
  parsePeriod,
  parseSum,
  parseThresholds,
  reject,
} from './parse.ts';
import { openFrom } from './raised.ts';
import { headOf, openPeriodsOf, type WalletState } from './state.ts';
import { after, weigh } from './weigh.ts';

const DEFAULT_THRESHOLDS: readonly number[] = [80, 100];

export function setLimit(context: OpenContext<SetLimit>, state: WalletState): WalletDecision {
  const { command, today } = context;
  const view = headOf(state);
  const terms = termsOf(command, view.currency, today);
  if (isRejection(terms)) return refuse(terms);
  const limitId = parseLimitId(command.limitId);
  if (isRejection(limitId)) return refuse(limitId);
  const current = currentLimits(view);
  const old = current.find(([id]) => id === limitId)?.[1];
  if (old === undefined && current.length >= MAX_LIMITS) {
    return refuse(reject('too-many-limits', `A wallet has at most ${MAX_LIMITS} limits. Remove one first.`));
  }
  if (old !== undefined && same(old, terms)) return refuse(reject('nothing-to-change', 'The limit is set like this already.'));
  const event = { type: 'LimitSet', limitId, terms } as const;
  const change = { limitId, today, newKind: terms.period, startsOn: terms.startsOn };
  return weigh(context, state, [event], { watches: watchesAfter(change, state, after(state, [event])), block: false });
}

export function removeLimit(context: OpenContext<RemoveLimit>, state: WalletState): WalletDecision {
  const { limitId } = context.command;
  if (!currentLimits(headOf(state)).some(([id]) => id === limitId)) {
    return refuse(reject('limit-unknown', 'There is no such limit in this wallet.', 'limitId'));
  }
  const event = { type: 'LimitRemoved', limitId, on: context.today } as const;
  const change = { limitId, today: context.today, newKind: undefined, startsOn: context.today };
  return weigh(context, state, [event], { watches: watchesAfter(change, state, after(state, [event])), block: false });
}

/**
 * The periods that a change of a limit concerns, each with the terms that rule it now: those that hold today by the old and by
 * the new terms, and those it changes in which something was told that may no longer be so.
 */
function watchesAfter(change: LimitChange, before: WalletState, next: WalletState): readonly Watch[] {
  return movedPeriods(change, before).map(({ kind, period }) => {
    const terms = termsOn(headOf(next), change.limitId, period.from);
    return { limitId: change.limitId, kind, period, terms: terms?.period === kind ? terms : undefined };
  });
}

/** What {@link movedPeriods} depends on. */
export interface LimitChange {
  readonly limitId: string;
  readonly today: CivilDate;
  /** The kind of period it is to have, and the day it begins. */
  readonly newKind: PeriodKind | undefined;
  readonly startsOn: CivilDate;
}

/** Those periods, named from what is known before the change. */
export function movedPeriods(
  { limitId, today, newKind, startsOn }: LimitChange,
  state: WalletState,
): readonly { readonly kind: PeriodKind; readonly period: Period }[] {
  const kinds = new Set([termsOn(headOf(state), limitId, today)?.period, newKind]);
  const held = [...kinds].flatMap((kind) => (kind === undefined ? [] : [{ kind, period: periodOf(kind, today) }]));
  // What began before the new terms is ruled by the old ones still. A week may begin in the year before its days.
  const since = addDays(periodOf('year', startsOn < today ? startsOn : today).from, -7);
  const open = openFrom(openPeriodsOf(state, limitId), since).map(({ kind, from }) => ({ kind, period: periodOf(kind, from) }));
  return [...new Map([...held, ...open].map((moved) => [`${moved.kind} ${moved.period.from}`, moved])).values()];
}

function termsOf(command: SetLimit, currency: CurrencyCode, today: CivilDate): LimitTerms | Rejection {
  const amount = parseSum(command.amount, currency, { zero: true });
  if (isRejection(amount)) return amount;
  const scope = command.scope === undefined || command.scope === null ? undefined : parseCategory(command.scope, 'scope');
  if (isRejection(scope)) return scope;
  const startsOn = command.startsOn === undefined ? today : parseDay(command.startsOn, 'startsOn');
  if (isRejection(startsOn)) return startsOn;
  const period = parsePeriod(command.period);
  if (isRejection(period)) return period;
  const thresholds = parseThresholds(command.thresholds ?? DEFAULT_THRESHOLDS);
  if (isRejection(thresholds)) return thresholds;
  const mode = parseMode(command.mode ?? 'warn');
  if (isRejection(mode)) return mode;
  return { period, amount, thresholds, mode, startsOn, ...(scope === undefined ? {} : { scope }) };
}

function same(old: TermsInForce, terms: LimitTerms): boolean {
  return (
    old.period === terms.period &&
    old.since === periodOf(terms.period, terms.startsOn).from &&
    old.amount === terms.amount.minor.toString() &&
    old.mode === terms.mode &&
    old.scope === terms.scope &&
    old.thresholds.join() === terms.thresholds.join()
  );
}

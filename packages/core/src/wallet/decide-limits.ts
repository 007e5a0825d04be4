import { periodOf, type CivilDate } from '../calendar.ts';
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
import { headOf, type WalletState } from './state.ts';
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
  return weigh(context, state, [event], { watches: watchesToday(limitId, today, state, after(state, [event])), block: false });
}

export function removeLimit(context: OpenContext<RemoveLimit>, state: WalletState): WalletDecision {
  const { limitId } = context.command;
  if (!currentLimits(headOf(state)).some(([id]) => id === limitId)) {
    return refuse(reject('limit-unknown', 'There is no such limit in this wallet.', 'limitId'));
  }
  const event = { type: 'LimitRemoved', limitId, on: context.today } as const;
  return weigh(context, state, [event], {
    watches: watchesToday(limitId, context.today, state, after(state, [event])),
    block: false,
  });
}

/** The periods that hold today by the old and by the new terms, each with the terms that rule it now. */
function watchesToday(limitId: string, today: CivilDate, before: WalletState, next: WalletState): readonly Watch[] {
  const now = termsOn(headOf(next), limitId, today);
  const kinds = new Set([termsOn(headOf(before), limitId, today)?.period, now?.period]);
  return [...kinds].flatMap((kind) =>
    kind === undefined ? [] : [{ limitId, kind, period: periodOf(kind, today), terms: now?.period === kind ? now : undefined }],
  );
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

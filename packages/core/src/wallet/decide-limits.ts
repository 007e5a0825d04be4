import { addDays, earliest, type CivilDate } from '../calendar.ts';
import { canonical, type LimitId } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import type { JsonObject } from '../ports/event-store.ts';
import type { RemoveLimit, SetLimit } from './commands.ts';
import { needsOf, watchOn, type Watch } from './crossings.ts';
import { refuse, type Foresight, type OpenContext, type WalletDecision } from './decision.ts';
import { currentLimits, limitOf } from './head.ts';
import { historySize } from './limit-codec.ts';
import type { LimitHistory, LimitRemoved, LimitRestored, LimitSet } from './limit-events.ts';
import { limitAfter, periodAt } from './limit-periods.ts';
import { isEnd, toHistory, toStoredTerms, type StoredHistory, type StoredTerms } from './limit-terms.ts';
import { isRejection, reject } from './parse.ts';
import { parseTerms } from './parse-limit.ts';
import { openFrom, openPeriods } from './raised.ts';
import { headOf, openPeriodsOf, type Need, type WalletState } from './state.ts';
import { after, weigh } from './weigh.ts';

const MAX_LIMITS = 100;
/** With those that were removed, whose past periods stay readable. */
const MAX_KNOWN = 1_000;
/** How much the dated changes of one limit may take, since every change of it is stored with what was before: 80 or more fit. */
const MAX_HISTORY_BYTES = 6_000;

/** A command and the day it comes on. */
type About<Command> = Pick<OpenContext<Command>, 'command' | 'today'>;

type LimitChange = LimitSet | LimitRemoved | LimitRestored;

export function setLimit(context: OpenContext<SetLimit>, state: WalletState): WalletDecision {
  return decided(context, state, setting(context, state));
}

export function removeLimit(context: OpenContext<RemoveLimit>, state: WalletState): WalletDecision {
  return decided(context, state, removal(context, state));
}

/** What {@link setLimit} and {@link removeLimit} need beside the head. */
export function limitNeeds({ command, state, today }: Foresight<SetLimit | RemoveLimit>): readonly Need[] {
  const change = command.type === 'SetLimit' ? setting({ command, today }, state) : removal({ command, today }, state);
  return changeNeeds(change, state, today);
}

/** What {@link restoredLimit} and {@link limitWatches} need beside the head. */
export function restoreLimitNeeds(
  { state, today }: Pick<Foresight<unknown>, 'state' | 'today'>,
  limitId: LimitId,
  terms: LimitHistory,
): readonly Need[] {
  return changeNeeds(restoredLimit(state, limitId, terms), state, today);
}

function changeNeeds(change: LimitChange | Rejection, state: WalletState, today: CivilDate): readonly Need[] {
  if (isRejection(change)) return [];
  const open: Need = { projection: openPeriods, bucket: change.limitId };
  if (!state.views.has(openPeriods, change.limitId)) return [open];
  const next = after(state, [change]);
  return [open, ...needsOf(next, limitWatches(change, state, next, today))];
}

function decided(context: OpenContext<unknown>, state: WalletState, change: LimitChange | Rejection): WalletDecision {
  if (isRejection(change)) return refuse(change);
  const changed = limitWatches(change, state, after(state, [change]), context.today);
  return weigh(context, state, [change], { watches: [], changed });
}

function setting({ command, today }: About<SetLimit>, state: WalletState): LimitSet | Rejection {
  const view = headOf(state);
  const { limitId } = command;
  const terms = parseTerms(limitId, command, { currency: view.currency, today });
  if (isRejection(terms)) return terms;
  const known = Object.keys(view.limits);
  if (!known.includes(limitId) && known.length >= MAX_KNOWN) return tooManyKnown;
  const current = currentLimits(view);
  const old = current.find(([id]) => id === limitId)?.[1];
  if (old === undefined && current.length >= MAX_LIMITS) return tooMany;
  const stored = toStoredTerms(terms);
  if (old !== undefined && spell({ ...old, startsOn: today }) === spell({ ...stored, startsOn: today })) return same;
  const change: LimitSet = { type: 'LimitSet', limitId, terms, before: toHistory(limitOf(view, limitId), view.currency) };
  return tooLong(state, change) ?? change;
}

function removal({ command, today }: About<RemoveLimit>, state: WalletState): LimitRemoved | Rejection {
  const view = headOf(state);
  const { limitId } = command;
  if (!currentLimits(view).some(([id]) => id === limitId)) {
    return reject('limit-unknown', 'There is no such limit in this wallet.', 'limitId');
  }
  return { type: 'LimitRemoved', limitId, on: today, before: toHistory(limitOf(view, limitId), view.currency) };
}

/** Makes a limit again what it was: `terms` is the `before` of an event that changed it. */
export function restoredLimit(state: WalletState, limitId: LimitId, terms: LimitHistory): LimitRestored | Rejection {
  const view = headOf(state);
  const before = limitOf(view, limitId);
  const change: LimitRestored = { type: 'LimitRestored', limitId, terms, before: toHistory(before, view.currency) };
  const next = limitAfter(before, change);
  if (before.map(spell).join() === next.map(spell).join()) return same;
  const newest = next.at(-1);
  const isNew = !currentLimits(view).some(([id]) => id === limitId) && newest !== undefined && !isEnd(newest);
  return isNew && currentLimits(view).length >= MAX_LIMITS ? tooMany : change;
}

function spell(terms: StoredTerms): string {
  return canonical(terms as unknown as JsonObject);
}

const same = reject('nothing-to-change', 'The limit is set like this already.');
const tooMany = reject('too-many-limits', `A wallet has at most ${MAX_LIMITS} limits. Remove one first.`);
const tooManyKnown = reject('too-many-limits', `A wallet remembers ${MAX_KNOWN} limits. Use the id of one that was removed.`);

function tooLong(state: WalletState, change: LimitSet): Rejection | undefined {
  const view = headOf(state);
  const next = limitAfter(limitOf(view, change.limitId), change);
  return historySize(toHistory(next, view.currency)) <= MAX_HISTORY_BYTES
    ? undefined
    : reject('too-many-changes', 'This limit was changed too often. Remove it, and set one with another id.', 'limitId');
}

/**
 * The periods that a change of a limit concerns: the one that holds today, and those it moves in which something was told that
 * may no longer be so. Of what was spent before a limit was set, only today's period is told.
 */
export function limitWatches(
  { limitId }: LimitChange,
  before: WalletState,
  next: WalletState,
  today: CivilDate,
): readonly Watch[] {
  const [old, now] = [limitOf(headOf(before), limitId), limitOf(headOf(next), limitId)];
  const present = periodAt(now, today);
  const held = present === undefined ? [] : [{ kind: present.terms.period, from: present.from }];
  const told = openFrom(openPeriodsOf(before, limitId), firstMoved(old, now));
  return [...held, ...told].map(({ kind, from }): Watch => {
    const period = periodAt(now, from);
    return period?.from === from && period.terms.period === kind
      ? watchOn(limitId, period)
      : { limitId, kind, from, period: undefined };
  });
}

/** The first day of the first period that two histories of a limit differ in. */
function firstMoved(old: StoredHistory, now: StoredHistory): CivilDate {
  const [before, since] = [new Set(old.map(spell)), new Set(now.map(spell))];
  const changed = [...old, ...now].filter((terms) => !before.has(spell(terms)) || !since.has(spell(terms)));
  const first = earliest(LAST_DAY, ...changed.map((terms) => terms.since));
  // The period before may end elsewhere than it did.
  return periodAt(now, addDays(first, -1))?.from ?? first;
}

const LAST_DAY = '9999-12-31' as CivilDate;

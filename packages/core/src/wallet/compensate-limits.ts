import { canonical, type LimitId } from '../ids.ts';
import type { Json } from '../ports/event-store.ts';
import type { Rejection } from '../outcome.ts';
import { back, movedOn, type Compensations, type Standing } from './compensation.ts';
import { restoredLimit, restoreLimitNeeds } from './decide-limits.ts';
import type { WalletEvent } from './events.ts';
import { limitOf } from './head.ts';
import type { LimitHistory, LimitRemoved, LimitRestored, LimitSet } from './limit-events.ts';
import { limitAfter } from './limit-periods.ts';
import { fromHistory } from './limit-terms.ts';
import { reject } from './parse.ts';
import { headOf, type Need } from './state.ts';

type LimitChange = (LimitSet | LimitRemoved | LimitRestored) & { readonly before?: LimitHistory };

function spell(value: readonly object[]): string {
  return canonical(value as unknown as Json);
}

function needs({ limitId, before }: LimitChange, standing: Standing): readonly Need[] {
  return before === undefined ? [] : restoreLimitNeeds(standing, limitId, before);
}

function events(change: LimitChange, { state }: Standing): readonly WalletEvent[] | Rejection {
  const { limitId, before } = change;
  if (before === undefined) {
    return reject('change-final', 'It is not known what this limit was before. Set it as you want it.', 'version');
  }
  const left = limitAfter(fromHistory(before), change);
  if (spell(left) !== spell(limitOf(headOf(state), limitId))) return changedSince(limitId);
  const event = restoredLimit(state, limitId, before);
  return 'code' in event ? event : [event];
}

function changedSince(limitId: LimitId): Rejection {
  return movedOn('The limit was changed since. Undo that first.', { limitId });
}

/** How what happened to limits is taken back: each event says what the limit was before, with all its dated changes. */
export const limitCompensations: Compensations<'LimitSet' | 'LimitRemoved' | 'LimitRestored'> = {
  LimitSet: back(needs, events),
  LimitRemoved: back(needs, events),
  LimitRestored: back(needs, events),
};

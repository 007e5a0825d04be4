import type { CivilDate } from '../calendar.ts';
import type { Recorded } from '../projection.ts';
import type { WalletCommand } from './commands.ts';
import { spendingNeeds, watchesOf } from './crossings.ts';
import type { WalletEvent } from './events.ts';
import { head, HEAD } from './head.ts';
import { ruleOf } from './rules.ts';
import { headOf, isLoaded, type Need, type WalletState } from './state.ts';

/** What is known of a command before anything is loaded. */
export interface Asked {
  readonly command: WalletCommand;
  /** The events of the change that it is about, when it is about one. */
  readonly change?: readonly Recorded<WalletEvent>[];
  today(zone: string): CivilDate;
}

/**
 * Names what a command needs before it can be decided. Called again after each loading until nothing is missing, since what
 * comes next (the period of an entry) is only known from what came before (the entry).
 */
export function needs({ command, change, today }: Asked, state: WalletState): readonly Need[] {
  const first: readonly Need[] = [{ projection: head, bucket: HEAD }];
  if (!isLoaded(state, first)) return first;
  const view = headOf(state);
  const rule = ruleOf(command);
  if (view.status === 'absent' && rule.whenAbsent !== true) return first;
  if (view.status === 'closed' && rule.whenClosed !== true) return first;
  const day = today(view.zone === '' ? 'UTC' : view.zone);
  const foresight = { command, today: day, state, ...(change === undefined ? {} : { change }) };
  const named = [...first, ...(rule.needs?.(foresight) ?? [])];
  if (!isLoaded(state, named)) return named;
  return [...named, ...spendingNeeds(state, watchesOf(view, rule.touches?.(foresight) ?? []), day)];
}

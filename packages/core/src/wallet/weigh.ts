import { formatMinor } from '../money.ts';
import { exponentOf } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import { upcoming } from '../projection.ts';
import { crossingsOf, excessOf, inOrder, withLater, type Excess, type OwnWatch, type Watch } from './crossings.ts';
import type { OpenContext, WalletDecision } from './decision.ts';
import type { WalletEvent } from './events.ts';
import { reject } from './parse.ts';
import { headOf, overlay, type WalletState } from './state.ts';

/** The state as it will be when some events are stored on top of it. */
export function after(state: WalletState, events: readonly WalletEvent[]): WalletState {
  const views = overlay(state.views);
  let { version } = state;
  for (const event of events) views.fold(upcoming(event, (version += 1)));
  return { version, views };
}

/**
 * Completes a decision: what it does to limits goes into the same append, so that a crossing happens once, survives a crash
 * and can be audited. With `block`, a limit in that mode refuses what would put it over.
 */
export function weigh(
  { today }: OpenContext<unknown>,
  state: WalletState,
  events: readonly WalletEvent[],
  options: {
    /** Those that what is booked or taken away counts in. */
    readonly watches: readonly OwnWatch[];
    /** Those that a change of a limit concerns. */
    readonly changed?: readonly Watch[];
    /** Whether a limit may refuse it. */
    readonly block?: boolean;
    readonly entryId?: EntryId;
  },
): WalletDecision {
  const next = after(state, events);
  const excess = options.block ? excessOf(state, next, options.watches) : undefined;
  if (excess !== undefined) return { kind: 'rejected', rejection: exceeded(excess, next) };
  const told = { on: today, entryId: options.entryId };
  const moved = inOrder([...withLater(next, options.watches, today), ...(options.changed ?? [])]);
  return { kind: 'accepted', events: [...events, ...crossingsOf(next, moved, told)] };
}

function exceeded({ limitId, period, spent, budget, carried }: Excess, state: WalletState): Rejection {
  const exponent = exponentOf(headOf(state).currency);
  const { terms, from, to } = period;
  const subject = terms.scope ?? (terms.tag === undefined ? 'The wallet' : `#${terms.tag}`);
  return reject(
    'limit-exceeded',
    `${subject} would be ${formatMinor(spent - budget, exponent)} over its limit until ${to}. Book less, or change the limit.`,
    'amount',
    {
      limitId,
      from,
      to,
      spent: formatMinor(spent, exponent),
      amount: formatMinor(BigInt(terms.amount), exponent),
      ...(carried === 0n ? {} : { carried: formatMinor(carried, exponent) }),
    },
  );
}

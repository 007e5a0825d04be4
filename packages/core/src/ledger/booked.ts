import type { CivilDate, PeriodKind } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { EntryId, LimitId } from '../ids.ts';
import { formatAmount, formatMinor, money } from '../money.ts';
import type { Outcome } from '../outcome.ts';
import type { Recorded } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { Crossing as CrossingFacts } from '../wallet/limit-events.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Handled } from './job.ts';

/** A threshold of a limit that was passed, amounts as decimals. */
export interface Crossing {
  readonly limitId: LimitId;
  readonly scope: string | null;
  readonly period: PeriodKind;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly threshold: number;
  readonly spent: string;
  readonly amount: string;
  /** What the period took over; the threshold is one of both together. */
  readonly carried: string;
  readonly tag: string | null;
}

/** What a write did to limits. */
export interface Effects {
  readonly crossed: readonly Crossing[];
  readonly cleared: readonly Crossing[];
}

/** What booking, correcting, voiding or restoring an entry came to. */
export interface Booked extends Effects {
  readonly entryId: EntryId;
  /** The wallet's, after it. */
  readonly balance: string;
}

function crossingOf({ limitId, scope, tag, period, from, to, threshold, spent, amount, carried }: CrossingFacts): Crossing {
  return {
    limitId,
    scope: scope ?? null,
    tag: tag ?? null,
    period,
    from,
    to,
    threshold,
    spent: formatAmount(spent),
    amount: formatAmount(amount),
    carried: formatAmount(carried ?? money(0n, amount.currency)),
  };
}

/** The crossings among some events. */
export function effectsOf(events: readonly Recorded<WalletEvent>[]): Effects {
  const crossed: Crossing[] = [];
  const cleared: Crossing[] = [];
  for (const { event } of events) {
    if (event.type === 'LimitReached') crossed.push(crossingOf(event));
    if (event.type === 'LimitCleared') cleared.push(crossingOf(event));
  }
  return { crossed, cleared };
}

/** Gives what came of a command its public form. */
export function outcomeOf<Result>(
  handled: Handled,
  result: (done: Extract<Handled, { kind: 'recorded' | 'repeated' }>) => Result,
): Outcome<Result> {
  if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
  const { kind, version, position } = handled;
  return { kind, version, position, result: result(handled) };
}

/** The currency that some events are in: an entry's or a limit's. */
function currencyOf(events: readonly Recorded<WalletEvent>[]): CurrencyCode | undefined {
  for (const { event } of events) {
    if ('entry' in event) return event.entry.amount.currency;
    if ('after' in event) return event.after.amount.currency;
  }
  return undefined;
}

/** What came of a command about an entry. */
export function bookedOf(entryId: EntryId | undefined, handled: Handled): Outcome<Booked> {
  return outcomeOf(handled, ({ events, balance }) => {
    const first = events[0]?.event;
    const currency = currencyOf(events);
    const id = entryId ?? (first !== undefined && 'entryId' in first ? (first.entryId ?? '') : '');
    return {
      entryId: id,
      balance: currency === undefined ? balance : formatMinor(BigInt(balance), exponentOf(currency)),
      ...effectsOf(events),
    };
  });
}

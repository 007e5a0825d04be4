import type { CivilDate } from '../calendar.ts';
import type { Decision } from '../decider.ts';
import type { Rejection } from '../outcome.ts';
import type { WalletCommand } from './commands.ts';
import type { WalletEvent } from './events.ts';

/** A command with what the decider may not find out for itself: the time, and the ids of the events it will cause. */
export interface Issued<Command = WalletCommand> {
  readonly command: Command;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  eventId(index: number): string;
}

/** A command against an open wallet. */
export interface OpenContext<Command> extends Issued<Command> {
  readonly today: CivilDate;
}

export type WalletDecision = Decision<WalletEvent, Rejection>;

export function accept(...events: readonly WalletEvent[]): WalletDecision {
  return { kind: 'accepted', events };
}

export function refuse(rejection: Rejection): WalletDecision {
  return { kind: 'rejected', rejection };
}

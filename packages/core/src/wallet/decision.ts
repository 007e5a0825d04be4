import type { CivilDate } from '../calendar.ts';
import type { Decision } from '../decider.ts';
import type { Rejection } from '../outcome.ts';
import type { Recorded } from '../projection.ts';
import type { WalletCommand } from './commands.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import type { Need, WalletState } from './state.ts';

/** A command with what the decider may not find out for itself: the time, and the ids of the events it will cause. */
export interface Issued<Command = WalletCommand> {
  readonly command: Command;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  /** The events of the change that the command is about, when it is about one. What is stored never changes, so they are read before. */
  readonly change?: readonly Recorded<WalletEvent>[];
  eventId(index: number): string;
}

/** A command against an open wallet. */
export interface OpenContext<Command> extends Issued<Command> {
  readonly today: CivilDate;
}

export type WalletDecision = Decision<WalletEvent, Rejection>;

/** What is known before a command is decided. */
export interface Foresight<Command> extends Pick<OpenContext<Command>, 'command' | 'today' | 'change'> {
  readonly state: WalletState;
}

/** All that there is to know of one kind of command. */
export interface Rule<Command> {
  /** The buckets it needs. Named again after each loading, until all of them are there; what is not loaded yet must not be read. */
  needs?(foresight: Foresight<Command>): readonly Need[];
  /** The facts it takes out of the figures or puts into them: the limits they count in are loaded too. What is malformed moves nothing. */
  touches?(foresight: Foresight<Command>): readonly EntryFacts[];
  /** Whether a closed wallet takes it too. */
  readonly whenClosed?: true;
  /** Whether a wallet that is not there takes it: to open it, or to say that it is not there. */
  readonly whenAbsent?: true;
  decide(context: OpenContext<Command>, state: WalletState): WalletDecision;
}

export function accept(...events: readonly WalletEvent[]): WalletDecision {
  return { kind: 'accepted', events };
}

export function refuse(rejection: Rejection): WalletDecision {
  return { kind: 'rejected', rejection };
}

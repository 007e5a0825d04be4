import type { CivilDate } from '../calendar.ts';
import type { Rejection } from '../outcome.ts';
import type { JsonObject, Version } from '../ports/event-store.ts';
import type { WalletEvent } from './events.ts';
import { reject } from './parse.ts';
import type { Need, WalletState } from './state.ts';

/** What an event is taken back on. */
export interface Standing {
  readonly state: WalletState;
  readonly today: CivilDate;
}

/** How one kind of event is taken back. */
export type Compensation<Event> =
  | {
      readonly kind: 'back';
      /** The buckets that {@link Compensation} looks at; named like those of a rule. */
      needs(event: Event, standing: Standing): readonly Need[];
      /** The events that take it back, or what happened since that is in the way. */
      events(event: Event, standing: Standing): readonly WalletEvent[] | Rejection;
    }
  /** It is left as it is, and what came with it is taken back. By itself it cannot be, for this reason. */
  | { readonly kind: 'stays'; readonly reason: string }
  /** Neither it nor anything that came with it is taken back. */
  | { readonly kind: 'final'; readonly reason: string };

export type Named<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;

/** How some kinds of events are taken back, by their names. */
export type Compensations<Type extends WalletEvent['type']> = { readonly [Each in Type]: Compensation<Named<Each>> };

export function back<Event>(
  needs: (event: NoInfer<Event>, standing: Standing) => readonly Need[],
  events: (event: NoInfer<Event>, standing: Standing) => readonly WalletEvent[] | Rejection,
): Compensation<Event> {
  return { kind: 'back', needs, events };
}

export function stays(reason: string): Compensation<never> {
  return { kind: 'stays', reason };
}

export function final(reason: string): Compensation<never> {
  return { kind: 'final', reason };
}

/** Refuses an undoing because something moved on: what, and which version has to be undone before, when it is one. */
export function movedOn(message: string, detail: { readonly undoFirst?: Version } & JsonObject = {}): Rejection {
  const { undoFirst } = detail;
  const advice = undoFirst === undefined ? '' : ` Undo version ${undoFirst} first.`;
  return reject('changed-since', `${message}${advice}`, undefined, detail);
}

/**
 * What a domain is made of: a state to begin with, what a command comes to, and what an event makes of the state. All pure.
 * (Jérémie Chassaing, "Functional Event Sourcing Decider", 2021.)
 */
export interface Decider<Command, State, Event, Refusal> {
  readonly initial: State;
  decide(command: Command, state: State): Decision<Event, Refusal>;
  evolve(state: State, event: Event): State;
}

/** What a command comes to: events to store, or a refusal that stores nothing. */
export type Decision<Event, Refusal> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'rejected'; readonly rejection: Refusal };

import type { CivilDate } from '../calendar.ts';
import type { GoalId } from '../ids.ts';
import type { Money } from '../money.ts';

// A storage format, as in `events.ts`: add, never rename.

/** What is saved up for. */
export interface GoalTerms {
  readonly name: string;
  readonly target: Money;
  /** The day by which it is to be there. */
  readonly by?: CivilDate;
  /** The day it was first set. */
  readonly since: CivilDate;
}
export interface GoalSet {
  readonly type: 'GoalSet';
  readonly goalId: GoalId;
  readonly terms: GoalTerms;
  readonly before?: GoalTerms;
}
/** A goal that ends. What was set aside was released before, in the same append. */
export interface GoalRemoved {
  readonly type: 'GoalRemoved';
  readonly goalId: GoalId;
  readonly before: GoalTerms;
}
/** Money set aside for a goal: it stays in the wallet, and is no longer available. */
export interface MoneySaved {
  readonly type: 'MoneySaved';
  readonly goalId: GoalId;
  readonly amount: Money;
  readonly on: CivilDate;
}
export interface SavingsReleased {
  readonly type: 'SavingsReleased';
  readonly goalId: GoalId;
  readonly amount: Money;
  readonly on: CivilDate;
}

import type { PlanId } from '../ids.ts';
import type { EntryDetails } from './entry-commands.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

export interface PlanEntry extends EntryDetails {
  readonly type: 'PlanEntry';
  readonly kind: 'income' | 'expense';
  /** The first day on which it can no longer be booked. */
  readonly expiresOn?: string;
}
/** Books a plan, as planned or with other facts; more than planned is refused. */
export interface BookPlan extends Partial<EntryDetails> {
  readonly type: 'BookPlan';
  readonly planId: PlanId;
}
export interface DropPlan {
  readonly type: 'DropPlan';
  readonly planId: PlanId;
}
/** Ends the plans that have expired by today. */
export interface ExpirePlans {
  readonly type: 'ExpirePlans';
}

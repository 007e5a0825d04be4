import type { CivilDate } from '../calendar.ts';
import type { EntryId, PlanId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { EntryFacts } from './entry-facts.ts';

// A storage format, as in `events.ts`: add, never rename.

/** Something that is expected and not booked: it moves no figure but the forecast. */
export interface EntryPlanned {
  readonly type: 'EntryPlanned';
  readonly planId: PlanId;
  readonly entry: EntryFacts;
  /** The first day on which it can no longer be booked. */
  readonly expiresOn?: CivilDate;
}
/** The end of a plan, which comes once: `booked` of `planned` became an entry, the rest is let go. */
export interface PlanResolved {
  readonly type: 'PlanResolved';
  readonly planId: PlanId;
  readonly how: 'booked' | 'dropped' | 'expired';
  readonly planned: Money;
  readonly booked: Money;
  readonly entryId?: EntryId;
}

import type { CivilDate } from '../calendar.ts';
import type { EntryId, PlanId } from '../ids.ts';
import type { Projection } from '../projection.ts';
import { toStoredFacts, type StoredFacts } from './entries.ts';
import type { WalletEvent } from './events.ts';
import type { PlanResolved } from './plan-events.ts';

export const MAX_PLANS = 1_000;

/** One plan as it stands. */
export interface Plan {
  readonly facts: StoredFacts | null;
  readonly expiresOn?: CivilDate;
  /** How it ended; null while it is open. */
  readonly resolved: null | { readonly how: PlanResolved['how']; readonly entryId?: EntryId };
}

/** Each plan in a bucket of its own, named by its id. */
export const plans: Projection<Plan, WalletEvent> = {
  name: 'plans',
  version: 1,
  initial: { facts: null, resolved: null },
  bucketsOf: ({ event }) => (event.type === 'EntryPlanned' || event.type === 'PlanResolved' ? [event.planId] : []),
  apply(plan, { event }) {
    if (event.type === 'EntryPlanned') {
      const { entry, expiresOn } = event;
      return { facts: toStoredFacts(entry), ...(expiresOn === undefined ? {} : { expiresOn }), resolved: null };
    }
    if (event.type !== 'PlanResolved') return plan;
    const { how, entryId } = event;
    return { ...plan, resolved: { how, ...(entryId === undefined ? {} : { entryId }) } };
  },
};

/** What is known of an open plan without looking at it: the amount is in minor units. */
export interface OpenPlan {
  readonly kind: 'income' | 'expense';
  readonly amount: string;
  /** The day it is expected. */
  readonly on: CivilDate;
  readonly expiresOn?: CivilDate;
}

/** The open plans by id, and what they come to. */
export interface OpenPlans {
  readonly in: string;
  readonly out: string;
  readonly items: Readonly<Record<PlanId, OpenPlan>>;
}

/** The one bucket of {@link openPlans}. */
export const OPEN_PLANS = 'open';

function moved(view: OpenPlans, { kind, amount }: OpenPlan, sign: 1n | -1n): Pick<OpenPlans, 'in' | 'out'> {
  const side = kind === 'income' ? 'in' : 'out';
  return { in: view.in, out: view.out, [side]: (BigInt(view[side]) + sign * BigInt(amount)).toString() };
}

/** Where the open plans of a wallet are found, and their totals. They move no balance. */
export const openPlans: Projection<OpenPlans, WalletEvent> = {
  name: 'open-plans',
  version: 1,
  initial: { in: '0', out: '0', items: {} },
  bucketsOf: ({ event }) => (event.type === 'EntryPlanned' || event.type === 'PlanResolved' ? [OPEN_PLANS] : []),
  apply(view, { event }) {
    if (event.type === 'EntryPlanned') {
      const { planId, entry, expiresOn } = event;
      const kind = entry.kind === 'income' ? 'income' : 'expense';
      const plan: OpenPlan = {
        kind,
        amount: entry.amount.minor.toString(),
        on: entry.occurredOn,
        ...(expiresOn === undefined ? {} : { expiresOn }),
      };
      return { ...moved(view, plan, 1n), items: { ...view.items, [planId]: plan } };
    }
    if (event.type !== 'PlanResolved') return view;
    const { [event.planId]: plan, ...items } = view.items;
    return plan === undefined ? view : { ...moved(view, plan, -1n), items };
  },
};

/** Whether a plan can no longer be booked on a day. */
export function hasExpired({ expiresOn }: Pick<OpenPlan, 'expiresOn'>, today: CivilDate): boolean {
  return expiresOn !== undefined && expiresOn <= today;
}

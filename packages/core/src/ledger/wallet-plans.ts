import { assert } from '../assert.ts';
import { formatAmount, money, subtract } from '../money.ts';
import type { PlanId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import { planList, type PlanList } from '../projections/plan-list.ts';
import type { BookPlan, PlanEntry } from '../wallet/plan-commands.ts';
import type { PlanResolved } from '../wallet/plan-events.ts';
import { OPEN_PLANS, openPlans, plans } from '../wallet/plans.ts';
import type { Views } from '../wallet/state.ts';
import { effectsOf, outcomeOf, type Booked } from './booked.ts';
import type { Handled } from './job.ts';
import type { AsOf } from './report-reads.ts';
import type { Request } from './request.ts';
import type { Reader, Session } from './session.ts';

/** What planning or dropping came to. */
export interface PlanChanged {
  readonly planId: PlanId;
}
/** What booking a plan came to. */
export interface PlanBooked extends Booked {
  readonly planId: PlanId;
  readonly planned: string;
  readonly booked: string;
  /** What was planned and not booked: it is planned no longer. */
  readonly released: string;
}
/** The plans that had expired and were ended. */
export interface PlansExpired {
  readonly planIds: readonly PlanId[];
}

/** What is expected in a wallet and not booked. A plan moves no balance, and ends once: booked, dropped or expired. */
export interface WalletPlans {
  planEntry(details: Omit<PlanEntry, 'type'>, request?: Request): Promise<Outcome<PlanChanged>>;
  /** Books a plan, as planned or with other facts; at most the planned amount. Limits judge it as any expense. */
  bookPlan(planId: PlanId, changes?: Omit<BookPlan, 'type' | 'planId'>, request?: Request): Promise<Outcome<PlanBooked>>;
  dropPlan(planId: PlanId, request?: Request): Promise<Outcome<PlanChanged>>;
  /** Ends the plans that have expired by today. */
  expirePlans(request?: Request): Promise<Outcome<PlansExpired>>;
}

export function walletPlans(session: Session, stream: string): WalletPlans {
  return {
    async planEntry(details, request = {}) {
      const handled = await session.submit(stream, { ...details, type: 'PlanEntry' }, request);
      return outcomeOf(handled, ({ events: [first] }) => ({
        planId: first?.event.type === 'EntryPlanned' ? first.event.planId : '',
      }));
    },
    async bookPlan(planId, changes = {}, request = {}) {
      return planBookedOf(await session.submit(stream, { ...changes, type: 'BookPlan', planId }, request));
    },
    dropPlan: async (planId, request = {}) =>
      outcomeOf(await session.submit(stream, { type: 'DropPlan', planId }, request), () => ({ planId })),
    expirePlans: async (request = {}) =>
      outcomeOf(await session.submit(stream, { type: 'ExpirePlans' }, request), (handled) => ({
        planIds: resolvedIn(handled).map(({ planId }) => planId),
      })),
  };
}

type Done = Extract<Handled, { kind: 'recorded' | 'repeated' }>;

function resolvedIn({ events }: Done): readonly PlanResolved[] {
  return events.flatMap(({ event }) => (event.type === 'PlanResolved' ? [event] : []));
}

function planBookedOf(handled: Handled): Outcome<PlanBooked> {
  return outcomeOf(handled, (done) => {
    const [resolved] = resolvedIn(done);
    assert(resolved !== undefined, 'a plan that was booked is resolved');
    const { planId, planned, booked, entryId = '' } = resolved;
    return {
      planId,
      entryId,
      planned: formatAmount(planned),
      booked: formatAmount(booked),
      released: formatAmount(subtract(planned, booked)),
      balance: formatAmount(money(BigInt(done.balance), planned.currency)),
      ...effectsOf(done.events),
    };
  });
}

/** Reads the open plans, and which of them have expired by the reader's today. */
export function readPlans(reader: Reader, stream: string): Promise<PlanList & AsOf> {
  const open = { projection: openPlans, bucket: OPEN_PLANS };
  const idsOf = (views: Views): readonly PlanId[] => Object.keys(views.get(openPlans, OPEN_PLANS).items);
  return reader.read(stream, {
    needs: (_, views) =>
      views.has(openPlans, OPEN_PLANS) ? [open, ...idsOf(views).map((bucket) => ({ projection: plans, bucket }))] : [open],
    result: ({ currency, zone }, views, at) => ({
      ...planList(views.get(openPlans, OPEN_PLANS), { currency, today: reader.today(zone === '' ? 'UTC' : zone) }, (planId) =>
        views.get(plans, planId),
      ),
      ...at,
    }),
  });
}

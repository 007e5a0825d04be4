import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { money } from '../money.ts';
import { back, movedOn, stays, type Compensations } from './compensation.ts';
import { fromStoredFacts } from './entries.ts';
import { reject } from './parse.ts';
import { MAX_PLANS, OPEN_PLANS, openPlans, plans } from './plans.ts';
import { rateBucket, rates } from './rates.ts';
import { openPlansOf, planOf, ratesOf, type Need } from './state.ts';

type FigureEvent = 'EntryPlanned' | 'PlanResolved' | 'BalanceChecked' | 'RateSet' | 'RateRemoved';

const planNeeds = ({ planId }: { readonly planId: string }): readonly Need[] => [
  { projection: plans, bucket: planId },
  { projection: openPlans, bucket: OPEN_PLANS },
];

const rateNeeds = ({ quote, on }: { readonly quote: CurrencyCode; readonly on: CivilDate }): readonly Need[] => [
  { projection: rates, bucket: rateBucket(quote, on) },
];

/** How what happened to plans, counted balances and rates is taken back. */
export const figureCompensations: Compensations<FigureEvent> = {
  EntryPlanned: back(planNeeds, ({ planId, entry }, { state }) => {
    const { resolved } = planOf(state, planId);
    if (resolved === null) {
      const booked = money(0n, entry.amount.currency);
      return [{ type: 'PlanResolved', planId, how: 'dropped', planned: entry.amount, booked }];
    }
    return movedOn(`The plan was ${resolved.how} since, and a plan ends once.`, { planId });
  }),
  // What was booked of a plan is an entry, which is taken back; the plan ended, and that stays.
  PlanResolved: back(planNeeds, ({ planId, how }, { state }) => {
    if (how === 'booked') return [];
    if (how === 'expired')
      return reject('change-final', 'The plan has expired, and its time has passed. Plan it anew.', 'version');
    const { facts, expiresOn, resolved } = planOf(state, planId);
    if (facts === null || resolved === null) return movedOn('It was planned again since. Undo that first.', { planId });
    if (Object.keys(openPlansOf(state).items).length >= MAX_PLANS) {
      return reject('too-many-plans', `A wallet has at most ${MAX_PLANS} open plans. Book or drop one first.`);
    }
    const entry = fromStoredFacts(facts);
    return [{ type: 'EntryPlanned', planId, entry, ...(expiresOn === undefined ? {} : { expiresOn }) }];
  }),
  BalanceChecked: stays('What was counted stays as it was counted. Count again, or correct the entries.'),
  RateSet: back(rateNeeds, ({ quote, on, rate, before }, { state }) => {
    if (ratesOf(state, quote, on)[on] !== rate)
      return movedOn(`The ${quote} rate of ${on} was changed since. Undo that first.`, { on });
    return before === undefined
      ? [{ type: 'RateRemoved', quote, on, before: rate }]
      : [{ type: 'RateSet', quote, on, rate: before, before: rate }];
  }),
  RateRemoved: back(rateNeeds, ({ quote, on, before }, { state }) =>
    ratesOf(state, quote, on)[on] === undefined
      ? [{ type: 'RateSet', quote, on, rate: before }]
      : movedOn(`The ${quote} rate of ${on} was set again since. Undo that first.`, { on }),
  ),
};

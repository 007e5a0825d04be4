import { formatAmount, money } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { watchesOf } from './crossings.ts';
import { added, newFacts, newNeeds, readable } from './decide-entries.ts';
import { accept, refuse, type Foresight, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import { fromStoredFacts } from './entries.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { factsOf } from './facts.ts';
import { isRejection, parseDay, reject } from './parse.ts';
import type { BookPlan, DropPlan, ExpirePlans, PlanEntry } from './plan-commands.ts';
import type { PlanResolved } from './plan-events.ts';
import { hasExpired, MAX_PLANS, OPEN_PLANS, openPlans, plans, type Plan } from './plans.ts';
import { headOf, openPlansOf, planOf, type Need, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';

const open: Need = { projection: openPlans, bucket: OPEN_PLANS };

function planEntry(context: OpenContext<PlanEntry>, state: WalletState): WalletDecision {
  const { command, today } = context;
  const kind = command.kind;
  if (kind !== 'income' && kind !== 'expense') {
    return refuse(reject('kind-invalid', 'What is planned is income or an expense.', 'kind'));
  }
  const entry = newFacts(kind, { ...context, state });
  if (isRejection(entry)) return refuse(entry);
  const expiresOn = command.expiresOn === undefined ? undefined : parseDay(command.expiresOn, 'expiresOn');
  if (isRejection(expiresOn)) return refuse(expiresOn);
  if (expiresOn !== undefined && expiresOn <= today) {
    return refuse(reject('date-out-of-range', 'A plan expires after today, so that it can be booked.', 'expiresOn'));
  }
  if (Object.keys(openPlansOf(state).items).length >= MAX_PLANS) {
    return refuse(reject('too-many-plans', `A wallet has at most ${MAX_PLANS} open plans. Book or drop one first.`));
  }
  const planId = context.eventId(0);
  return accept({ type: 'EntryPlanned', planId, entry, ...(expiresOn === undefined ? {} : { expiresOn }) });
}

export const planEntryRule: Rule<PlanEntry> = {
  needs: (foresight) => [open, ...newNeeds(foresight)],
  decide: planEntry,
};

/** The facts of a plan that is open and has not expired, or why it cannot be ended. */
function plannedFacts({ facts, resolved }: Plan): EntryFacts | Rejection {
  if (facts === null) return reject('plan-unknown', 'There is no such plan in this wallet.', 'planId');
  if (resolved === null) return fromStoredFacts(facts);
  const ended = { booked: 'was booked', dropped: 'was dropped', expired: 'has expired' }[resolved.how];
  const { entryId } = resolved;
  return reject(
    'plan-resolved',
    `The plan ${ended} already. A plan ends once.`,
    'planId',
    entryId === undefined ? { how: resolved.how } : { how: resolved.how, entryId },
  );
}

interface Booking {
  readonly planned: EntryFacts;
  readonly facts: EntryFacts;
}

/** What a plan is booked as: what was planned, but for what the command says anew. */
function bookingOf({ command, today, state }: Foresight<BookPlan>): Booking | Rejection {
  const plan = planOf(state, command.planId);
  const planned = plannedFacts(plan);
  if (isRejection(planned)) return planned;
  if (hasExpired(plan, today)) {
    return reject('plan-expired', `The plan expired on ${plan.expiresOn ?? ''}. Book the entry without it.`, 'planId');
  }
  const { currency } = headOf(state);
  const facts = factsOf(planned.kind, command, { currency, today, before: { ...planned, plan: command.planId } });
  if (isRejection(facts)) return facts;
  if (facts.amount.minor <= planned.amount.minor) return { planned, facts };
  const text = formatAmount(planned.amount);
  return reject('plan-exceeded', `${text} was planned. Book at most that, and the rest as an entry of its own.`, 'amount', {
    planned: text,
  });
}

export const bookPlanRule: Rule<BookPlan> = {
  needs: ({ command }) => [{ projection: plans, bucket: command.planId }],
  touches(foresight) {
    const booking = bookingOf(foresight);
    return isRejection(booking) ? [] : readable(booking.facts);
  },
  decide(context, state) {
    const booking = bookingOf({ ...context, state });
    if (isRejection(booking)) return refuse(booking);
    const { planned, facts } = booking;
    const { planId } = context.command;
    const entryId = context.eventId(0);
    const events: readonly WalletEvent[] = [
      added(entryId, facts),
      { type: 'PlanResolved', planId, how: 'booked', planned: planned.amount, booked: facts.amount, entryId },
    ];
    return weigh(context, state, events, { watches: watchesOf(headOf(state), [facts]), block: true, entryId });
  },
};

export const dropPlanRule: Rule<DropPlan> = {
  needs: ({ command }) => [{ projection: plans, bucket: command.planId }],
  decide({ command: { planId } }, state) {
    const planned = plannedFacts(planOf(state, planId));
    if (isRejection(planned)) return refuse(planned);
    const { amount } = planned;
    return accept({ type: 'PlanResolved', planId, how: 'dropped', planned: amount, booked: money(0n, amount.currency) });
  },
};

export const expirePlansRule: Rule<ExpirePlans> = {
  needs: () => [open],
  decide({ today }, state) {
    const { currency } = headOf(state);
    const expired = Object.entries(openPlansOf(state).items)
      .filter(([, plan]) => hasExpired(plan, today))
      .map(([planId, { amount }]): PlanResolved => ({
        type: 'PlanResolved',
        planId,
        how: 'expired',
        planned: money(BigInt(amount), currency),
        booked: money(0n, currency),
      }));
    return accept(...expired);
  },
};

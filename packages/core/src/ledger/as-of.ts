import { assert } from '../assert.ts';
import { dayAt, type CivilDate } from '../calendar.ts';
import { checks, type StoredCheck } from '../projections/checks.ts';
import { register, registerMonths, type RegisterMonth } from '../projections/register.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { sumFlows, type Flow, type Flows } from '../wallet/flow-cells.ts';
import { ALL_YEARS, flows, payeeFlows, tagFlows } from '../wallet/flows.ts';
import { goalHistory, GOALS, goals, goalsUntil, laterGoalBuckets, type StoredGoalStep } from '../wallet/goals.ts';
import { rates, type Rates } from '../wallet/rates.ts';
import type { AnyProjection, Need, Views } from '../wallet/state.ts';
import type { Reader, Session } from './session.ts';

/** The two times of a ledger. */
export interface AsOfTimes {
  /** What the ledger knew at this instant, as `recordedAt` is written; what it knows now when left out. */
  readonly recordedAsOf?: string;
  /** What had occurred by the end of this day; what occurs later counts nowhere. */
  readonly occurredAsOf?: CivilDate;
}

/** Reads of a wallet as of some times: every read goes through here, so no report can forget one of them. */
export function readerAsOf(session: Session, { recordedAsOf, occurredAsOf }: AsOfTimes): Reader {
  const known: Reader = recordedAsOf === undefined ? session : readerKnowing(session, recordedAsOf);
  if (occurredAsOf === undefined) return known;
  return {
    ports: session.ports,
    directoryLog: session.directoryLog,
    occurredAsOf,
    today: (zone) => earlier(known.today(zone), occurredAsOf),
    read: (stream, plan) =>
      known.read(stream, {
        needs: (head, views) => withParts(plan.needs(head, untilDay(views, occurredAsOf)), { views, day: occurredAsOf }),
        result: (head, views, at) => plan.result(head, untilDay(views, occurredAsOf), at),
      }),
  };
}

function readerKnowing(session: Session, instant: string): Reader {
  const epochMs = Date.parse(instant);
  assert(Number.isFinite(epochMs), 'what was known is asked for at an instant like 2026-03-01T09:00:00.000000Z');
  return {
    ports: session.ports,
    directoryLog: session.directoryLog,
    today: (zone) => earlier(session.today(zone), dayAt(epochMs, zone)),
    read: (stream, plan) => session.readAt(stream, instant, plan),
  };
}

const earlier = (one: CivilDate, other: CivilDate): CivilDate => (one < other ? one : other);

const FLOWS: readonly AnyProjection[] = [flows, tagFlows, payeeFlows];

/** The buckets below one of flows that the part which holds a day is made of. */
function below(bucket: string, day: CivilDate): readonly string[] {
  if (bucket === ALL_YEARS) return [day.slice(0, 4), day.slice(0, 7)];
  return bucket === day.slice(0, 4) ? [day.slice(0, 7)] : [];
}

/**
 * A year that is cut is made of its months, a month that is cut of its days, and what was set aside by a day of what is set aside
 * now less what came later: so these are needed too.
 */
function withParts(needs: readonly Need[], { views, day }: { readonly views: Views; readonly day: CivilDate }): readonly Need[] {
  return needs.flatMap((need): readonly Need[] => {
    if (FLOWS.includes(need.projection)) {
      return [need, ...below(need.bucket, day).map((bucket) => ({ projection: need.projection, bucket }))];
    }
    if (need.projection !== goals || !views.has(goals, GOALS)) return [need];
    return [need, ...laterGoalBuckets(views.get(goals, GOALS), day).map((bucket) => ({ projection: goalHistory, bucket }))];
  });
}

/** Views as if nothing occurred after a day. */
function untilDay(views: Views, day: CivilDate): Views {
  const month = day.slice(0, 7);
  return {
    has: (projection, bucket) =>
      views.has(projection, bucket) &&
      (!FLOWS.includes(projection) || below(bucket, day).every((each) => views.has(projection, each))) &&
      (projection !== goals || laterGoalBuckets(views.get(goals, GOALS), day).every((each) => views.has(goalHistory, each))),
    get<View>(projection: Projection<View, WalletEvent>, bucket: string): View {
      const view = views.get(projection, bucket);
      const asked: AnyProjection = projection;
      if (FLOWS.includes(asked)) {
        return flowsUntil(bucket, day, (each) => views.get(projection, each) as Flows) as View;
      }
      if (asked === registerMonths) return (view as readonly string[]).filter((each) => each <= month) as View;
      if (asked === register && bucket >= month) {
        return (view as RegisterMonth).filter(({ occurredOn }) => occurredOn <= day) as View;
      }
      if (asked === goals) return goalsUntil(views.get(goals, GOALS), day, (each) => views.get(goalHistory, each)) as View;
      if (asked === goalHistory) return (view as readonly StoredGoalStep[]).filter(({ on = day }) => on <= day) as View;
      if (asked === checks) return (view as readonly StoredCheck[]).filter(({ on }) => on <= day) as View;
      if (asked === rates) return Object.fromEntries(Object.entries(view as Rates).filter(([on]) => on <= day)) as View;
      return view;
    },
  };
}

function flowsUntil(bucket: string, day: CivilDate, read: (bucket: string) => Flows): Flows {
  const cut = bucket === ALL_YEARS ? day.slice(0, 4) : bucket.length === 4 ? day.slice(0, 7) : day;
  const kept: Record<string, Flow> = {};
  for (const [part, flow] of Object.entries(read(bucket))) {
    if (part < cut || (part === cut && part === day)) kept[part] = flow;
    else if (part === cut) Object.assign(kept, partOf(part, sumFlows(Object.values(flowsUntil(part, day, read)))));
  }
  return kept;
}

function partOf(part: string, flow: Flow | undefined): Readonly<Record<string, Flow>> {
  return flow === undefined ? {} : { [part]: flow };
}

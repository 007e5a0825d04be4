import type { CivilDate } from '../calendar.ts';
import { register, registerMonths, type RegisterMonth } from '../projections/register.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { sumFlows, type Flow, type Flows } from '../wallet/flow-cells.ts';
import { ALL_YEARS, flows, payeeFlows, tagFlows } from '../wallet/flows.ts';
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
  const { ports } = session;
  const known: Reader =
    recordedAsOf === undefined ? session : { ports, read: (stream, plan) => session.readAt(stream, recordedAsOf, plan) };
  if (occurredAsOf === undefined) return known;
  return {
    ports,
    read: (stream, plan) =>
      known.read(stream, {
        needs: (head, views) => withParts(plan.needs(head, untilDay(views, occurredAsOf)), occurredAsOf),
        result: (head, views, at) => plan.result(head, untilDay(views, occurredAsOf), at),
      }),
  };
}

const FLOWS: readonly AnyProjection[] = [flows, tagFlows, payeeFlows];

/** The buckets below one of flows that the part which holds a day is made of. */
function below(bucket: string, day: CivilDate): readonly string[] {
  if (bucket === ALL_YEARS) return [day.slice(0, 4), day.slice(0, 7)];
  return bucket === day.slice(0, 4) ? [day.slice(0, 7)] : [];
}

/** A year that is cut is made of its months, a month that is cut of its days: so these are needed too. */
function withParts(needs: readonly Need[], day: CivilDate): readonly Need[] {
  return needs.flatMap((need) =>
    FLOWS.includes(need.projection)
      ? [need, ...below(need.bucket, day).map((bucket) => ({ projection: need.projection, bucket }))]
      : [need],
  );
}

/** Views as if nothing occurred after a day. */
function untilDay(views: Views, day: CivilDate): Views {
  const month = day.slice(0, 7);
  return {
    has: (projection, bucket) =>
      views.has(projection, bucket) &&
      (!FLOWS.includes(projection) || below(bucket, day).every((each) => views.has(projection, each))),
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

import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { LimitId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from './events.ts';
import type { LimitCleared, LimitReached } from './limit-events.ts';

/** Which event told of a threshold, and on what day; and where the period ended then. */
export interface Raised {
  readonly version: Version;
  readonly on: CivilDate;
  readonly to: CivilDate;
}

/** By period ({@link raisedKey}), by threshold: those that were reached and not cleared since. */
export type RaisedThresholds = Readonly<Record<string, Readonly<Record<string, Raised>>>>;

/** A period's name among those of a limit: a month and a year can begin on the same day. */
export function raisedKey(period: PeriodKind, from: CivilDate): string {
  return `${period}/${from}`;
}

/** A limit's periods that begin in one year. */
export function raisedBucket(limitId: LimitId, periodFrom: CivilDate): string {
  return `${limitId}/${periodFrom.slice(0, 4)}`;
}

function isCrossing(event: WalletEvent): event is LimitReached | LimitCleared {
  return event.type === 'LimitReached' || event.type === 'LimitCleared';
}

/** The thresholds that were told of: what makes a crossing happen once, and re-arms it when the spending falls under it again. */
export const raised: Projection<RaisedThresholds, WalletEvent> = {
  name: 'raised',
  version: 2,
  initial: {},
  bucketsOf: ({ event }) => (isCrossing(event) ? [raisedBucket(event.limitId, event.from)] : []),
  apply(view, { event, version }) {
    if (!isCrossing(event)) return view;
    const key = raisedKey(event.period, event.from);
    const { [key]: thresholds = {}, ...others } = view;
    const { [event.threshold]: _, ...rest } = thresholds;
    if (event.type === 'LimitReached') {
      return { ...others, [key]: { ...rest, [event.threshold]: { version, on: event.raisedOn, to: event.to } } };
    }
    return Object.keys(rest).length === 0 ? others : { ...others, [key]: rest };
  },
};

/** The periods of a limit in which something was told and not cleared, by {@link raisedKey}: how many thresholds. */
export type OpenPeriods = Readonly<Record<string, number>>;

/** Where a change of a limit looks for what it must clear or tell anew, beside the period that holds today. */
export const openPeriods: Projection<OpenPeriods, WalletEvent> = {
  name: 'open-periods',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (isCrossing(event) ? [event.limitId] : []),
  apply(view, { event }) {
    if (!isCrossing(event)) return view;
    const key = raisedKey(event.period, event.from);
    const { [key]: before = 0, ...others } = view;
    const count = before + (event.type === 'LimitReached' ? 1 : -1);
    return count === 0 ? others : { ...others, [key]: count };
  },
};

/** The periods that {@link OpenPeriods} names and that begin on a day or later. */
export function openFrom(view: OpenPeriods, from: CivilDate): readonly { readonly kind: PeriodKind; readonly from: CivilDate }[] {
  return Object.keys(view).flatMap((key) => {
    const [kind, first] = key.split('/') as [PeriodKind, CivilDate];
    return first >= from ? [{ kind, from: first }] : [];
  });
}

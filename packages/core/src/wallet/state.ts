import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, LimitId, PlanId, TransferId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection, Recorded } from '../projection.ts';
import { entries, type Entry } from './entries.ts';
import type { WalletEvent } from './events.ts';
import { bankRows, bankRowsBucket, type BankRows } from './bank-rows.ts';
import { flows, tagFlows, type Flows } from './flows.ts';
import { GOALS, goals, type Goals } from './goals.ts';
import { HEAD, head, type Head } from './head.ts';
import {
  importChanges,
  importIds,
  importPageBucket,
  importSummaries,
  importedEntries,
  knownRows,
  type ImportChange,
  type ImportSummary,
  type KnownRows,
} from './imports.ts';
import { importRules, RULES_BUCKET, type ImportRules } from './import-rules.ts';
import { payeeBucket, payees, type Payees } from './payees.ts';
import { OPEN_PLANS, openPlans, plans, type OpenPlans, type Plan } from './plans.ts';
import { openPeriods, raised, raisedBucket, type OpenPeriods, type RaisedThresholds } from './raised.ts';
import { rateBucket, rates, type Rates } from './rates.ts';
import { scheduleIds, schedules } from './schedules.ts';
import { undone, undoneBucket, type Undoings } from './undone.ts';
import { transfers, type TransferSide } from './transfers.ts';

/** A projection of wallet events, whatever its view is. */
export type AnyProjection = Projection<unknown, WalletEvent>;

/** The projections that deciding looks at. */
export const deciderProjections: readonly AnyProjection[] = [
  head,
  entries,
  flows,
  tagFlows,
  payees,
  raised,
  openPeriods,
  knownRows,
  importIds,
  importSummaries,
  importedEntries,
  importChanges,
  bankRows,
  importRules,
  goals,
  plans,
  openPlans,
  rates,
  schedules,
  scheduleIds,
  undone,
  transfers,
];

/** One bucket of one projection that a command needs before it can be decided. */
export interface Need {
  readonly projection: AnyProjection;
  readonly bucket: string;
}

/** Whether all of some buckets can be read. */
export function isLoaded({ views }: WalletState, needs: readonly Need[]): boolean {
  return needs.every(({ projection, bucket }) => views.has(projection, bucket));
}

/** Buckets of views by projection and name; those that were not touched yet read as the projection's initial view. */
export interface Views {
  get<View>(projection: Projection<View, WalletEvent>, bucket: string): View;
  has(projection: AnyProjection, bucket: string): boolean;
}

/**
 * What deciding may look at: the wallet's head, and the entries and period cells that a command touches. They are named by
 * {@link needs} and loaded before, so a command costs the same in a wallet of a hundred entries and in one of a million.
 */
export interface WalletState {
  readonly version: Version;
  readonly views: Views;
}

export const headOf = ({ views }: WalletState): Head => views.get(head, HEAD);
export const entryOf = ({ views }: WalletState, entryId: EntryId): Entry => views.get(entries, entryId);
export const flowsOf = ({ views }: WalletState, bucket: string): Flows => views.get(flows, bucket);
export const tagFlowsOf = ({ views }: WalletState, bucket: string): Flows => views.get(tagFlows, bucket);
export const payeesOf = ({ views }: WalletState, payee: string): Payees => views.get(payees, payeeBucket(payee));
export const raisedOf = ({ views }: WalletState, limitId: LimitId, from: CivilDate): RaisedThresholds =>
  views.get(raised, raisedBucket(limitId, from));
export const openPeriodsOf = ({ views }: WalletState, limitId: LimitId): OpenPeriods => views.get(openPeriods, limitId);
export const knownRowsOf = ({ views }: WalletState, on: CivilDate): KnownRows => views.get(knownRows, on);
export const importOf = ({ views }: WalletState, importId: string): ImportSummary => views.get(importSummaries, importId);
export const importPageOf = ({ views }: WalletState, importId: string, page: number): readonly EntryId[] =>
  views.get(importedEntries, importPageBucket(importId, page));
export const undoingsOf = ({ views }: WalletState, version: Version): Undoings => views.get(undone, undoneBucket(version));
export const transferOf = ({ views }: WalletState, transferId: TransferId): TransferSide => views.get(transfers, transferId);
export const goalsOf = ({ views }: WalletState): Goals => views.get(goals, GOALS);
export const planOf = ({ views }: WalletState, planId: PlanId): Plan => views.get(plans, planId);
export const openPlansOf = ({ views }: WalletState): OpenPlans => views.get(openPlans, OPEN_PLANS);
export const ratesOf = ({ views }: WalletState, quote: CurrencyCode, on: CivilDate): Rates =>
  views.get(rates, rateBucket(quote, on));

export const importChangesOf = ({ views }: WalletState, importId: string, page: number): readonly ImportChange[] =>
  views.get(importChanges, importPageBucket(importId, page));
export const bankRowsOf = ({ views }: WalletState, bankId: string): BankRows => views.get(bankRows, bankRowsBucket(bankId));
export const importRulesOf = ({ views }: WalletState): ImportRules => views.get(importRules, RULES_BUCKET);

/** Views as they will be when more events are stored on top of them. */
export interface Overlay extends Views {
  fold(recorded: Recorded<WalletEvent>): void;
}

/** The events folded over a projection, by the buckets they touch. */
interface Index {
  readonly byBucket: Map<string, Recorded<WalletEvent>[]>;
  upTo: number;
}

/** Folds events over views without changing them, so that a decision can be weighed before it is stored. Folds what is read, when it is read. */
export function overlay(below: Views): Overlay {
  const events: Recorded<WalletEvent>[] = [];
  const indexes = new Map<AnyProjection, Index>();
  const folded = new Map<AnyProjection, Map<string, { view: unknown; upTo: number }>>();

  function eventsOf(projection: AnyProjection, bucket: string): readonly Recorded<WalletEvent>[] {
    const index = indexes.get(projection) ?? { byBucket: new Map<string, Recorded<WalletEvent>[]>(), upTo: 0 };
    indexes.set(projection, index);
    for (; index.upTo < events.length; index.upTo += 1) {
      const recorded = events[index.upTo] as Recorded<WalletEvent>;
      for (const touched of projection.bucketsOf(recorded)) {
        const known = index.byBucket.get(touched);
        if (known === undefined) index.byBucket.set(touched, [recorded]);
        else known.push(recorded);
      }
    }
    return index.byBucket.get(bucket) ?? [];
  }

  return {
    has: (projection, bucket) => below.has(projection, bucket),
    get<View>(projection: Projection<View, WalletEvent>, bucket: string): View {
      const touching = eventsOf(projection, bucket);
      const buckets = folded.get(projection) ?? new Map<string, { view: unknown; upTo: number }>();
      folded.set(projection, buckets);
      const known = buckets.get(bucket) ?? { view: below.get(projection, bucket), upTo: 0 };
      buckets.set(bucket, known);
      for (; known.upTo < touching.length; known.upTo += 1) {
        known.view = projection.apply(known.view as View, touching[known.upTo] as Recorded<WalletEvent>, bucket);
      }
      return known.view as View;
    },
    fold: (recorded) => void events.push(recorded),
  };
}

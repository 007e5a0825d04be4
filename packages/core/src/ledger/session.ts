import { assert } from '../assert.ts';
import { dayAt, type CivilDate } from '../calendar.ts';
import { isCommandId } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { alertPages, alerts, clearings } from '../projections/alerts.ts';
import { checks } from '../projections/checks.ts';
import { directory } from '../projections/directory.ts';
import { register, registerMonths } from '../projections/register.ts';
import { transferList, transferPages } from '../projections/transfer-list.ts';
import { transit } from '../projections/transit.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import { goalHistory } from '../wallet/goals.ts';
import { head, HEAD, type Head } from '../wallet/head.ts';
import { payeeFlows } from '../wallet/flows.ts';
import { reject } from '../wallet/parse.ts';
import { payeeInitials } from '../wallet/payees.ts';
import { rateYears } from '../wallet/rates.ts';
import { deciderProjections, type AnyProjection, type Need, type Views } from '../wallet/state.ts';
import { CommandQueue } from './handle.ts';
import type { Handled, Job } from './job.ts';
import type { Request } from './request.ts';
import { StreamViews, type Source } from './stream-views.ts';

/** What a ledger is made of. */
export interface Ports {
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Projections of one's own, kept and cached like the ledger's. */
  readonly projections: readonly AnyProjection[];
}

/** A stream's views and the queue of its commands. */
interface Open {
  readonly views: StreamViews;
  readonly queue: CommandQueue;
}

/** How many wallets stay in memory; the one that was not used for longest goes first. */
const MAX_OPEN = 1_000;

/** What of a ledger stays in memory: views and queues by stream. */
export interface Session {
  readonly ports: Ports;
  /** Views over the whole log, each kept by itself: that of the wallets never waits for that of the alerts. */
  readonly directoryLog: StreamViews;
  readonly alertLog: StreamViews;
  readonly transitLog: StreamViews;
  submit(stream: string, command: WalletCommand, request: Request): Promise<Handled>;
  /** Brings a stream's views up to date, loads what is needed and reads it in one consistent moment. */
  read<Result>(stream: string, plan: ReadPlan<Result>): Promise<Result>;
  /** Writes what was folded of a stream: the end of a bulk write. */
  settle(stream: string): Promise<void>;
  today(zone: string): CivilDate;
}

/** A read: what it needs, found out step by step, and what it makes of it. */
export interface ReadPlan<Result> {
  /** Named again after each loading, until nothing is missing. The head is always there. */
  needs(head: Head, views: Views): readonly Need[];
  result(head: Head, views: Views, at: { readonly version: number; readonly position: number }): Result;
}

/** Every projection of a wallet that the ledger keeps: what can be recomputed from its events, and must then be equal. */
export const walletProjections: readonly AnyProjection[] = [
  ...deciderProjections,
  register,
  registerMonths,
  payeeFlows,
  payeeInitials,
  transferList,
  transferPages,
  goalHistory,
  checks,
  rateYears,
];

export function createSession(ports: Ports): Session {
  const { store, clock, ids } = ports;
  const projections = [...walletProjections, ...ports.projections];
  const names = new Set(projections.map(({ name }) => name));
  assert(names.size === projections.length, 'each projection has a name of its own');
  const streams = new Map<string, Open>();

  function open(stream: string): Open {
    const known = streams.get(stream);
    if (known !== undefined) {
      streams.delete(stream);
      streams.set(stream, known);
      return known;
    }
    const source = {
      key: stream,
      read: (slice: { after: number; limit: number }) => store.read(stream, slice),
      placeOf: ({ version }: { version: number }) => version,
    };
    const views = new StreamViews(source, projections, ports.views);
    const opened = { views, queue: new CommandQueue(stream, { store, views, clock }) };
    streams.set(stream, opened);
    const oldest = streams.keys().next().value;
    if (streams.size > MAX_OPEN && oldest !== undefined) streams.delete(oldest);
    return opened;
  }

  return {
    ports,
    directoryLog: new StreamViews(wholeLog('*directory', store), [directory], ports.views),
    alertLog: new StreamViews(wholeLog('*alerts', store), [alerts, clearings, alertPages], ports.views),
    transitLog: new StreamViews(wholeLog('*transit', store), [transit], ports.views),
    submit(stream, command, { commandId = ids.next(), actor, expected }) {
      if (!isCommandId(commandId)) return Promise.resolve({ kind: 'rejected', rejection: invalidId });
      const job: Job = {
        command,
        commandId,
        ...(actor === undefined ? {} : { actor }),
        ...(expected === undefined ? {} : { expected }),
      };
      return open(stream).queue.handle(job);
    },
    async read(stream, plan) {
      const { views } = open(stream);
      await views.refresh();
      void views.settle();
      return readConsistently(views, plan);
    },
    settle: (stream) => open(stream).views.settle('now'),
    today: (zone) => dayAt(clock.now(), zone),
  };
}

function wholeLog(key: string, store: EventStore): Source {
  return { key, read: (slice) => store.readAll(slice), placeOf: ({ position }) => position };
}

const invalidId: Rejection = reject('command-id-invalid', 'A command id has 1 to 128 printable ASCII characters.');

async function readConsistently<Result>(views: StreamViews, plan: ReadPlan<Result>): Promise<Result> {
  for (;;) {
    const first: readonly Need[] = [{ projection: head, bucket: HEAD }];
    const wanted = isLoaded(views, first) ? plan.needs(views.get(head, HEAD), views) : first;
    // Nothing is awaited between the check and the result, so no event comes in between.
    if (wanted !== first && isLoaded(views, wanted)) {
      return plan.result(views.get(head, HEAD), views, { version: views.place, position: views.position });
    }
    await views.load(wanted);
  }
}

function isLoaded(views: StreamViews, needs: readonly Need[]): boolean {
  return needs.every(({ projection, bucket }) => views.has(projection, bucket));
}

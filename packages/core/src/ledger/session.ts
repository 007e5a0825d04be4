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
import { malformed } from '../wallet/command-shapes.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import { goalHistory } from '../wallet/goals.ts';
import { payeeFlows } from '../wallet/flows.ts';
import { reject } from '../wallet/parse.ts';
import { payeeInitials } from '../wallet/payees.ts';
import { rateYears } from '../wallet/rates.ts';
import { optional, shapeFault, textUpTo } from '../wallet/shape.ts';
import { deciderProjections, type AnyProjection } from '../wallet/state.ts';
import { CommandQueue } from './handle.ts';
import type { Handled, Job } from './job.ts';
import { newest } from './newest.ts';
import type { Request } from './request.ts';
import { createPast } from './past.ts';
import { readConsistently, type ReadPlan } from './read-plan.ts';
import { logSource, streamSource } from './source.ts';
import { StreamViews } from './stream-views.ts';

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
  /** Views over the whole log. */
  readonly directoryLog: StreamViews;
  readonly alertLog: StreamViews;
  readonly transitLog: StreamViews;
  /** `change`: the stored events that the command is about, when it is about some. */
  submit(stream: string, command: WalletCommand, request: Request, change?: Job['change']): Promise<Handled>;
  /** Brings a stream's views up to date, loads what is needed and reads it in one consistent moment. */
  read<Result>(stream: string, plan: ReadPlan<Result>): Promise<Result>;
  /** The same of what was known at an instant (as `recordedAt` is written). */
  readAt<Result>(stream: string, instant: string, plan: ReadPlan<Result>): Promise<Result>;
  /** Writes what was folded of a stream: the end of a bulk write. */
  settle(stream: string): Promise<void>;
  /** Lets go of every view in memory: what is stored was folded anew. */
  forget(): void;
  today(zone: string): CivilDate;
}

/** What a read asks of a session: of the wallet as it stands, or as it stood. Its today is the day that it was then. */
export interface Reader extends Pick<Session, 'read' | 'ports' | 'today' | 'directoryLog'> {
  /** The last day whose occurrences count, when not all do. */
  readonly occurredAsOf?: CivilDate;
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

/** Those, and what tells them from views of another log; it comes last, since it is dropped last. */
export const keptProjections: readonly AnyProjection[] = [...walletProjections, newest];

/** Views of the whole log by the names they are kept under, each kept by itself: that of the wallets never waits for that of the alerts. */
export const logViews = {
  '*directory': [directory, newest],
  '*alerts': [alerts, clearings, alertPages, newest],
  '*transit': [transit, newest],
} as const satisfies Readonly<Record<string, readonly AnyProjection[]>>;

export function createSession(ports: Ports): Session {
  const { store, clock, ids } = ports;
  const projections = [...ports.projections, ...keptProjections];
  const names = new Set(projections.map(({ name }) => name));
  assert(names.size === projections.length, 'each projection has a name of its own');
  const streams = new Map<string, Open>();

  const openLog = (key: keyof typeof logViews): StreamViews => new StreamViews(logSource(key, store), logViews[key], ports.views);

  const logs = { directoryLog: openLog('*directory'), alertLog: openLog('*alerts'), transitLog: openLog('*transit') };

  function open(stream: string): Open {
    const known = streams.get(stream);
    if (known !== undefined) {
      streams.delete(stream);
      streams.set(stream, known);
      return known;
    }
    const views = new StreamViews(streamSource(stream, store), projections, ports.views);
    const opened = { views, queue: new CommandQueue(stream, { store, views, clock }) };
    streams.set(stream, opened);
    const oldest = streams.keys().next().value;
    if (streams.size > MAX_OPEN && oldest !== undefined) streams.delete(oldest);
    return opened;
  }

  async function read<Result>(stream: string, plan: ReadPlan<Result>): Promise<Result> {
    const { views } = open(stream);
    await views.refresh();
    void views.settle();
    return readConsistently(views, plan);
  }

  return {
    ports,
    ...logs,
    forget() {
      for (const views of Object.values(logs)) views.forget();
      for (const { views } of streams.values()) views.forget();
    },
    submit(stream, command, { commandId = ids.next(), actor, expected }, change) {
      const fault = isCommandId(commandId) ? (malformed(command) ?? shapeFault(actorShape, actor, 'actor')) : invalidId;
      if (fault !== undefined) return Promise.resolve({ kind: 'rejected', rejection: fault });
      const job: Job = {
        command,
        commandId,
        ...(actor === undefined ? {} : { actor }),
        ...(expected === undefined ? {} : { expected }),
        ...(change === undefined ? {} : { change }),
      };
      return open(stream).queue.handle(job);
    },
    read,
    readAt: createPast(store, projections, read),
    settle: (stream) => open(stream).views.settle('now'),
    today: (zone) => dayAt(clock.now(), zone),
  };
}

/** Where a stream ends. */
export function readVersion(session: Session, stream: string): Promise<number> {
  return session.read(stream, { needs: () => [], result: (_, __, { version }) => version });
}

/** Who asked is stored beside the event, and is no place for a book. */
const actorShape = optional(textUpTo(200));

const invalidId: Rejection = reject('command-id-invalid', 'A command id has 1 to 128 printable ASCII characters.');

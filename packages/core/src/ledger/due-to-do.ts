import type { WalletId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { StoredEvent } from '../ports/event-store.ts';
import { streamOf, walletIdOfStream } from '../projections/directory.ts';
import { nextLook } from '../reactions/days.ts';
import type { Task, ToDoList } from '../reactions/to-do.ts';
import { hasExpired, OPEN_PLANS, openPlans } from '../wallet/plans.ts';
import { dueDays } from '../wallet/schedules.ts';
import { bookDue } from './due.ts';
import { readSchedules } from './schedules.ts';
import type { Session } from './session.ts';
import { walletIds } from './wallet-ids.ts';
import { walletPlans } from './wallet-plans.ts';

/** What may make something due on the day that it is. */
const MOVERS = new Set(['ScheduleSet', 'OccurrenceKept', 'WalletReopened']);

/**
 * What the calendar calls for: occurrences that are due, and plans that have expired. All wallets are looked at when a day has begun
 * for one of them, and every hour; in between only those that an event made due, so that a busy log costs nothing here.
 */
export function dueToDo(session: Session): ToDoList {
  const { clock } = session.ports;
  const zones = new Map<string, string>();
  /** The streams that are to be looked at. */
  const open = new Set<string>();
  let lookAt = 0;

  async function tasksOf(stream: string): Promise<readonly Task[]> {
    try {
      const { zone, tasks } = await readDue(session, stream);
      zones.set(stream, zone);
      lookAt = Math.min(lookAt, nextLook(clock.now(), [zone]));
      return tasks;
    } catch (error) {
      // One wallet that cannot be read keeps no other from its due.
      return [{ key: `due ${stream}`, run: () => Promise.reject(error) }];
    }
  }

  return {
    isMoved({ type, stream }: StoredEvent) {
      if (MOVERS.has(type)) open.add(stream);
      return MOVERS.has(type);
    },
    waitMs: () => Math.max(0, lookAt - clock.now()),
    async tasks() {
      if (clock.now() >= lookAt) {
        const ids = await walletIds(session);
        lookAt = nextLook(clock.now(), new Set(zones.values()));
        for (const id of ids) open.add(streamOf(id));
      }
      const all: Task[] = [];
      const streams = [...open];
      // Before they are read, so that an event that comes meanwhile opens one again.
      open.clear();
      for (const stream of streams) {
        const tasks = await tasksOf(stream);
        if (tasks.length > 0) open.add(stream);
        all.push(...tasks);
      }
      return all;
    },
  };
}

/** What is due in a wallet. A task is named by the first day that is due, so what is left of a long page is another one. */
function readDue(session: Session, stream: string): Promise<{ readonly zone: string; readonly tasks: readonly Task[] }> {
  const walletId = walletIdOfStream(stream);
  return readSchedules(
    session,
    stream,
    (known, { zone, status }, _, views) => {
      if (status !== 'open') return { zone: 'UTC', tasks: [] };
      const today = session.today(zone);
      const tasks = known.flatMap(([scheduleId, schedule]): readonly Task[] => {
        const [first] = dueDays(schedule, today, 1);
        if (first === undefined) return [];
        const run = async (): Promise<void> => settledBy(walletId, await bookDue(session, stream, { scheduleId }, {}));
        return [{ key: `due ${walletId} ${scheduleId} ${first.on}`, run }];
      });
      const { items } = views.get(openPlans, OPEN_PLANS);
      if (!Object.values(items).some((plan) => hasExpired(plan, today))) return { zone, tasks };
      const run = async (): Promise<void> => settledBy(walletId, await walletPlans(session, stream).expirePlans());
      return { zone, tasks: [...tasks, { key: `expire ${walletId} ${today}`, run }] };
    },
    () => [{ projection: openPlans, bucket: OPEN_PLANS }],
  );
}

/** That the wallet was closed or somebody else was faster is as good. */
function settledBy(walletId: WalletId, outcome: Outcome<unknown>): void {
  if (outcome.kind !== 'rejected' || outcome.rejection.code === 'wallet-closed') return;
  throw new Error(`what is due in ${walletId} is refused: ${outcome.rejection.code}`);
}

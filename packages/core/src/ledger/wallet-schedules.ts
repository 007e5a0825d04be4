import { isWalletId, type ScheduleId, type WalletId } from '../ids.ts';
import type { Outcome, Rejection } from '../outcome.ts';
import { walletIdOfStream } from '../projections/directory.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import { reject } from '../wallet/parse.ts';
import type { ScheduleDetails } from '../wallet/schedule-commands.ts';
import { object, shapeFault } from '../wallet/shape.ts';
import { outcomeOf } from './booked.ts';
import { bookDue, type DueBooked } from './due.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { summaryOf } from './summary.ts';
import { ownFault, storedBefore, targetFault } from './transfers.ts';

/** What a change of a schedule came to. */
export interface ScheduleChanged {
  readonly scheduleId: ScheduleId;
}

/** A wallet's schedules: what is booked again and again. */
export interface WalletSchedules {
  /** Sets a schedule, or changes it from one occurrence on. What is booked stays as it is. */
  setSchedule(scheduleId: ScheduleId, details: ScheduleDetails, request?: Request): Promise<Outcome<ScheduleChanged>>;
  stopSchedule(scheduleId: ScheduleId, options?: { readonly on?: string }, request?: Request): Promise<Outcome<ScheduleChanged>>;
  skipOccurrence(scheduleId: ScheduleId, on: string, request?: Request): Promise<Outcome<ScheduleChanged>>;
  keepOccurrence(scheduleId: ScheduleId, on: string, request?: Request): Promise<Outcome<ScheduleChanged>>;
  /** Books every occurrence that is due and not booked, with its own day: at most 5,000 a call. */
  bookDue(
    options?: { readonly scheduleId?: ScheduleId; readonly limit?: number },
    request?: Pick<Request, 'actor'>,
  ): Promise<Outcome<DueBooked>>;
}

function selfFault(to: WalletId, from: WalletId): Rejection | undefined {
  return to === from ? reject('transfer-to-itself', 'A wallet sends nothing to itself. Name another wallet.', 'to') : undefined;
}

export function walletSchedules(session: Session, stream: string): WalletSchedules {
  const schedule = async (command: WalletCommand & { readonly scheduleId: ScheduleId }, request: Request = {}) =>
    outcomeOf(await session.submit(stream, command, request), () => ({ scheduleId: command.scheduleId }));
  return {
    async setSchedule(scheduleId, details, request) {
      const unreadable = shapeFault(object, details);
      if (unreadable !== undefined) return { kind: 'rejected', rejection: unreadable };
      const command = { ...details, type: 'SetSchedule', scheduleId } as const;
      const { to, kind } = details;
      if (kind !== 'transfer' || to === undefined) return schedule(command, request);
      const target = isWalletId(to) ? await summaryOf(session, to) : undefined;
      const from = walletIdOfStream(stream);
      const fault = targetFault(target, { to, from }) ?? selfFault(to, from);
      const { commandId } = request ?? {};
      // What was set before the other wallet was closed is answered as it was then.
      const isFirst = commandId === undefined || (await storedBefore(session, from, commandId)) === undefined;
      if (fault !== undefined && isFirst) return { kind: 'rejected', rejection: (await ownFault(session, from)) ?? fault };
      return schedule({ ...command, toCurrency: target?.currency ?? '' }, request);
    },
    stopSchedule: (scheduleId, options, request) => schedule({ ...options, type: 'StopSchedule', scheduleId }, request),
    skipOccurrence: (scheduleId, on, request) => schedule({ type: 'SkipOccurrence', scheduleId, on }, request),
    keepOccurrence: (scheduleId, on, request) => schedule({ type: 'KeepOccurrence', scheduleId, on }, request),
    bookDue: (options = {}, request = {}) => bookDue(session, stream, options, request),
  };
}

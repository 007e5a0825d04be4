import type { EntryId, ScheduleId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import { dueDays, MAX_DUE } from '../wallet/schedules.ts';
import { fields, number, optional, shapeFault, text } from '../wallet/shape.ts';
import { effectsOf, type Effects } from './booked.ts';
import type { Request } from './request.ts';
import { readSchedules } from './schedules.ts';
import type { Session } from './session.ts';

/** The most that one call books. */
const MAX_BOOKED = 5_000;

/** What booking what is due came to. */
export interface DueBooked extends Effects {
  readonly booked: number;
  readonly entryIds: readonly EntryId[];
  /** Whether more is due than one call books. Call again. */
  readonly remaining: boolean;
}

const asked = fields({ scheduleId: optional(text), limit: number });

/**
 * Books what is due of all schedules, or of one, each occurrence with its own day, a page at a time. What the wallet's events say is
 * due decides, so it may be called again, at any time and by any number of processes: each occurrence is booked once.
 */
export async function bookDue(
  session: Session,
  stream: string,
  { scheduleId, limit = MAX_BOOKED }: { readonly scheduleId?: ScheduleId; readonly limit?: number },
  request: Pick<Request, 'actor'>,
): Promise<Outcome<DueBooked>> {
  const fault = shapeFault(asked, { scheduleId, limit });
  if (fault !== undefined) return { kind: 'rejected', rejection: fault };
  const ids = scheduleId === undefined ? await dueIds(session, stream) : [scheduleId];
  const most = Math.max(0, Math.min(MAX_BOOKED, Math.trunc(limit)));
  let result: DueBooked = { booked: 0, entryIds: [], crossed: [], cleared: [], remaining: false };
  let at = await readSchedules(session, stream, (_, __, place) => place);
  for (const id of ids) {
    for (let page = MAX_DUE; page === MAX_DUE && result.booked < most;) {
      const command = { type: 'BookDue', scheduleId: id, limit: Math.min(MAX_DUE, most - result.booked) } as const;
      const handled = await session.submit(stream, command, request);
      if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
      const entryIds = handled.events.flatMap(({ event }) => ('entry' in event && 'entryId' in event ? [event.entryId] : []));
      const { crossed, cleared } = effectsOf(handled.events);
      page = entryIds.length;
      at = { version: handled.version, position: handled.position };
      result = {
        ...result,
        booked: result.booked + entryIds.length,
        entryIds: [...result.entryIds, ...entryIds],
        crossed: [...result.crossed, ...crossed],
        cleared: [...result.cleared, ...cleared],
      };
    }
  }
  const still = result.booked < most ? [] : await dueIds(session, stream);
  const remaining = scheduleId === undefined ? still.length > 0 : still.includes(scheduleId);
  return { kind: 'recorded', ...at, result: { ...result, remaining } };
}

/** The schedules of which something is due. */
function dueIds(session: Session, stream: string): Promise<readonly ScheduleId[]> {
  return readSchedules(session, stream, (known, { zone, status }) => {
    // One command is sent all the same: the wallet's rules say why it takes none.
    if (status !== 'open') return [''];
    const today = session.today(zone);
    return known.filter(([, schedule]) => dueDays(schedule, today, 1).length > 0).map(([id]) => id);
  });
}

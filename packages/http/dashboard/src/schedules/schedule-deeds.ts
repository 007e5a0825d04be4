import { query } from '../api/client.ts';
import type { Schedule, ScheduleTerms, Upcoming } from '../api/schedule-types.ts';
import { dayInWords, shortDay } from '../days/format-day.ts';
import { words } from '../money/amt.tsx';
import { refreshSoon } from '../state/books.ts';
import type { Deed } from '../state/undo.ts';
import { newKey, perform } from '../state/writes.ts';
import { nameOf, ruleInWords } from './schedule-words.ts';

/** Terms as they are set; without `from` they hold from the first day that is not booked. */
export interface TermsBody extends Omit<ScheduleTerms, 'from'> {
  readonly from?: string;
}

const pathOf = (walletId: string, scheduleId: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/schedules/${encodeURIComponent(scheduleId)}`;

async function put(walletId: string, scheduleId: string, terms: TermsBody): Promise<void> {
  const said = Object.fromEntries(
    Object.entries(terms).filter(([name, value]) => value !== null && !(name === 'tags' && terms.tags.length === 0)),
  );
  const parts = terms.parts?.map(({ category, amount, note }) => ({ category, amount, ...(note === null ? {} : { note }) }));
  const { to } = terms;
  const body = {
    ...said,
    ...(parts === undefined ? {} : { parts }),
    ...(to === null ? {} : { to: to.walletId, toAmount: to.amount }),
  };
  await perform({ method: 'PUT', path: pathOf(walletId, scheduleId), body, key: newKey() });
}

async function end(walletId: string, scheduleId: string, on?: string): Promise<void> {
  await perform({ method: 'DELETE', path: pathOf(walletId, scheduleId) + query({ on }), key: newKey() });
}

const sameTerms = (left: ScheduleTerms, right: ScheduleTerms): boolean =>
  JSON.stringify({ ...left, from: '' }) === JSON.stringify({ ...right, from: '' });

/** Puts a schedule back as it was, from a day on. */
async function restore(walletId: string, { scheduleId, terms, stopsOn }: Schedule, from: string): Promise<void> {
  const ended = stopsOn !== null && stopsOn <= from;
  const held = ended ? undefined : terms.findLast((each) => each.from <= from);
  if (held === undefined) await end(walletId, scheduleId, from);
  else await put(walletId, scheduleId, { ...held, from });
  let last = held;
  for (const later of terms.filter((each) => each.from > from)) {
    // What says the same as what holds already is no change, and would be refused.
    if (last === undefined || !sameTerms(last, later)) await put(walletId, scheduleId, later);
    last = later;
  }
  if (stopsOn !== null && stopsOn > from) await end(walletId, scheduleId, stopsOn);
}

/** Sets a new schedule, or changes one from a day on. */
export async function setSchedule(
  walletId: string,
  scheduleId: string,
  terms: TermsBody,
  before: Schedule | undefined,
): Promise<Deed> {
  await put(walletId, scheduleId, terms);
  refreshSoon(walletId);
  const name = nameOf(terms);
  const { from = terms.startsOn } = terms;
  return {
    said: `${name}: ${words(terms.amount)} ${ruleInWords(terms)}${before === undefined ? '' : `, from ${dayInWords(from)} on`}.`,
    async undo() {
      if (before === undefined) await end(walletId, scheduleId);
      else await restore(walletId, before, from);
      refreshSoon(walletId);
      return {
        said: before === undefined ? `${name} is stopped. What was booked stays.` : `${name} is as it was.`,
        undo: async () => setSchedule(walletId, scheduleId, terms, before),
      };
    },
  };
}

/** Stops a schedule from its next occurrence on. */
export async function stopSchedule(walletId: string, schedule: Schedule): Promise<Deed> {
  const { scheduleId, next, terms } = schedule;
  const last = terms.at(-1);
  const name = last === undefined ? 'The schedule' : nameOf(last);
  await end(walletId, scheduleId, next ?? undefined);
  refreshSoon(walletId);
  return {
    said: `${name} is stopped${next === null ? '' : ` from ${dayInWords(next)} on`}. What was booked stays.`,
    async undo() {
      await restore(walletId, schedule, next ?? terms[0]?.from ?? '');
      refreshSoon(walletId);
      return { said: `${name} goes on.`, undo: async () => stopSchedule(walletId, schedule) };
    },
  };
}

/** Leaves an occurrence out, or takes that back. */
export async function skip(walletId: string, occurrence: Upcoming, today: string, verb: 'skip' | 'keep'): Promise<Deed> {
  const { scheduleId, on } = occurrence;
  await perform({ method: 'POST', path: `${pathOf(walletId, scheduleId)}/${verb}`, body: { on }, key: newKey() });
  refreshSoon(walletId);
  return {
    said: `${nameOf(occurrence)} on ${shortDay(on, today)} is ${verb === 'skip' ? 'skipped' : 'kept'}.`,
    undo: async () => skip(walletId, occurrence, today, verb === 'skip' ? 'keep' : 'skip'),
  };
}

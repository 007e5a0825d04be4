import type { Plan, PlanBooked, PlanWritten } from '../api/plan-types.ts';
import type { Facts } from '../api/types.ts';
import { bodyOf } from '../state/bookings.ts';
import { refreshSoon } from '../state/books.ts';
import { entryInWords } from '../state/entry-words.ts';
import type { Deed } from '../state/undo.ts';
import { undoable, undoChange } from '../state/undo-change.ts';
import { newKey, perform } from '../state/writes.ts';

const pathOf = (walletId: string, planId?: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/plans${planId === undefined ? '' : `/${encodeURIComponent(planId)}`}`;

export async function planEntry(walletId: string, facts: Facts): Promise<Deed> {
  const body = { kind: facts.kind, ...bodyOf(facts) };
  const { version } = await perform<PlanWritten>({ method: 'POST', path: pathOf(walletId), body, key: newKey() });
  const what = entryInWords(facts);
  return undoable(walletId, version, { said: `Planned ${what}.`, undone: `Planned no more: ${what}.` });
}

/** Books a plan as it was planned, on the day that is given. */
export async function bookPlan(walletId: string, plan: Plan, occurredOn: string): Promise<Deed> {
  const { version } = await perform<PlanBooked>({
    method: 'POST',
    path: `${pathOf(walletId, plan.id)}/book`,
    body: { occurredOn },
    key: newKey(),
  });
  refreshSoon(walletId);
  const undo = async (): Promise<Deed> => unbookPlan(walletId, plan, { version, occurredOn });
  return { said: `Booked ${entryInWords(plan)}.`, undo };
}

interface Booking {
  readonly version: number;
  readonly occurredOn: string;
}

/** A plan ends once: when its booking is undone, the same is planned anew. */
async function unbookPlan(walletId: string, plan: Plan, { version, occurredOn }: Booking): Promise<Deed> {
  await undoChange(walletId, version, { said: '', undone: '' });
  const { id: _, expired: __, parts, ...facts } = plan;
  const split = parts?.map(({ note, ...part }) => (note === null ? part : { ...part, note })) ?? null;
  const body = Object.fromEntries(Object.entries({ ...facts, parts: split }).filter(([, value]) => value !== null));
  const again = await perform<PlanWritten>({ method: 'POST', path: pathOf(walletId), body, key: newKey() });
  refreshSoon(walletId);
  return {
    said: `Not booked any more: ${entryInWords(plan)}. It is planned again.`,
    undo: async () => bookPlan(walletId, { ...plan, id: again.planId }, occurredOn),
  };
}

export async function dropPlan(walletId: string, plan: Plan): Promise<Deed> {
  const { version } = await perform<PlanWritten>({ method: 'DELETE', path: pathOf(walletId, plan.id), key: newKey() });
  const what = entryInWords(plan);
  return undoable(walletId, version, { said: `Dropped ${what}.`, undone: `Planned again: ${what}.` });
}

import type { Plan, PlanBooked, PlanWritten } from '../api/plan-types.ts';
import type { Facts } from '../api/types.ts';
import { refreshSoon } from '../state/books.ts';
import { entryInWords } from '../state/entry-words.ts';
import type { Deed } from '../state/undo.ts';
import { undoable, undoChange } from '../state/undo-change.ts';
import { newKey, perform } from '../state/writes.ts';

const pathOf = (walletId: string, planId?: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/plans${planId === undefined ? '' : `/${encodeURIComponent(planId)}`}`;

function planInWords({ payee, ...facts }: Facts & { readonly payee?: string | null }): string {
  return entryInWords({ ...facts, note: facts.note ?? payee ?? null });
}

export async function planEntry(walletId: string, facts: Facts): Promise<Deed> {
  const body = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  const { version } = await perform<PlanWritten>({ method: 'POST', path: pathOf(walletId), body, key: newKey() });
  const what = planInWords(facts);
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
  return { said: `Booked ${planInWords(plan)}.`, undo };
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
    said: `Not booked any more: ${planInWords(plan)}. It is planned again.`,
    undo: async () => bookPlan(walletId, { ...plan, id: again.planId }, occurredOn),
  };
}

export async function dropPlan(walletId: string, plan: Plan): Promise<Deed> {
  const { version } = await perform<PlanWritten>({ method: 'DELETE', path: pathOf(walletId, plan.id), key: newKey() });
  const what = planInWords(plan);
  return undoable(walletId, version, { said: `Dropped ${what}.`, undone: `Planned again: ${what}.` });
}

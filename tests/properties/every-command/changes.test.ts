import {
  createMemoryViewStore,
  decode,
  rebuildLedger,
  type ImportedRow,
  type RegisterCursor,
  type StoredEvent,
  type Wallet,
} from '@kakeibo/core';
import { expect } from 'vitest';
import { figuresOf } from '../../core/undo-walk.ts';
import { choose } from './choices.ts';
import { testInvariants } from './invariants.ts';
import { done, openPurse, type Played } from './play.ts';
import { sendingOf } from './sendings.ts';
import type { World } from './world.ts';

/** Walks through pages of whatever is listed. */
async function pagesOf<Item, Next>(
  read: (after: Next | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: Next | null }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let after: Next | undefined; ;) {
    const { items, next } = await read(after);
    all.push(...items);
    if (next === null) return all;
    after = next;
  }
}

const after = (next: RegisterCursor | undefined): { after?: RegisterCursor } => (next === undefined ? {} : { after: next });
const below = (next: number | undefined): { below?: number } => (next === undefined ? {} : { below: next });

async function expectPaging(played: Played): Promise<void> {
  const { ledger } = played.world;
  const { wallet } = await openPurse(played);
  const lines = async (limit: number) =>
    pagesOf((next: RegisterCursor | undefined) => wallet.entries({ void: 'include' }, { limit, ...after(next) }));
  const changes = async (limit: number) => pagesOf((next: number | undefined) => wallet.changes({ limit, ...below(next) }));
  const moved = async (limit: number) => pagesOf((next: number | undefined) => wallet.transfers({ limit, ...below(next) }));
  const alerts = async (limit: number) => pagesOf((next: number | undefined) => ledger.alerts({ limit, ...below(next) }));
  for (const read of [lines, changes, moved, alerts]) {
    const whole: readonly unknown[] = await read(200);
    expect(await read(3)).toEqual(whole);
    expect(new Set(whole.map((item) => JSON.stringify(item))).size).toBe(whole.length);
  }
  const first = await wallet.entries({}, { limit: 2 });
  done(await wallet.addIncome({ amount: '1.00', occurredOn: '2026-12-31' }));
  if (first.next === null) return;
  const rest = await wallet.entries({}, { limit: 200, after: first.next });
  const whole = await wallet.entries({}, { limit: 202 });
  expect(rest.items.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id).slice(3));
}

/** Plain rows of a bank: the figures of the steps, few enough that some are equal. */
function rowsOf({ history }: Played): readonly ImportedRow[] {
  return history.steps.slice(0, 40).map(({ minor, day }) => ({
    kind: minor % 2 === 0 ? 'income' : 'expense',
    amount: `${1 + (minor % 3)}.00`,
    occurredOn: `2026-09-0${1 + (day % 3)}`,
    category: 'Unsorted',
    fingerprint: `${minor % 2} ${minor % 3}`,
  }));
}

async function imported(world: World, ...files: readonly (readonly ImportedRow[])[]): Promise<readonly unknown[]> {
  const wallet = world.ledger.wallet(done(await world.ledger.openWallet({ name: 'Bank', currency: 'EUR' })).walletId);
  for (const rows of files) done(await wallet.importEntries({ name: 'bank.csv', rows }));
  const { items } = await wallet.entries({}, { limit: 500 });
  return items.map(({ kind, amount, occurredOn }) => `${occurredOn} ${kind} ${amount}`).toSorted();
}

/** What the log told of limits: what was raised and not cleared, each once at a time. */
function expectTurns(events: readonly StoredEvent[]): void {
  const raised = new Map<string, number>();
  for (const stored of events) {
    const { event, version } = decode(stored);
    if (event.type !== 'LimitReached' && event.type !== 'LimitCleared') continue;
    const key = `${event.limitId} ${event.period} ${event.from} ${event.threshold}`;
    if (event.type === 'LimitReached') {
      expect(raised.has(key), `${key} in ${version}`).toBe(false);
      raised.set(key, version);
    } else {
      expect(event.raisedIn, `${key} in ${version}`).toBe(raised.get(key));
      raised.delete(key);
    }
  }
}

/** What leaves a mark that stays: a plan ends once, an occurrence is booked once, and terms that new ones replaced are gone. */
const MARKING: readonly string[] = ['BookPlan', 'BookDue', 'SetSchedule', 'StopSchedule'];

/** Does a step, undoes it, and undoes the undoing. */
async function expectWayBack(played: Played, wallet: Wallet): Promise<void> {
  const { world, history } = played;
  const purse = await openPurse(played);
  const step = choose(history.steps, history.moments[0] ?? 0);
  const send = step === undefined || MARKING.includes(step.type) ? undefined : await sendingOf(world, purse, step);
  if (send === undefined) return;
  const before = await figuresOf(wallet);
  const outcome = await send({ commandId: world.nextId() });
  if (!('result' in outcome)) return;
  const between = await figuresOf(wallet);
  const undone = await wallet.undo(outcome.version);
  if (!('result' in undone) || between === before) return;
  expect(`${step?.type} ${await figuresOf(wallet)}`).toBe(`${step?.type} ${before}`);
  const redone = await wallet.undo(undone.version);
  if ('result' in redone) expect(`${step?.type} ${await figuresOf(wallet)}`).toBe(`${step?.type} ${between}`);
}

testInvariants([
  {
    name: 'invariant 13: a plan ends once, books at most what was planned, and lets the rest go',
    async check({ log }) {
      const open = new Map<string, bigint>();
      for (const stored of log) {
        const { event } = decode(stored);
        if (event.type === 'EntryPlanned') open.set(event.planId, event.entry.amount.minor);
        if (event.type !== 'PlanResolved') continue;
        expect(event.planned.minor).toBe(open.get(event.planId));
        expect(event.booked.minor <= event.planned.minor).toBe(true);
        expect(event.booked.minor > 0n).toBe(event.how === 'booked');
        open.delete(event.planId);
      }
    },
  },
  {
    name: 'invariant 19: alerts are a fold of the log, a threshold is told and cleared in turns, and folding anew tells nothing',
    async check({ world, log }) {
      for (const events of Map.groupBy(log, ({ stream }) => stream).values()) expectTurns(events);
      const alerts = await world.ledger.alerts({ limit: 200 });
      expect(await world.anotherLedger(createMemoryViewStore()).alerts({ limit: 200 })).toEqual(alerts);
      await rebuildLedger(world);
      expect(await world.ledger.alerts({ limit: 200 })).toEqual(alerts);
      expect((await world.log()).length).toBe(log.length);
    },
  },
  {
    name: 'invariant 28: pages together are the whole list, each line once, also when entries come in between',
    check: expectPaging,
  },
  {
    name: 'invariant 15: an entry and its void, and any change and its undoing, give the figures of before; a second void is refused',
    async check(played) {
      const { wallet } = await openPurse(played);
      const before = await figuresOf(wallet);
      const { entryId } = done(await wallet.addIncome({ amount: '3.00', occurredOn: '2026-10-10' }));
      done(await wallet.voidEntry(entryId));
      expect(await figuresOf(wallet)).toBe(before);
      expect(await wallet.voidEntry(entryId)).toMatchObject({ rejection: { code: 'entry-void' } });
      await expectWayBack(played, wallet);
    },
  },
  {
    name: 'invariant 29: a file twice is the file once, a longer one adds what is new, in any order, and equal rows are counted',
    async check(played) {
      const { world } = played;
      const all = rowsOf(played);
      const some = all.slice(0, Math.ceil(all.length / 2));
      const once = await imported(world, all);
      expect(once).toHaveLength(all.length);
      expect(await imported(world, all, all)).toEqual(once);
      expect(await imported(world, some, all)).toEqual(once);
      expect(await imported(world, some.toReversed(), all.toReversed(), some)).toEqual(once);
    },
  },
]);

import {
  createMemoryViewStore,
  decode,
  digest,
  encode,
  foldInto,
  project,
  rebuildLedger,
  UnknownEventError,
  verifyLedger,
  walletProjections,
  type EventStore,
  type JsonObject,
  type StoredEvent,
  type ViewStore,
} from '@kakeibo/core';
import { expect } from 'vitest';
import { choose } from './choices.ts';
import { testInvariants } from './invariants.ts';
import { done, openPurse, play, type Played, type Sent } from './play.ts';

/** Commands that may be of another wallet than the step's, or of several pages, or that have no id: another command tells nothing of theirs. */
const OF_OTHERS: readonly string[] = [
  'BookDue',
  'OpenWallet',
  'ReopenWallet',
  'JoinTransfer',
  'ImportEntries',
  'UndoImport',
  'UndoChange',
];

const streamsOf = (log: readonly StoredEvent[]): ReadonlyMap<string, readonly StoredEvent[]> =>
  Map.groupBy(log, ({ stream }) => stream);
const json = (value: unknown): string => JSON.stringify(value);
const digestOf = (log: readonly StoredEvent[]): string => digest(json(log));
const resultsOf = (sent: readonly Sent[]): readonly unknown[] => sent.map(({ step, outcome }) => [step.type, outcome]);

/** Every bucket of every projection, folded from nothing. */
function foldedOf(events: readonly StoredEvent[]): ReadonlyMap<string, unknown> {
  const recorded = events.map(decode);
  return new Map(
    walletProjections.flatMap((projection) =>
      [...project(projection, recorded)].map(([bucket, view]) => [`${projection.name} ${bucket}`, view] as const),
    ),
  );
}

/** The same in two goes: what was folded of the first events is stored, and read again. */
function foldedFrom(events: readonly StoredEvent[], cut: number): ReadonlyMap<string, unknown> {
  const recorded = events.map(decode);
  const all = new Map<string, unknown>();
  for (const projection of walletProjections) {
    const stored = [...project(projection, recorded.slice(0, cut))];
    const buckets = new Map<string, unknown>(stored.map(([bucket, view]) => [bucket, JSON.parse(json(view))]));
    for (const event of recorded.slice(cut)) {
      for (const bucket of projection.bucketsOf(event)) {
        buckets.set(bucket, foldInto(projection, buckets.get(bucket) as never, event, bucket));
      }
    }
    for (const [bucket, view] of buckets) all.set(`${projection.name} ${bucket}`, view);
  }
  return all;
}

/** A store of which one event reads otherwise. */
function altered(store: EventStore, position: number, data: JsonObject): EventStore {
  const alter = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
    events.map((event) => (event.position === position ? { ...event, data } : event));
  return {
    ...store,
    read: async (stream, slice) => alter(await store.read(stream, slice)),
    readAll: async (slice) => alter(await store.readAll(slice)),
  };
}

/** Views of which one bucket reads otherwise. */
function broken(views: ViewStore, at: { readonly view: string; readonly stream: string; readonly bucket: string }): ViewStore {
  return {
    ...views,
    async scan(page) {
      const found = await views.scan(page);
      if (page.view !== at.view || page.stream !== at.stream) return found;
      return found.map((each) => (each.bucket === at.bucket ? { ...each, value: [each.value] } : each));
    },
  };
}

async function expectSentAgain({ world, sent }: Played): Promise<void> {
  const { length } = await world.log();
  for (const { step, purse, commandId, send, outcome, before, after } of sent) {
    // What had nothing to do left nothing behind to be found again.
    if (!('result' in outcome) || before === after || step.type === 'BookDue') continue;
    expect([step.type, await send({ commandId })]).toEqual([step.type, { ...outcome, kind: 'repeated' }]);
    if (OF_OTHERS.includes(step.type)) continue;
    const other = await purse.wallet.rename('Something else', { commandId });
    expect([step.type, other]).toMatchObject([step.type, { kind: 'rejected', rejection: { code: 'command-id-reused' } }]);
  }
  expect((await world.log()).length).toBe(length);
}

async function expectRaceIsWonOnce(played: Played): Promise<void> {
  const { world } = played;
  const { wallet } = await openPurse(played);
  const expected = (await wallet.summary())?.version ?? 0;
  const before = (await world.log()).length;
  const ledgers = [world.ledger, ...[1, 2, 3].map(() => world.anotherLedger(createMemoryViewStore()))];
  const outcomes = await Promise.all(
    ledgers.map((ledger, at) =>
      ledger.wallet(wallet.id).addIncome({ amount: `${at + 1}.00`, occurredOn: '2026-09-01' }, { expected }),
    ),
  );
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'recorded']);
  const added = (await world.log()).slice(before);
  expect([added.filter(({ type }) => type === 'IncomeAdded').length, added[0]?.version]).toEqual([1, expected + 1]);
  expect((await verifyLedger(world)).findings).toEqual([]);
}

async function expectAllOrNone(played: Played): Promise<void> {
  const { world } = played;
  const { wallet } = await openPurse(played);
  const ids: string[] = [];
  for (const amount of ['1.00', '2.00']) ids.push(done(await wallet.addIncome({ amount })).entryId);
  const change = (entryId: string) => ({ entryId, payee: 'Batch' });
  const { length } = await world.log();
  const refused = await wallet.correctEntries([...ids, 'nobody', 'neither'].map(change));
  expect(refused).toMatchObject({ kind: 'rejected', rejection: { code: 'entry-unknown', detail: { entryId: 'nobody' } } });
  expect((await world.log()).length).toBe(length);
  done(await wallet.correctEntries(ids.map(change)));
  const added = (await world.log()).slice(length);
  expect(added.map(({ type, stream }) => [type, stream])).toEqual(ids.map(() => ['EntryCorrected', `wallet-${wallet.id}`]));
}

testInvariants([
  {
    name: 'invariant 4: a refused command leaves the log, every balance and version, and every view as they were',
    async check({ world, sent }) {
      for (const { step, before, after, balances } of sent) {
        if (balances === undefined) continue;
        expect([step.type, after, balances[1]]).toEqual([step.type, before, balances[0]]);
      }
      // What a refused command left in memory would show beside a process that never saw it.
      const fresh = world.anotherLedger(createMemoryViewStore());
      expect(await fresh.wallets()).toEqual(await world.ledger.wallets());
    },
  },
  {
    name: 'invariant 5: folding the log twice gives equal views, which are those that a running ledger and its store have',
    async check({ world, log }) {
      for (const [stream, events] of streamsOf(log)) {
        const folded = foldedOf(events);
        expect(json([...foldedOf(events)])).toBe(json([...folded]));
        const wallet = world.ledger.wallet(stream.slice('wallet-'.length));
        for (const projection of walletProjections) {
          for (const [bucket, view] of project(projection, events.map(decode))) {
            expect(await wallet.view(projection, bucket), `${projection.name} ${bucket}`).toEqual(view);
          }
        }
      }
      expect((await verifyLedger(world)).findings).toEqual([]);
    },
  },
  {
    name: 'invariant 6: views that were stored at any place and folded on are those that are folded from nothing',
    async check({ log, history }) {
      for (const events of streamsOf(log).values()) {
        const folded = new Map([...foldedOf(events)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
        for (const moment of [1, ...history.moments]) {
          const again = foldedFrom(events, moment % (events.length + 1));
          expect(new Map([...again].toSorted(([a], [b]) => (a < b ? -1 : 1)))).toEqual(folded);
        }
      }
    },
  },
  {
    name: 'invariant 22: versions and positions count from 1 without gaps, and record times increase, though the clock went back',
    async check({ log }) {
      expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1));
      for (const events of streamsOf(log).values())
        expect(events.map(({ version }) => version)).toEqual(events.map((_, at) => at + 1));
      expect(log.every(({ recordedAt }, at) => at === 0 || recordedAt > (log[at - 1]?.recordedAt ?? ''))).toBe(true);
      expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    },
  },
  {
    name: 'invariant 23: equal histories give equal digests, and a stored amount that reads otherwise is found (until the log is sealed)',
    async check({ world, history, kind, log }) {
      const again = await play(history, kind);
      await again.world.close();
      expect(digestOf(again.log)).toBe(digestOf(log));
      await rebuildLedger(world);
      const added = log.filter(({ type }) => type === 'IncomeAdded' || type === 'ExpenseAdded');
      const event = choose(added, history.steps.length);
      if (event === undefined) return;
      const data = JSON.parse(
        json(event.data).replace(/("amount":")(\d)/, (_, head, digit) => `${head}${(Number(digit) % 9) + 1}`),
      );
      const { findings } = await verifyLedger({ store: altered(world.store, event.position, data), views: world.views });
      expect(findings.map(({ stream }) => stream)).toContain(event.stream);
    },
  },
  {
    name: 'invariant 32: every stored event reads and writes as itself, and one of an unknown kind is an error',
    async check({ log }) {
      for (const stored of log) {
        const { type, data } = encode(decode(stored).event);
        expect([type, data]).toEqual([stored.type, stored.data]);
        expect(() => decode({ ...stored, type: `${stored.type}Twice` })).toThrow(UnknownEventError);
      }
    },
  },
  {
    name: 'invariant 33: the same history gives the same log and the same answers in memory and on SQLite',
    async check({ history, kind, log, sent }) {
      const other = await play(history, kind === 'memory' ? 'sqlite' : 'memory');
      await other.world.close();
      expect(other.log).toEqual(log);
      expect(resultsOf(other.sent)).toEqual(resultsOf(sent));
    },
  },
  {
    name: 'invariant 34: an untouched store has no finding, and a bucket that reads otherwise is named',
    async check({ world, history }) {
      const { store, views } = world;
      await rebuildLedger({ store, views });
      expect(await verifyLedger({ store, views })).toMatchObject({ findings: [], more: 0, unchecked: [] });
      const places = await views.places({ limit: 10_000 });
      const buckets = await Promise.all(places.map(({ view, stream }) => views.scan({ view, stream, limit: 10_000 })));
      const rows = places.flatMap(({ view, stream }, at) => (buckets[at] ?? []).map(({ bucket }) => ({ view, stream, bucket })));
      const at = choose(
        rows,
        history.steps.reduce((sum, step) => sum + step.at, 0),
      );
      if (at === undefined) throw new Error('an opened wallet has views');
      const { findings } = await verifyLedger({ store, views: broken(views, at) });
      expect(findings).toMatchObject([{ what: 'changed', ...at }]);
    },
  },
  {
    name: 'invariant 11: a command that is sent again answers what it answered and appends nothing; with other content its id is refused',
    check: expectSentAgain,
  },
  {
    name: 'invariant 12: a refused id is not remembered: what comes under it next is judged anew (not adopted: failed ids that stay failed)',
    async check(played) {
      const { wallet } = await openPurse(played);
      for (const { commandId, step, outcome } of played.sent) {
        if ('result' in outcome || step.type === 'BookDue') continue;
        const { length } = await played.world.log();
        expect([step.type, (await wallet.addIncome({ amount: '1.00' }, { commandId })).kind]).toEqual([step.type, 'recorded']);
        expect([step.type, (await wallet.addIncome({ amount: '1.00' }, { commandId })).kind]).toEqual([step.type, 'repeated']);
        expect((await played.world.log()).slice(length).filter(({ type }) => type === 'IncomeAdded')).toHaveLength(1);
      }
    },
  },
  {
    name: 'invariant 24: of commands that expect the same version exactly one is taken, in whichever process',
    check: expectRaceIsWonOnce,
  },
  {
    name: 'invariant 25: of several changes in one command all are made or none, and the first that cannot be is named',
    check: expectAllOrNone,
  },
]);

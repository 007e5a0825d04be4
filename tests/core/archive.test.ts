import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  exportArchive,
  isArchiveFault,
  readArchive,
  restoreArchive,
} from '@kakeibo/core';
import type { Archive, EventStore, StoredEvent } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const NOON = Date.UTC(2026, 9, 14, 12);

/** A clock that sometimes stands still and sometimes steps back. */
function clockOf(steps: readonly number[]) {
  let calls = 0;
  let now = NOON;
  return { now: () => (now += steps[calls++ % steps.length] ?? 1) };
}

interface Step {
  readonly wallet: number;
  readonly deed: 'income' | 'expense' | 'correct' | 'void' | 'restore' | 'limit' | 'import';
  readonly minor: number;
  readonly text: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  wallet: fc.nat(2),
  deed: fc.constantFrom('income', 'expense', 'expense', 'correct', 'void', 'restore', 'limit', 'import'),
  minor: fc.integer({ min: 1, max: 100_000 }),
  text: fc.string({ unit: 'grapheme', maxLength: 12 }),
});

/** A ledger that all of these things were done to, and its store. */
async function lived(steps: readonly Step[], clockSteps: readonly number[]): Promise<EventStore> {
  const clock = clockOf(clockSteps);
  const store = createMemoryEventStore({ clock });
  let ids = 0;
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `command-${(ids += 1)}` } });
  const wallets = [];
  for (const name of ['Cash', 'Card', 'Yen']) {
    const opened = await ledger.openWallet({ name, currency: name === 'Yen' ? 'JPY' : 'EUR', zone: 'Europe/Berlin' });
    if (opened.kind === 'recorded') wallets.push({ wallet: ledger.wallet(opened.result.walletId), entries: [] as string[] });
  }
  for (const { wallet: at, deed, minor, text } of steps) {
    const { wallet, entries } = wallets[at] ?? (wallets[0] as (typeof wallets)[number]);
    const [amount, category, entry] = [
      String(minor),
      `Food:x${text.replaceAll(':', '')}x`,
      entries[minor % (entries.length || 1)] ?? '',
    ];
    if (deed === 'income' || deed === 'expense') {
      const added = await (deed === 'income'
        ? wallet.addIncome({ amount, note: text })
        : wallet.addExpense({ amount, category }));
      if (added.kind === 'recorded') entries.push(added.result.entryId);
    } else if (deed === 'correct') await wallet.correctEntry(entry, { amount });
    else if (deed === 'void') await wallet.voidEntry(entry);
    else if (deed === 'restore') await wallet.restoreEntry(entry);
    else if (deed === 'limit') await wallet.setLimit('food', { scope: 'Food', period: 'month', amount });
    else
      await wallet.importEntries({
        name: 'x.csv',
        rows: [{ kind: 'expense', amount, category: 'Food', occurredOn: '2026-10-01', fingerprint: text }],
      });
  }
  return store;
}

async function linesOf(store: EventStore, streams?: ReadonlySet<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportArchive(store, streams === undefined ? {} : { streams })) {
    expect(line.endsWith('\n')).toBe(true);
    lines.push(line.slice(0, -1));
  }
  return lines;
}

async function logOf(store: EventStore): Promise<readonly StoredEvent[]> {
  return store.readAll({ after: 0, limit: 10_000 });
}

function whole(lines: readonly string[]): Archive {
  const archive = readArchive(lines);
  if (isArchiveFault(archive)) throw new Error(`line ${archive.line}: ${archive.message}`);
  return archive;
}

const later = { now: () => NOON + 1_000_000_000 };
const history = fc.tuple(
  fc.array(step, { maxLength: 25 }),
  fc.array(fc.integer({ min: -5, max: 50 }), { minLength: 1, maxLength: 5 }),
);

describe('an archive', () => {
  test('restored into an empty store gives equal events, at equal positions, with equal record times', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ([steps, clockSteps]) => {
        const store = await lived(steps, clockSteps);
        const archive = whole(await linesOf(store));
        const target = createMemoryEventStore({ clock: later });
        const outcome = await restoreArchive(target, archive);
        expect(outcome).toEqual({ kind: 'restored', events: archive.header.events, present: 0, redated: 0 });
        expect(await logOf(target)).toEqual(await logOf(store));
      }),
      { numRuns: 60 },
    );
  });

  test('restored gives equal reports, and wallets that can go on', async () => {
    const store = await lived([{ wallet: 0, deed: 'expense', minor: 12, text: 'a' }], [1]);
    const target = createMemoryEventStore({ clock: later });
    await restoreArchive(target, whole(await linesOf(store)));
    const ledgers = [store, target].map((events) =>
      createLedger({ store: events, views: createMemoryViewStore(), clock: later, ids: { next: () => crypto.randomUUID() } }),
    );
    const [before, after] = await Promise.all(ledgers.map((ledger) => ledger.wallets()));
    expect(after).toEqual(before);
    expect((await ledgers[1]?.wallet(before?.[0]?.id ?? '').addIncome({ amount: '5' }))?.kind).toBe('recorded');
  });

  test('goes on where it was when the store broke in the midst of it, at any append', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(30), async ([steps, clockSteps], breaksAt) => {
        const store = await lived(steps, clockSteps);
        const archive = whole(await linesOf(store));
        const target = createMemoryEventStore({ clock: later });
        let appends = 0;
        const breaking: EventStore = {
          ...target,
          append: (...asked) => ((appends += 1) > breaksAt ? Promise.reject(new Error('broken')) : target.append(...asked)),
        };
        await restoreArchive(breaking, archive).catch(() => undefined);
        const had = (await logOf(target)).length;
        expect(await restoreArchive(target, archive)).toEqual({
          kind: 'restored',
          events: archive.header.events,
          present: had,
          redated: 0,
        });
        expect(await logOf(target)).toEqual(await logOf(store));
        expect(await restoreArchive(target, archive)).toMatchObject({ present: archive.header.events });
      }),
      { numRuns: 40 },
    );
  });

  test('of one wallet holds that one, and joins a ledger that has others, with new record times', async () => {
    const steps: Step[] = [0, 1, 0].map((wallet) => ({ wallet, deed: 'income', minor: 5, text: '' }));
    const store = await lived(steps, [1]);
    const stream = (await logOf(store))[0]?.stream ?? '';
    const archive = whole(await linesOf(store, new Set([stream])));
    expect(archive.header).toMatchObject({ events: 3, streams: 1 });
    const target = createMemoryEventStore({ clock: later });
    await target.append('other', [{ id: crypto.randomUUID(), type: 'WalletClosed', data: {}, meta: {} }], { expected: 0 });
    expect(await restoreArchive(target, archive)).toEqual({ kind: 'restored', events: 3, present: 0, redated: 3 });
    expect((await target.read(stream, { after: 0, limit: 10 })).map(({ id }) => id)).toEqual(
      (await store.read(stream, { after: 0, limit: 10 })).map(({ id }) => id),
    );
  });

  test('is refused where its streams hold other events, before anything is stored', async () => {
    const store = await lived([{ wallet: 2, deed: 'income', minor: 5, text: '' }], [1]);
    const archive = whole(await linesOf(store));
    const target = createMemoryEventStore({ clock: later });
    const stream = archive.batches.at(-1)?.stream ?? '';
    await target.append(stream, [{ id: crypto.randomUUID(), type: 'WalletClosed', data: {}, meta: {} }], { expected: 0 });
    expect(await restoreArchive(target, archive)).toMatchObject({
      kind: 'refused',
      code: 'restore-stream-taken',
      stream,
      version: 1,
    });
    expect(await logOf(target)).toHaveLength(1);
  });

  test('is refused where a wallet has gone on since it was restored', async () => {
    const store = await lived([], [1]);
    const archive = whole(await linesOf(store));
    const target = createMemoryEventStore({ clock: later });
    await restoreArchive(target, archive);
    const stream = archive.batches[0]?.stream ?? '';
    await target.append(stream, [{ id: crypto.randomUUID(), type: 'WalletClosed', data: {}, meta: {} }], { expected: 1 });
    expect(await restoreArchive(target, archive)).toMatchObject({ kind: 'refused', version: 2 });
  });

  test('keeps the events of one command together', async () => {
    const steps: Step[] = [
      { wallet: 0, deed: 'limit', minor: 5, text: '' },
      { wallet: 0, deed: 'expense', minor: 500, text: '' },
    ];
    const { batches } = whole(await linesOf(await lived(steps, [1])));
    expect(batches.at(-1)?.events.map(({ type }) => type)).toEqual(['ExpenseAdded', 'LimitReached', 'LimitReached']);
    expect(batches.at(-1)?.expected).toBe(2);
  });

  test('tells how far it is', async () => {
    const store = await lived([], [1]);
    const seen: unknown[] = [];
    const lines = [];
    for await (const line of exportArchive(store, { onProgress: (progress) => void seen.push(progress) }))
      lines.push(line.trim());
    await restoreArchive(createMemoryEventStore({ clock: later }), whole(lines), {
      onProgress: (progress) => void seen.push(progress),
    });
    expect(seen).toEqual([
      { done: 3, total: 3 },
      { done: 1, total: 3 },
      { done: 2, total: 3 },
      { done: 3, total: 3 },
    ]);
  });
});

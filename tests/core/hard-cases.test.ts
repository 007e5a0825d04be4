import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  parseDate,
  StoreError,
  type CivilDate,
  type EventStore,
  type ImportedRow,
  type Ledger,
  type Wallet,
} from '@kakeibo/core';
import { expect, test } from 'vitest';

// Each of these went wrong once.

let ids = 0;
const day = (text: string): CivilDate => parseDate(text) as CivilDate;

async function open(options: { store?: EventStore; now?: () => number } = {}): Promise<{ ledger: Ledger; wallet: Wallet }> {
  const clock = { now: options.now ?? (() => Date.UTC(2026, 10, 23, 9)) };
  const store = options.store ?? createMemoryEventStore({ clock });
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `hard-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  return { ledger, wallet: ledger.wallet(opened.result.walletId) };
}

const rows = (count: number, of = 'row'): readonly ImportedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'expense',
    amount: '1',
    category: 'Food',
    occurredOn: `2026-0${1 + (index % 9)}-1${index % 10}`,
    fingerprint: `${of} ${index}`,
  }));

test('an import of several pages is undone whole by who saw its version', async () => {
  const { wallet } = await open();
  const imported = await wallet.importEntries({ name: 'a.csv', rows: rows(1_100) });
  if (!('result' in imported)) throw new Error('the file comes in');
  const undone = await wallet.undoImport(imported.result.importId, { expected: imported.version });
  expect(undone).toMatchObject({ kind: 'recorded', result: { voided: 1_100 } });
  expect(await wallet.summary()).toMatchObject({ balance: '0.00', entries: 0 });
});

test('what another ledger stored is seen before a command is refused', async () => {
  const store = createMemoryEventStore({ clock: Date });
  const { wallet } = await open({ store });
  const other = createLedger({ store, clock: Date, ids: { next: () => `other-${(ids += 1)}` } }).wallet(wallet.id);
  await other.addExpense({ amount: '1', category: 'Food' });
  const booked = await wallet.addExpense({ amount: '2', category: 'Food' });
  if (!('result' in booked)) throw new Error('the expense is booked');
  expect(await other.voidEntry(booked.result.entryId)).toMatchObject({ kind: 'recorded' });
  await wallet.close();
  await other.reopen();
  expect(await wallet.addExpense({ amount: '3', category: 'Food' })).toMatchObject({ kind: 'recorded' });
  const { version = 0 } = (await wallet.summary()) ?? {};
  expect(await other.addExpense({ amount: '4', category: 'Food' }, { expected: version })).toMatchObject({ kind: 'recorded' });
});

test('a command id is used up by an import as by any other command', async () => {
  const { wallet } = await open();
  const reused = { kind: 'rejected', rejection: { code: 'command-id-reused' } };
  await wallet.importEntries({ name: 'a.csv', rows: rows(500) }, { commandId: 'one' });
  expect(await wallet.importEntries({ name: 'a.csv', rows: rows(600) }, { commandId: 'one' })).toMatchObject(reused);
  await wallet.addExpense({ amount: '1', category: 'Food' }, { commandId: 'two' });
  expect(await wallet.importEntries({ name: 'b.csv', rows: rows(3, 'b') }, { commandId: 'two' })).toMatchObject(reused);
  const nothing = await wallet.importEntries({ name: 'a.csv', rows: rows(500) }, { commandId: 'three' });
  expect(nothing).toMatchObject({ kind: 'recorded', result: { added: 0, duplicates: 500 } });
  expect(await wallet.importEntries({ name: 'c.csv', rows: rows(3, 'c') }, { commandId: 'three' })).toMatchObject(reused);
  const first = (await wallet.imports()).at(-1);
  await wallet.undoImport(first?.importId ?? '', { commandId: 'undo' });
  expect(await wallet.importEntries({ name: 'a.csv', rows: rows(500) }, { commandId: 'three' })).toMatchObject({
    kind: 'repeated',
    result: { added: 0 },
  });
  expect(await wallet.undoImport(first?.importId ?? '', { commandId: 'undo' })).toMatchObject({
    kind: 'repeated',
    result: { voided: 500 },
  });
});

test('an import that breaks off says that nobody knows, and the same again brings in the rest', async () => {
  const inner = createMemoryEventStore({ clock: Date });
  let appends = 0;
  const full: EventStore = {
    ...inner,
    append: (...args) =>
      (appends += 1) === 3 ? Promise.reject(new StoreError('storage-full', 'no room')) : inner.append(...args),
  };
  const { wallet } = await open({ store: full });
  const send = () => wallet.importEntries({ name: 'a.csv', rows: rows(700) }, { commandId: 'file' });
  await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
  expect(await wallet.summary()).toMatchObject({ entries: 500 });
  expect(await send()).toMatchObject({ result: { added: 700 } });
  expect(await wallet.summary()).toMatchObject({ entries: 700 });
});

test('an alert about a month to come is cleared when the limit is raised, and comes again when it is reached', async () => {
  let now = Date.UTC(2026, 10, 23, 9);
  const { wallet, ledger } = await open({ now: () => now });
  await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '10' });
  await wallet.addExpense({ amount: '20', category: 'Food', occurredOn: '2026-12-24' });
  const raised = await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '500' });
  expect('result' in raised && raised.result.cleared.map(({ from, threshold }) => `${from} ${threshold}`)).toEqual([
    '2026-12-01 100',
    '2026-12-01 80',
  ]);
  now = Date.UTC(2026, 11, 10, 9);
  const booked = await wallet.addExpense({ amount: '600', category: 'Food' });
  expect('result' in booked && booked.result.crossed.map(({ threshold }) => threshold)).toEqual([80, 100]);
  await wallet.removeLimit('food');
  expect((await ledger.alerts({ limit: 10 })).items.every(({ clearedAt }) => clearedAt !== null)).toBe(true);
});

test('a limit shows the terms in force, not those that are planned, and ends with them alone', async () => {
  const { wallet } = await open();
  await wallet.setLimit('all', { period: 'month', amount: '100', mode: 'block', startsOn: '2026-01-01' });
  await wallet.setLimit('all', { period: 'year', amount: '500', startsOn: '2027-01-01' });
  const shown = async (on: string) =>
    (await wallet.limits(day(on))).items.map(({ period, amount, current }) => [period, amount, current.from]);
  expect(await shown('2026-11-23')).toEqual([['month', '100.00', '2026-11-01']]);
  expect(await shown('2027-02-01')).toEqual([['year', '500.00', '2027-01-01']]);
  await wallet.removeLimit('all');
  expect(await wallet.addExpense({ amount: '101', category: 'Food', occurredOn: '2026-03-05' })).toMatchObject({
    rejection: { code: 'limit-exceeded' },
  });
  expect(await wallet.addExpense({ amount: '101', category: 'Food', occurredOn: '2026-11-05' })).toMatchObject({
    kind: 'recorded',
  });
});

test('a repeat of a command with thousands of events answers all that the first did', async () => {
  const { wallet } = await open();
  await wallet.setLimit('day', { period: 'day', amount: '0.01', thresholds: [1, 2, 3], startsOn: '2026-01-01' });
  const spread = rows(500).map((row, index) => ({
    ...row,
    occurredOn: new Date(Date.UTC(2026, 0, 1 + (index % 320))).toISOString().slice(0, 10),
  }));
  const first = await wallet.importEntries({ name: 'a.csv', rows: spread }, { commandId: 'big' });
  expect(await wallet.importEntries({ name: 'a.csv', rows: spread }, { commandId: 'big' })).toEqual({
    ...first,
    kind: 'repeated',
  });
  expect('result' in first && first.result.crossed.length).toBe(960);
});

test('alerts of wallets on both sides of the date line come newest first, each once, whatever the page', async () => {
  const now = Date.UTC(2026, 10, 30, 12);
  const { ledger } = await open({ now: () => now });
  const wallets: Wallet[] = [];
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const opened = await ledger.openWallet({ name: zone, currency: 'EUR', zone });
    if ('result' in opened) wallets.push(ledger.wallet(opened.result.walletId));
  }
  for (const wallet of wallets) await wallet.setLimit('all', { period: 'day', amount: '1' });
  for (let index = 0; index < 6; index += 1) {
    await wallets[index % 2]?.addExpense({ amount: '1', category: 'Food', occurredOn: `2026-12-0${1 + index}` });
  }
  const all = (await ledger.alerts({ limit: 200 })).items.map(({ id }) => id);
  const paged: string[] = [];
  for (let below: number | undefined; ;) {
    const page = await ledger.alerts({ limit: 1, ...(below === undefined ? {} : { below }) });
    paged.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    below = page.next;
  }
  expect(all).toHaveLength(12);
  expect(paged).toEqual(all);
});

test('thousands of alerts in one import leave the list of wallets quick', async () => {
  const { ledger, wallet } = await open();
  for (let index = 0; index < 6; index += 1)
    await wallet.setLimit(`l${index}`, { period: 'day', amount: '0.01', thresholds: [1, 2, 3, 4], startsOn: '2025-01-01' });
  const spread = rows(500).map((row, index) => ({
    ...row,
    occurredOn: new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
  }));
  await wallet.importEntries({ name: 'a.csv', rows: spread });
  expect(await ledger.wallets()).toHaveLength(1);
  expect((await ledger.alerts({ limit: 5 })).items).toHaveLength(5);
});

test.each(['2020-01-01T00:00Z', '2020-01-01T00:00+05:00[Europe/Berlin]', 'Z', '+25:99'])('%s is no zone', async (zone) => {
  const { ledger } = await open();
  expect(await ledger.openWallet({ name: 'A', currency: 'EUR', zone })).toMatchObject({ rejection: { code: 'zone-unknown' } });
});

test('a category is found however its letters were put together', async () => {
  const { wallet } = await open();
  await wallet.addExpense({ amount: '1', category: 'Cafe\u0301' });
  expect((await wallet.entries({ category: ' Cafe\u0301 ' }, { limit: 5 })).items).toHaveLength(1);
});

test('a refusal never comes from a state that a read has overtaken', async () => {
  const store = createMemoryEventStore({ clock: Date });
  const { wallet } = await open({ store });
  const other = createLedger({ store, clock: Date, ids: { next: () => `reads-${(ids += 1)}` } }).wallet(wallet.id);
  for (let ticks = 0; ticks < 40; ticks += 1) {
    await other.addExpense({ amount: '1', category: 'Food' });
    const booked = await wallet.addExpense({ amount: '2', category: 'Food' });
    if (!('result' in booked)) throw new Error('the expense is booked');
    const voided = other.voidEntry(booked.result.entryId);
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    await Promise.all([other.summary(), expect(voided).resolves.toMatchObject({ kind: 'recorded' })]);
  }
});

import { createLedger, decode, project, walletProjections, type Outcome, type Wallet } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkReports } from '../core/model-reports.ts';
import { stepArbitrary, type Step } from '../core/model-steps.ts';
import { WalletModel, type Predicted } from '../core/wallet-model.ts';
import { casesOn, openStores, type StoreKind } from './kinds.ts';

/** One walk: the ledger and the naive wallet do the same, and must say the same. */
async function walk(kind: StoreKind, steps: readonly Step[]): Promise<void> {
  let now = Date.UTC(2026, 9, 14, 9, 38);
  let ids = 0;
  const clock = { now: () => now };
  const { store, views, close } = await openStores(kind, clock);
  try {
    const ledger = createLedger({ store, views, clock, ids: { next: () => `id-${(ids += 1)}` } });
    const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' }, { commandId: 'open' });
    if (!('result' in opened)) throw new Error('the wallet opens');
    const wallet = ledger.wallet(opened.result.walletId);
    const model = new WalletModel();
    for (const step of steps) {
      now += step.hoursLater * 3_600_000;
      model.today = new Date(now).toISOString().slice(0, 10);
      await take(step, wallet, model);
      await checkReports(wallet, model);
    }
    await checkProjections(wallet);
    // A ledger that starts anew, with views as they were stored and with none, says the same.
    await checkReports(createLedger({ store, views, clock, ids: { next: () => 'x' } }).wallet(wallet.id), model);
    await checkReports(createLedger({ store, clock, ids: { next: () => 'x' } }).wallet(wallet.id), model);
  } finally {
    await close();
  }
}

/** Every bucket of every projection equals the one that is folded from the whole history. */
async function checkProjections(wallet: Wallet): Promise<void> {
  const history = (await wallet.events({ after: 0, limit: 10_000 })).map(decode);
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
  for (const projection of walletProjections) {
    for (const [bucket, view] of project(projection, history)) {
      expect(await wallet.view(projection, bucket), `${projection.name} ${bucket}`).toEqual(view);
    }
  }
}

function compare(outcome: Outcome<unknown>, predicted: Predicted): void {
  if (predicted.kind === 'rejected') {
    expect(outcome).toMatchObject({ kind: 'rejected', rejection: { code: predicted.code } });
    return;
  }
  expect(outcome).toMatchObject({ kind: 'recorded' });
  if (!('result' in outcome)) return;
  const { crossed = [], cleared = [] } = outcome.result as { crossed?: readonly Told[]; cleared?: readonly Told[] };
  expect({ crossed: crossed.map(spell).sort(), cleared: cleared.map(spell).sort() }).toEqual({
    crossed: predicted.crossed,
    cleared: predicted.cleared,
  });
}

interface Told {
  readonly limitId: string;
  readonly period: string;
  readonly from: string;
  readonly threshold: number;
}
const spell = ({ limitId, period, from, threshold }: Told): string => `${limitId} ${period} ${from} ${threshold}`;

const unnamed = { kind: 'recorded', crossed: [], cleared: [] } as const;

async function take(step: Step, wallet: Wallet, model: WalletModel): Promise<void> {
  const request = { commandId: step.id };
  const entryId = model.entries[step.pick % Math.max(1, model.entries.length)]?.id ?? 'none';
  switch (step.do) {
    case 'income':
    case 'expense': {
      const send = () =>
        step.do === 'income'
          ? wallet.addIncome(step.details, request)
          : wallet.addExpense({ ...step.details, category: step.details.category ?? '' }, request);
      const outcome = await send();
      const id = 'result' in outcome ? outcome.result.entryId : '';
      compare(
        outcome,
        model.add(id, step.do, step.do === 'income' ? step.details : { ...step.details, category: step.details.category ?? '' }),
      );
      if ('result' in outcome) {
        expect(await send()).toEqual({ ...outcome, kind: 'repeated' });
        expect(await wallet.addIncome({ amount: '77.77' }, request)).toMatchObject({
          kind: 'rejected',
          rejection: { code: 'command-id-reused' },
        });
      }
      return;
    }
    case 'correct':
      return compare(await wallet.correctEntry(entryId, step.changes, request), model.correct(entryId, step.changes));
    case 'void':
      return compare(await wallet.voidEntry(entryId, {}, request), model.void(entryId));
    case 'restore':
      return compare(await wallet.restoreEntry(entryId, request), model.restore(entryId));
    case 'limit':
      return compare(await wallet.setLimit(step.limitId, step.terms, request), model.setLimit(step.limitId, step.terms));
    case 'unlimit':
      return compare(await wallet.removeLimit(step.limitId, request), model.removeLimit(step.limitId));
    case 'close': {
      const predicted = model.closed ? ({ kind: 'rejected', code: 'wallet-closed' } as const) : unnamed;
      model.closed = true;
      return compare(await wallet.close(request), predicted);
    }
    case 'reopen': {
      const predicted = model.closed ? unnamed : ({ kind: 'rejected', code: 'wallet-not-closed' } as const);
      model.closed = false;
      return compare(await wallet.reopen(request), predicted);
    }
    case 'import':
      return takeImport(step, wallet, model);
    case 'undo': {
      const source = model.entries.find((entry) => entry.id === entryId)?.source;
      return compare(await wallet.undoImport(source?.importId ?? 'none', request), model.undo(source?.importId ?? 'none'));
    }
  }
}

async function takeImport(step: Extract<Step, { do: 'import' }>, wallet: Wallet, model: WalletModel): Promise<void> {
  if (model.closed)
    return compare(await wallet.importEntries({ name: 'f.csv', rows: step.rows }, { commandId: step.id }), {
      kind: 'rejected',
      code: 'wallet-closed',
    });
  const preview = await wallet.previewImport(step.rows);
  const outcome = await wallet.importEntries({ name: 'f.csv', rows: step.rows }, { commandId: step.id });
  if (!('result' in outcome)) throw new Error('an import of sound rows is recorded');
  const listed = await wallet.entries({ void: 'include', importId: outcome.result.importId }, { limit: 200 });
  const seen = new Map<string, number>();
  const fresh = step.rows.filter(({ occurredOn, fingerprint }, index) => {
    const key = `${occurredOn} ${fingerprint}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const isNew = model.known(occurredOn, fingerprint) < (seen.get(key) ?? 0);
    expect('code' in preview ? preview.code : preview[index]?.status).toBe(isNew ? 'new' : 'duplicate');
    return isNew;
  });
  expect(outcome.result.added).toBe(fresh.length);
  const added = listed.items.toSorted((a, b) => a.version - b.version);
  const sorted = fresh.toSorted((a, b) => (a.occurredOn < b.occurredOn ? -1 : a.occurredOn > b.occurredOn ? 1 : 0));
  const made = sorted.map(({ kind, occurredOn, fingerprint, amount, category, note }, index) => ({
    id: added[index]?.id ?? '',
    kind,
    minor: BigInt(amount) * 100n,
    category: category ?? null,
    note: note ?? null,
    on: occurredOn,
    void: false,
    undoneBy: null,
    source: { importId: outcome.result.importId, on: occurredOn, fingerprint },
  }));
  compare(
    outcome,
    model.change(made, false, () => void model.entries.push(...made)),
  );
}

const runs = Number(process.env['KAKEIBO_MODEL_RUNS'] ?? 60);

/** Describes that a wallet on a store does what the naive one does. */
export function describeWalks(kind: StoreKind): void {
  describe(`a wallet on ${kind}`, () => {
    test('does what the naive wallet does, whatever comes', { timeout: 600_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 40 }), (steps) =>
          walk(
            kind,
            steps.map((step, index) => ({ ...step, id: `step-${index}` })),
          ),
        ),
        { numRuns: kind === 'sqlite' ? runs : casesOn(kind, runs) },
      );
    });

    test('the check can fail: a wallet that loses an entry is found', async () => {
      const clock = { now: () => Date.UTC(2026, 9, 14) };
      const { store, views, close } = await openStores(kind, clock);
      const ledger = createLedger({ store, views, clock, ids: { next: () => 'a' } });
      const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
      if (!('result' in opened)) throw new Error('the wallet opens');
      const model = new WalletModel();
      model.add('never-booked', 'expense', { amount: '1', category: 'Food' });
      await expect(checkReports(ledger.wallet(opened.result.walletId), model)).rejects.toThrow();
      await close();
    });
  });
}

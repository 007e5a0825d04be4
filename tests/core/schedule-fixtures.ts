import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  decode,
  formatAmount,
  project,
  walletProjections,
  type CivilDate,
  type EventStore,
  type Ledger,
  type Outcome,
  type Wallet,
} from '@kakeibo/core';
import { expect } from 'vitest';

export const day = (text: string): CivilDate => text as CivilDate;

/** A day's noon, in milliseconds. */
const noon = (text: string): number => Date.parse(`${text}T12:00:00Z`);

export interface World {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly wallet: Wallet;
  goTo(date: string): void;
  /** Another process on the same store, with nothing in memory. */
  another(): Wallet;
}

let ids = 0;

/** A wallet in euros whose days are those of UTC, on a day that the test moves. */
export async function worldOn(date: string): Promise<World> {
  const clock = { now: () => now };
  let now = noon(date);
  const store = createMemoryEventStore({ clock });
  const ledgerOf = (): Ledger =>
    createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `schedules-${(ids += 1)}` } });
  const ledger = ledgerOf();
  const opened = done(await ledger.openWallet({ name: 'Household', currency: 'EUR' }));
  return {
    store,
    ledger,
    wallet: ledger.wallet(opened.walletId),
    goTo: (to) => void (now = noon(to)),
    another: () => ledgerOf().wallet(opened.walletId),
  };
}

/** What a command came to, which must not be a refusal. */
export function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

/** The code that a command is refused with. */
export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind;
}

/** The whole history of a wallet. */
export async function historyOf(wallet: Wallet) {
  const history = [];
  for (let after = 0; ; after += 1_000) {
    const page = await wallet.events({ after, limit: 1_000 });
    history.push(...page.map(decode));
    if (page.length < 1_000) return history;
  }
}

/** What was booked for schedules, as `day amount`, in the order of the events. */
export async function bookedOf(wallet: Wallet): Promise<readonly string[]> {
  return (await historyOf(wallet)).flatMap(({ event }) =>
    (event.type === 'ExpenseAdded' || event.type === 'IncomeAdded') && event.entry.schedule !== undefined
      ? [`${event.entry.occurredOn} ${formatAmount(event.entry.amount)}`]
      : [],
  );
}

/** Every bucket of every projection is what folding from nothing gives. */
export async function expectViewsToBeTrue(wallet: Wallet): Promise<void> {
  const history = await historyOf(wallet);
  for (const projection of walletProjections) {
    for (const [bucket, view] of project(projection, history))
      expect(await wallet.view(projection, bucket), `${projection.name} ${bucket}`).toEqual(view);
  }
}

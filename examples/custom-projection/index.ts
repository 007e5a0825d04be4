/** A view of your own: how often you had coffee in each month. The ledger folds, keeps and rebuilds it like its own views. */
import { createLedger, createMemoryEventStore, type EntryFacts, type Projection, type WalletEvent } from '@kakeibo/core';

interface Cups {
  readonly [note: string]: number;
}

const CAFE = 'Food:Cafe';

/** The coffees that an event adds and takes away. A correction takes the old facts out and puts the new ones in. */
function changesOf(event: WalletEvent): readonly (readonly [EntryFacts, 1 | -1])[] {
  switch (event.type) {
    case 'ExpenseAdded':
    case 'EntryRestored':
      return [[event.entry, 1]];
    case 'EntryVoided':
      return [[event.entry, -1]];
    case 'EntryCorrected':
      return [
        [event.before, -1],
        [event.after, 1],
      ];
    default:
      return [];
  }
}

const monthOf = ({ occurredOn }: EntryFacts): string => occurredOn.slice(0, 7);
const coffeesOf = (event: WalletEvent) => changesOf(event).filter(([{ category }]) => category === CAFE);

const coffees: Projection<Cups, WalletEvent> = {
  name: 'coffees',
  // Another number whenever `apply` changes: the views are then folded anew, beside the old ones.
  version: 1,
  initial: {},
  // A bucket for each month. An event that is about no coffee touches none.
  bucketsOf: ({ event }) => [...new Set(coffeesOf(event).map(([facts]) => monthOf(facts)))],
  apply(cups, { event }, month) {
    const next: Record<string, number> = { ...cups };
    for (const [facts, by] of coffeesOf(event)) {
      if (monthOf(facts) === month) next[facts.note ?? 'coffee'] = (next[facts.note ?? 'coffee'] ?? 0) + by;
    }
    return next;
  },
};

const clock = { now: () => Date.UTC(2026, 9, 14, 12) };
const store = createMemoryEventStore({ clock });
const ledger = createLedger({ store, clock, ids: { next: () => crypto.randomUUID() }, projections: [coffees] });

const opened = await ledger.openWallet({ name: 'Pocket', currency: 'JPY', zone: 'Asia/Tokyo' });
if (opened.kind !== 'recorded') throw new Error('the wallet was not opened');
const wallet = ledger.wallet(opened.result.walletId);

const drink = (note: string, occurredOn: string) => wallet.addExpense({ amount: '480', category: CAFE, note, occurredOn });
await drink('espresso', '2026-09-28');
await drink('espresso', '2026-10-02');
const moved = await drink('filter', '2026-10-05');
const spilt = await drink('espresso', '2026-10-09');
await wallet.addExpense({ amount: '1200', category: 'Food:Groceries', occurredOn: '2026-10-10' });

console.log('September:', await wallet.view(coffees, '2026-09'));
console.log('October:  ', await wallet.view(coffees, '2026-10'));

if (spilt.kind === 'recorded') await wallet.voidEntry(spilt.result.entryId, { reason: 'spilt, and given back' });
if (moved.kind === 'recorded') await wallet.correctEntry(moved.result.entryId, { occurredOn: '2026-11-05', note: 'drip' });
console.log('October:  ', await wallet.view(coffees, '2026-10'));
console.log('November: ', await wallet.view(coffees, '2026-11'));

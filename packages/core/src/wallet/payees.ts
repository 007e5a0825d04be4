import { memoised, type CivilDate } from '../calendar.ts';
import { distinct, type Projection, type Recorded } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { foldText } from './patterns.ts';
import { UNSORTED } from './parse.ts';
import { setOwn } from './own-key.ts';

/** What is remembered of a payee. */
export interface Payee {
  /** As it was written last. */
  readonly name: string;
  /** The category it had last. */
  readonly category?: string;
  readonly lastOn: CivilDate;
  readonly times: number;
}

/** Payees by their folded names. */
export type Payees = Readonly<Record<string, Payee>>;

/** A payee's name without case, accents and blanks around it: the same shop, however it is typed. One of nothing else stays as it is. */
export const payeeKey = memoised((payee) => foldText(payee).trim() || payee);

/** The bucket that a payee is in: those that begin with the same letter. */
export function payeeBucket(payee: string): string {
  const first = payeeKey(payee).codePointAt(0);
  return first === undefined ? '' : String.fromCodePoint(first);
}

type Named = EntryFacts & { readonly payee: string };

function isNamed(facts: EntryFacts): facts is Named {
  return facts.payee !== undefined;
}

function named(facts: EntryFacts): readonly Named[] {
  return isNamed(facts) ? [facts] : [];
}

/** The facts that an event teaches of payees, and the name that a correction takes away. */
function lessonsOf(event: WalletEvent): readonly (readonly [Named, 'learnt' | 'again' | 'gone'])[] {
  if (event.type === 'IncomeAdded' || event.type === 'ExpenseAdded') {
    return named(event.entry).map((facts) => [facts, 'learnt'] as const);
  }
  if (event.type !== 'EntryCorrected') return [];
  const { before, after } = event;
  const isSame = payeeKey(before.payee ?? '') === payeeKey(after.payee ?? '');
  if (isSame) return named(after).map((facts) => [facts, 'again'] as const);
  const gone = named(before).map((facts) => [facts, 'gone'] as const);
  return [...gone, ...named(after).map((facts) => [facts, 'learnt'] as const)];
}

/** Remembers payees in a view that nobody else holds. */
function remember(view: Record<string, Payee>, { event }: Recorded<WalletEvent>, bucket: string): Payees {
  for (const [facts, lesson] of lessonsOf(event)) {
    const key = payeeKey(facts.payee);
    if (payeeBucket(key) !== bucket) continue;
    const before = Object.hasOwn(view, key) ? view[key] : undefined;
    const times = (before?.times ?? 0) + { learnt: 1, again: 0, gone: -1 }[lesson];
    if (lesson !== 'gone') setOwn(view, key, learnt(facts, before, times));
    else if (before !== undefined && times > 0) setOwn(view, key, { ...before, times });
    else delete view[key];
  }
  return view;
}

/** Whom the wallet paid, with the category that each had last: what an entry without a category is proposed. */
export const payees: Projection<Payees, WalletEvent> = {
  name: 'payees',
  version: 2,
  initial: {},
  bucketsOf: ({ event }) => distinct(lessonsOf(event).map(([{ payee }]) => payeeBucket(payee))),
  apply: (view, recorded, bucket) => remember({ ...view }, recorded, bucket),
  fold: remember,
  inPlace: true,
};

function learnt({ payee, category: given, occurredOn }: Named, before: Payee | undefined, times: number): Payee {
  const category = given === undefined || given === UNSORTED ? before?.category : given;
  return { name: payee, lastOn: occurredOn, times, ...(category === undefined ? {} : { category }) };
}

/** The bucket of {@link payeeInitials}. */
export const PAYEE_INITIALS = 'initials';

/** The letters that payees begin with: where a list of them all finds its buckets. */
export const payeeInitials: Projection<readonly string[], WalletEvent> = {
  name: 'payee-initials',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (lessonsOf(event).length === 0 ? [] : [PAYEE_INITIALS]),
  apply(view, { event }) {
    const missing = lessonsOf(event)
      .map(([{ payee }]) => payeeBucket(payee))
      .filter((bucket) => !view.includes(bucket));
    return missing.length === 0 ? view : [...new Set([...view, ...missing])].sort();
  },
};

import { memoised, type CivilDate } from '../calendar.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
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

/** A payee's name without case, accents and blanks around it: the same shop, however it is typed. */
export const payeeKey = memoised((payee) => payee.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim());

/** The bucket that a payee is in: those that begin with the same letter. */
export function payeeBucket(payee: string): string {
  const first = payeeKey(payee).codePointAt(0);
  return first === undefined ? '' : String.fromCodePoint(first);
}

function remembered(event: WalletEvent): (EntryFacts & { readonly payee: string }) | undefined {
  const facts =
    event.type === 'IncomeAdded' || event.type === 'ExpenseAdded'
      ? event.entry
      : event.type === 'EntryCorrected'
        ? event.after
        : undefined;
  return facts?.payee === undefined ? undefined : { ...facts, payee: facts.payee };
}

/** Remembers a payee in a view that nobody else holds. */
function remember(view: Record<string, Payee>, { event }: Recorded<WalletEvent>): Payees {
  const facts = remembered(event);
  if (facts === undefined) return view;
  const key = payeeKey(facts.payee);
  const before = Object.hasOwn(view, key) ? view[key] : undefined;
  const category = facts.category ?? before?.category;
  const times = (before?.times ?? 0) + (event.type === 'EntryCorrected' ? 0 : 1);
  setOwn(view, key, { name: facts.payee, lastOn: facts.occurredOn, times, ...(category === undefined ? {} : { category }) });
  return view;
}

/** Whom the wallet paid, with the category that each had last: what an entry without a category is proposed. */
export const payees: Projection<Payees, WalletEvent> = {
  name: 'payees',
  version: 1,
  initial: {},
  bucketsOf({ event }) {
    const facts = remembered(event);
    return facts === undefined ? [] : [payeeBucket(facts.payee)];
  },
  apply: (view, recorded) => remember({ ...view }, recorded),
  fold: remember,
};

/** The bucket of {@link payeeInitials}. */
export const PAYEE_INITIALS = 'initials';

/** The letters that payees begin with: where a list of them all finds its buckets. */
export const payeeInitials: Projection<readonly string[], WalletEvent> = {
  name: 'payee-initials',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (remembered(event) === undefined ? [] : [PAYEE_INITIALS]),
  apply(view, { event }) {
    const facts = remembered(event);
    const bucket = facts === undefined ? undefined : payeeBucket(facts.payee);
    return bucket === undefined || view.includes(bucket) ? view : [...view, bucket].sort();
  },
};

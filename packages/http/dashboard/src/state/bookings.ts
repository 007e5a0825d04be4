import { computed, signal } from '@preact/signals';
import { LineDown, Problem } from '../api/client.ts';
import type { Booked, Entry, EntryPage, Facts, Wallet } from '../api/types.ts';
import { partBody, voidEntry } from './entry-deeds.ts';
import { latest, refreshSoon } from './books.ts';
import { onReturn, online } from './line.ts';
import { keep, recall } from './storage.ts';
import { entryInWords } from './entry-words.ts';
import { reasonOf, speak } from './toast.ts';
import { did } from './undo.ts';
import { patchWallet } from './wallets.ts';
import { newKey, perform } from './writes.ts';

/** An entry that was written down here and is not acknowledged yet. */
export interface Waiting extends Facts {
  readonly key: string;
  readonly walletId: string;
  readonly state: 'sending' | 'waiting' | 'refused';
  readonly reason?: string;
}

const KEY = 'kakeibo.waiting';
const MOST_WAITING = 100;

type Newer = 'parts' | 'payee' | 'tags';
/** As it was kept before there were splits, payees and tags. */
type Kept = Omit<Waiting, Newer> & Partial<Pick<Waiting, Newer>>;

/** Every entry on its way, in the order written. It outlives the page: closing a tab loses nothing. */
export const bookings = signal<readonly Waiting[]>(
  (recall<readonly Kept[]>(KEY) ?? []).map(({ parts = null, payee = null, tags = [], state, ...rest }) => ({
    ...rest,
    parts,
    payee,
    tags,
    state: state === 'refused' ? state : 'waiting',
  })),
);
export const waitingCount = computed(() => bookings.value.filter((each) => each.state === 'waiting').length);
export const ownEntries = new Set<string>();

export const waitingIn = (walletId: string): readonly Waiting[] => bookings.value.filter((each) => each.walletId === walletId);

/** Writes the change into the browser's store as well, next to what other tabs keep there. */
function change(key: string, next: Waiting | undefined): void {
  const edit = (list: readonly Waiting[]): readonly Waiting[] => {
    if (next === undefined) return list.filter((each) => each.key !== key);
    return list.some((each) => each.key === key) ? list.map((each) => (each.key === key ? next : each)) : [...list, next];
  };
  bookings.value = edit(bookings.peek());
  keep(KEY, edit(recall<readonly Waiting[]>(KEY) ?? []));
}

/** Books an entry: it is on the page at once and on the way as soon as those before it are through. */
export function book(wallet: Wallet, facts: Facts): boolean {
  if (bookings.peek().length >= MOST_WAITING) return false;
  const key = newKey();
  change(key, { ...facts, key, walletId: wallet.id, state: online.peek() ? 'sending' : 'waiting' });
  void drain();
  return true;
}

export function dropBooking(key: string): void {
  change(key, undefined);
}

let draining = false;

async function drain(): Promise<void> {
  if (draining) return;
  draining = true;
  try {
    for (let next = first(); next !== undefined; next = first()) {
      if (!(await bookOne(next))) break;
    }
  } finally {
    draining = false;
  }
}

const first = (): Waiting | undefined => bookings.peek().find((each) => each.state !== 'refused');

export function factsAlone({ kind, amount, category, parts, payee, tags, note, occurredOn }: Facts): Facts {
  return { kind, amount, category, parts, payee, tags, note, occurredOn };
}

/** What is set, in the words of the API. */
export function bodyOf({ amount, category, parts, payee, tags, note, occurredOn }: Facts): object {
  return {
    amount,
    occurredOn,
    ...(category === null ? {} : { category }),
    ...(parts === null ? {} : { parts: parts.map(partBody) }),
    ...(payee === null ? {} : { payee }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(note === null ? {} : { note }),
  };
}

async function bookOne(one: Waiting): Promise<boolean> {
  const { key, walletId, kind } = one;
  const path = `/wallets/${encodeURIComponent(walletId)}/${kind === 'income' ? 'income' : 'expenses'}`;
  const body = bodyOf(one);
  try {
    const booked = await perform<Booked>({ method: 'POST', path, body, key });
    acknowledged(one, booked);
    return true;
  } catch (error) {
    if (error instanceof LineDown || (error instanceof Problem && error.status >= 500)) {
      change(key, { ...one, state: 'waiting' });
      return false;
    }
    change(key, { ...one, state: 'refused', reason: reasonOf(error) });
    speak(`Not booked. ${reasonOf(error)}`);
    return true;
  }
}

function acknowledged(one: Waiting, booked: Booked): void {
  const { walletId } = one;
  const facts = factsAlone(one);
  ownEntries.add(booked.entryId);
  const entry: Entry = {
    ...facts,
    id: booked.entryId,
    recordedAt: new Date().toISOString(),
    version: booked.version,
    void: false,
    voidReason: null,
    corrected: false,
    importId: null,
    refunds: null,
    transfer: null,
    balance: booked.balance,
  };
  const resource = latest.of(walletId);
  const page = resource.value.peek();
  if (page !== undefined) resource.put(withEntry(page, entry));
  change(one.key, undefined);
  patchWallet(walletId, { balance: booked.balance });
  did({ said: `Booked ${entryInWords(facts)}.`, undo: async () => voidEntry(walletId, booked.entryId, facts) });
  refreshSoon(walletId);
}

function withEntry(page: EntryPage, entry: Entry): EntryPage {
  const items = [...page.items.filter((each) => each.id !== entry.id), entry];
  items.sort((left, right) => right.occurredOn.localeCompare(left.occurredOn) || right.version - left.version);
  return { ...page, items };
}

export function startBookings(): void {
  onReturn(() => void drain());
  void drain();
}

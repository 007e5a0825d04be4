import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, WalletId } from '../ids.ts';
import { add, money, negate, type Money } from '../money.ts';
import type { Account } from './account-names.ts';
import { inBookOrder, type Placed } from './journal-order.ts';
import type { JournalFacts, JournalLimit, JournalVoids, JournalWalletSource } from './journal-source.ts';

/** A wallet with its account. */
export interface JournalWallet extends Omit<JournalWalletSource, 'entries' | 'limits'> {
  readonly account: Account;
  readonly limits: readonly (JournalLimit & { readonly account: Account })[];
}

export interface JournalPosting {
  readonly account: Account;
  readonly amount: Money;
  readonly note?: string | undefined;
}

/** What a transaction is: an entry, a transfer of which both sides are there, or what takes a void entry back. */
export type JournalKind = JournalFacts['kind'] | 'transfer' | 'reversal';

/** One transaction; the postings add up to nothing in each currency. */
export interface JournalTransaction {
  readonly id: string;
  readonly date: CivilDate;
  /** Its place in the journal, from 1: transactions of a day stand in this order in each wallet. */
  readonly sequence: number;
  readonly kind: JournalKind;
  readonly payee?: string | undefined;
  readonly note?: string | undefined;
  readonly tags: readonly string[];
  readonly postings: readonly JournalPosting[];
  /** What else is known, by name. */
  readonly metadata: readonly (readonly [name: string, value: string])[];
}

/** What hledger, ledger and beancount are given alike. */
export interface Journal {
  readonly wallets: readonly JournalWallet[];
  /** Every account that is posted to or limited, each once. */
  readonly accounts: readonly Account[];
  readonly currencies: readonly CurrencyCode[];
  readonly transactions: readonly JournalTransaction[];
}

/** Where money is that left one wallet and has not come to the other. */
export const inTransit: Account = { key: 'in-transit', root: 'Assets', parts: ['In transit'] };
/** Where one currency becomes another. */
export const conversion: Account = { key: 'conversion', root: 'Equity', parts: ['Conversion'] };

/** The account of a wallet. */
export function walletAccount({ id, name }: { readonly id: WalletId; readonly name: string }): Account {
  return { key: `wallet ${id}`, root: 'Assets', parts: [name] };
}

/** The account of a category; without one it is `Other`, apart from a category of that name. */
export function categoryAccount(root: 'Income' | 'Expenses', category: string | undefined): Account {
  return category === undefined
    ? { key: `${root} without`, root, parts: ['Other'], yields: true }
    : { key: `${root} of ${category}`, root, parts: category.split(':') };
}

/** All spending, which a limit without a scope is about. */
const allExpenses: Account = { key: 'Expenses', root: 'Expenses', parts: [] };

/**
 * Wallets as one journal, by date, and within a day in each wallet's own order. Voids are left out unless asked for. The two
 * sides of a transfer make one transaction when both are there and agree in day and amounts; a side by itself is posted
 * against money in transit, where a difference in days or amounts can be seen.
 *
 * @example
 * journalOf({ wallets: [cash] }).transactions[0].postings.map(({ account, amount }) => account.parts[0] + ' ' + formatAmount(amount)); // ['Food 12.50', 'Cash -12.50']
 */
export function journalOf(options: JournalOptions): Journal {
  const steps = journalInSteps(options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** What goes into a journal. */
export interface JournalOptions {
  readonly wallets: readonly JournalWalletSource[];
  readonly voids?: JournalVoids;
}

const STEP = 500;

/** {@link journalOf} in small steps, for callers that share their thread. */
export function* journalInSteps({ wallets, voids = 'clean' }: JournalOptions): Generator<void, Journal> {
  const names = new Map(wallets.map(({ id, name }) => [id, name]));
  const transactions: JournalTransaction[] = [];
  for (const placed of inBookOrder(wallets, voids)) {
    for (const draft of draftsOf(placed, names)) transactions.push({ ...draft, sequence: transactions.length + 1 });
    if (transactions.length % STEP === 0) yield;
  }
  const listed = wallets.map(({ id, name, currency, limits = [] }) => ({
    id,
    name,
    currency,
    account: walletAccount({ id, name }),
    limits: limits.map((limit) => ({
      ...limit,
      account: limit.scope === undefined ? allExpenses : categoryAccount('Expenses', limit.scope),
    })),
  }));
  yield;
  const accounts = new Map<string, Account>();
  const list = (account: Account): void => void accounts.set(account.key, accounts.get(account.key) ?? account);
  for (const { account } of listed) list(account);
  for (const { account } of listed.flatMap(({ limits }) => limits)) list(account);
  const currencies = new Set(wallets.map(({ currency }) => currency));
  for (const { account, amount } of transactions.flatMap(({ postings }) => postings)) {
    list(account);
    currencies.add(amount.currency);
  }
  return { wallets: listed, accounts: [...accounts.values()], currencies: [...currencies].sort(), transactions };
}

type Draft = Omit<JournalTransaction, 'sequence'>;

function draftsOf({ wallet, entry, received }: Placed, names: ReadonlyMap<WalletId, string>): readonly Draft[] {
  const { id, facts } = entry;
  const draft: Draft = {
    id,
    date: facts.occurredOn,
    kind: received === undefined ? facts.kind : 'transfer',
    payee: facts.payee,
    note: facts.note,
    tags: facts.tags ?? [],
    postings: received === undefined ? postingsOf(wallet, facts) : transferOf(wallet, facts, received),
    metadata: [
      ...metadataOf(facts, received?.entry.id, names),
      ...(received === undefined ? [] : ownTextsOf(facts, received.entry.facts)),
    ],
  };
  if (entry.void !== true) return [draft];
  const back = draft.postings.map(({ account, amount }) => ({ account, amount: negate(amount) }));
  return [draft, { ...draft, id: `${id}-void`, kind: 'reversal', postings: back, metadata: [['reverses', id]] }];
}

type Side = Placed['wallet'];

function postingsOf(wallet: Side, facts: JournalFacts): readonly JournalPosting[] {
  const { kind, amount } = facts;
  const inward = kind === 'income' || kind === 'refund' || kind === 'received';
  const own = { account: walletAccount(wallet), amount: inward ? amount : negate(amount) };
  if (kind === 'sent') return [{ account: inTransit, amount }, own];
  if (kind === 'received') {
    const given = facts.transfer?.other ?? amount;
    return [{ account: inTransit, amount: negate(given) }, ...converted(given, amount), own];
  }
  const root = kind === 'income' ? 'Income' : 'Expenses';
  const parts = facts.parts?.length ? facts.parts : [{ category: facts.category, amount }];
  const others = parts.map((part): JournalPosting => ({
    account: categoryAccount(root, part.category),
    amount: inward ? negate(part.amount) : part.amount,
    ...('note' in part ? { note: part.note } : {}),
  }));
  return [...others, own];
}

/** What one amount becomes when it is changed into another, so that each currency adds up to nothing. */
function converted(given: Money, got: Money): readonly JournalPosting[] {
  if (given.currency !== got.currency) {
    return [
      { account: conversion, amount: given },
      { account: conversion, amount: negate(got) },
    ];
  }
  const difference = add(given, negate(got));
  return difference.minor === 0n ? [] : [{ account: conversion, amount: difference }];
}

function transferOf(wallet: Side, sent: JournalFacts, received: NonNullable<Placed['received']>): readonly JournalPosting[] {
  const got = received.entry.facts.amount;
  return [
    { account: walletAccount(received.wallet), amount: got },
    ...converted(sent.amount, got),
    { account: walletAccount(wallet), amount: money(-sent.amount.minor, sent.amount.currency) },
  ];
}

/** What the receiving side says otherwise than the sending one, whose texts the transaction bears. */
function ownTextsOf(sent: JournalFacts, received: JournalFacts): readonly (readonly [string, string])[] {
  const texts = ({ payee = '', note = '', tags = [] }: JournalFacts) =>
    [
      ['received-payee', payee],
      ['received-note', note],
      ['received-tags', tags.join(' ')],
    ] as const;
  const others = texts(sent).map(([, text]) => text);
  return texts(received).filter(([, text], at) => text !== others[at]);
}

function metadataOf(
  facts: JournalFacts,
  received: EntryId | undefined,
  names: ReadonlyMap<WalletId, string>,
): readonly (readonly [string, string])[] {
  const { kind, category, parts, refunds, transfer, plan, schedule, source } = facts;
  const known: readonly (readonly [string, string | undefined])[] = [
    ['refunds', refunds],
    ['transfer', transfer?.id],
    ['received', received],
    [
      kind === 'sent' ? 'sent-to' : 'sent-from',
      transfer === undefined ? undefined : (names.get(transfer.wallet) ?? transfer.wallet),
    ],
    ['plan', plan],
    ['schedule', schedule?.id],
    ['due', schedule?.on],
    ['import', source?.importId],
    // Its account could be that of a category.
    ['category', kind === 'income' && category === undefined && !parts?.length ? 'none' : undefined],
  ];
  return known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

import {
  addDays,
  money,
  parseCurrency,
  type CivilDate,
  type CurrencyCode,
  type JournalFacts,
  type JournalLimit,
  type JournalSource,
  type JournalWalletSource,
} from '@kakeibo/core';
import fc from 'fast-check';
import { category, oddLines, oddText, tag } from './odd-texts.ts';

/** The books of one household. */
export interface History {
  readonly seed: number;
  /** What is exported. */
  readonly wallets: readonly JournalWalletSource[];
  /** What the figures are computed from the slow way, when that is told apart. */
  readonly expected?: readonly JournalWalletSource[];
  /** What the books' own reports said that is not so. */
  readonly amiss?: readonly string[];
}

/** Where histories come from: the same seed gives the same history. */
export type HistorySource = (seed: number) => History | Promise<History>;

const CURRENCIES = ['EUR', 'USD', 'JPY', 'ISK', 'KWD', 'BHD'].map((code) => parseCurrency(code) as CurrencyCode);
const FIRST = '2023-11-15' as CivilDate;

const minor = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(1n, 250_000n) },
  { weight: 1, arbitrary: fc.bigInt(1n, 10n ** 18n - 1n) },
);
const date = fc
  .oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 850 }) },
    // Many on few days, so that the order within a day matters.
    { weight: 3, arbitrary: fc.integer({ min: 100, max: 103 }) },
  )
  .map((days) => addDays(FIRST, days));

const details = fc.record({
  payee: fc.option(fc.oneof(fc.constantFrom('Baker', 'ACME'), oddText(6)), { nil: undefined }),
  note: fc.option(oddLines, { nil: undefined }),
  tags: fc.option(fc.uniqueArray(tag, { minLength: 1, maxLength: 3 }), { nil: undefined }),
});

const booking = fc.record({
  type: fc.constant('booking' as const),
  kind: fc.constantFrom('income', 'expense', 'expense', 'refund'),
  wallet: fc.nat(99),
  date,
  details,
  categories: fc.array(category, { minLength: 1, maxLength: 3 }),
  amounts: fc.array(minor, { minLength: 3, maxLength: 3 }),
  isUncategorised: fc.boolean(),
  void: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
});
const transfer = fc.record({
  type: fc.constant('transfer' as const),
  from: fc.nat(99),
  to: fc.nat(99),
  date,
  details,
  amount: minor,
  other: minor,
  /** On the other side: at once, after everything else, some days later, or never. */
  arrives: fc.constantFrom('now', 'now', 'last', 'later', 'never'),
  void: fc.integer({ min: 0, max: 19 }).map((dice) => (dice === 0 ? 'both' : dice === 1 ? 'one' : 'none')),
});
const limit = fc.record({
  wallet: fc.nat(99),
  period: fc.constantFrom('day', 'week', 'month', 'quarter', 'year', 'custom'),
  firstDay: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined, freq: 2 }),
  amount: minor,
  startsOn: date,
  lasts: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
  scope: fc.option(category, { nil: undefined }),
  tag: fc.option(tag, { nil: undefined, freq: 8 }),
});
const history = fc.record({
  wallets: fc.array(
    fc.record({ name: fc.oneof(fc.constantFrom('Cash', 'In transit'), oddText(5)), currency: fc.constantFrom(...CURRENCIES) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  happenings: fc.array(fc.oneof({ weight: 3, arbitrary: booking }, { weight: 2, arbitrary: transfer }), {
    minLength: 12,
    maxLength: 60,
    size: 'max',
  }),
  limits: fc.array(limit, { maxLength: 4, size: 'max' }),
});

type Plan = typeof history extends fc.Arbitrary<infer Value> ? Value : never;
type Booking = typeof booking extends fc.Arbitrary<infer Value> ? Value : never;
type Transfer = typeof transfer extends fc.Arbitrary<infer Value> ? Value : never;

interface Growing {
  readonly id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly entries: JournalSource[];
  readonly limits: JournalLimit[];
}

/** A history made up of entries, without a ledger. */
export function invented(seed: number): History {
  const [plan] = fc.sample(history, { seed, numRuns: 1 }) as [Plan];
  const wallets = plan.wallets.map(({ name, currency }, at): Growing => ({
    id: `w${seed}-${at}`,
    name,
    currency,
    entries: [],
    limits: [],
  }));
  const at = (place: number): Growing => wallets[place % wallets.length] as Growing;
  const last: (() => void)[] = [];
  let made = 0;
  const add = (wallet: Growing, facts: JournalFacts, isVoid: boolean): void =>
    void wallet.entries.push({ id: `h${seed}-${(made += 1)}`, version: wallet.entries.length + 1, facts, void: isVoid });
  for (const [number, happening] of plan.happenings.entries()) {
    if (happening.type === 'booking')
      add(at(happening.wallet), bookingOf(happening, at(happening.wallet).currency), happening.void);
    else move(happening, `t${seed}-${number}`, [at(happening.from), at(happening.to)], { add, last });
  }
  for (const arrive of last) arrive();
  for (const [number, { wallet, lasts, amount, scope, tag: about, ...rest }] of plan.limits.entries()) {
    at(wallet).limits.push({
      ...rest,
      id: `limit-${number}`,
      amount: money(amount, at(wallet).currency),
      scope,
      tag: about,
      endsOn: lasts === undefined ? undefined : addDays(rest.startsOn, lasts),
    });
  }
  return { seed, wallets };
}

function bookingOf(
  { kind, date: occurredOn, details: texts, categories, amounts, isUncategorised }: Booking,
  currency: CurrencyCode,
): JournalFacts {
  const common = { kind: kind as 'income' | 'expense' | 'refund', occurredOn, ...texts };
  const sums = categories.map((_, part) => amounts[part] ?? 1n);
  if (categories.length === 1) {
    const own = kind === 'income' && isUncategorised ? undefined : categories[0];
    return { ...common, amount: money(sums[0] ?? 1n, currency), category: own };
  }
  return {
    ...common,
    amount: money(
      sums.reduce((sum, part) => sum + part, 0n),
      currency,
    ),
    parts: categories.map((name, part) => ({
      category: name,
      amount: money(sums[part] ?? 1n, currency),
      note: part === 1 ? texts.note : undefined,
    })),
  };
}

function move(
  { date: occurredOn, details: texts, amount, other, arrives, void: voided }: Transfer,
  id: string,
  [from, to]: readonly [Growing, Growing],
  { add, last }: { readonly add: (wallet: Growing, facts: JournalFacts, isVoid: boolean) => void; readonly last: (() => void)[] },
): void {
  if (from === to) return;
  const given = money(amount, from.currency);
  const got = money(from.currency === to.currency ? amount : other, to.currency);
  add(
    from,
    { kind: 'sent', amount: given, occurredOn, ...texts, transfer: { id, wallet: to.id, other: got } },
    voided !== 'none',
  );
  if (arrives === 'never') return;
  const day = arrives === 'later' ? addDays(occurredOn, 40) : occurredOn;
  const received: JournalFacts = {
    kind: 'received',
    amount: got,
    occurredOn: day,
    ...texts,
    transfer: { id, wallet: from.id, other: given },
  };
  const arrive = (): void => add(to, received, voided === 'both');
  if (arrives === 'last') last.push(arrive);
  else arrive();
}

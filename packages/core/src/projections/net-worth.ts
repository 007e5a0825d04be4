import { addDays, split, type CivilDate, type Period } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { WalletId } from '../ids.ts';
import { formatAmount, money, type Money } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import { convert } from '../rate.ts';
import { balanceBefore, bucketsBefore, type FlowReader } from '../wallet/balance-before.ts';
import { MAX_MONTHS } from './balance.ts';
import type { RateBook, UsedRate } from './rate-book.ts';

/** What a net worth is asked for: the day of the lines, and the stretches of the series. */
export interface NetWorthWanted {
  readonly currency: CurrencyCode;
  readonly on: CivilDate;
  readonly period: Period;
  readonly by: 'day' | 'month';
}

/** Money that left one wallet and has not come to the other: it belongs to somebody from `since` on. */
export interface TransitMoney {
  readonly amount: Money;
  readonly since: CivilDate;
}

/** What a wallet held at the end of `on`, and of each stretch. In minor units. */
export interface Holding {
  readonly walletId: WalletId;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly version: Version;
  readonly current: bigint;
  readonly series: readonly bigint[];
}

/** An amount in its own currency and in that of the report. Amounts are decimals. */
export interface Converted {
  readonly currency: CurrencyCode;
  readonly balance: string;
  /** Rounded once, half to even; null where nobody said a rate. */
  readonly converted: string | null;
  /** What it was converted by; null where there is none, and where none was needed. */
  readonly rate: UsedRate | null;
}
export interface NetWorthWallet extends Converted {
  readonly walletId: WalletId;
  readonly name: string;
  readonly version: Version;
}
/** What is in no total, because there is no rate. */
export interface Unconverted {
  readonly currency: CurrencyCode;
  readonly balance: string;
}
export interface NetWorthStep extends Period {
  /** At the end of the stretch. */
  readonly total: string;
  readonly unconverted: readonly Unconverted[];
}
export interface NetWorthReport {
  readonly currency: CurrencyCode;
  readonly on: CivilDate;
  readonly total: string;
  readonly wallets: readonly NetWorthWallet[];
  /** What is between wallets, by currency. */
  readonly inTransit: readonly Converted[];
  readonly unconverted: readonly Unconverted[];
  readonly series: readonly NetWorthStep[];
}

const MAX_DAYS = 1_000;

/** The stretches of the series. */
function netWorthSteps({ period, by }: Pick<NetWorthWanted, 'period' | 'by'>): readonly Period[] {
  return split(period, by, by === 'day' ? MAX_DAYS : MAX_MONTHS);
}

/** The days at whose ends balances are needed: that of the lines first, then one for each stretch. */
export function netWorthDays(wanted: Omit<NetWorthWanted, 'currency'>): readonly CivilDate[] {
  return [wanted.on, ...netWorthSteps(wanted).map(({ to }) => addDays(to, -1))];
}

/** The flow buckets of a wallet that {@link holdingIn} reads. */
export function netWorthBuckets(wanted: Omit<NetWorthWanted, 'currency'>): readonly string[] {
  return [...new Set(netWorthDays(wanted).flatMap((day) => bucketsBefore(addDays(day, 1))))];
}

/** What a wallet held, of its flows alone. */
export function holdingIn(
  wallet: Omit<Holding, 'current' | 'series'>,
  wanted: Omit<NetWorthWanted, 'currency'>,
  read: FlowReader,
): Holding {
  const [current = 0n, ...series] = netWorthDays(wanted).map((day) => balanceBefore(addDays(day, 1), read));
  return { ...wallet, current, series };
}

/** Turns amounts into one currency, and adds up those that have a rate. */
class Sum {
  readonly #to: CurrencyCode;
  readonly #book: RateBook;
  readonly #on: CivilDate;
  #total = 0n;
  readonly #left = new Map<CurrencyCode, bigint>();

  constructor(to: CurrencyCode, book: RateBook, on: CivilDate) {
    this.#to = to;
    this.#book = book;
    this.#on = on;
  }

  add(amount: Money): Converted {
    const { currency, minor } = amount;
    const shown = { currency, balance: formatAmount(amount) };
    const isPlain = currency === this.#to || minor === 0n;
    const found = isPlain ? undefined : this.#book.find(currency, this.#to, this.#on);
    if (!isPlain && found === undefined) {
      this.#left.set(currency, (this.#left.get(currency) ?? 0n) + minor);
      return { ...shown, converted: null, rate: null };
    }
    const converted = found === undefined ? money(minor, this.#to) : convert(amount, found.factor, this.#to);
    this.#total += converted.minor;
    return { ...shown, converted: formatAmount(converted), rate: found?.used ?? null };
  }

  get total(): string {
    return formatAmount(money(this.#total, this.#to));
  }

  get unconverted(): readonly Unconverted[] {
    return [...this.#left]
      .map(([currency, minor]) => ({ currency, balance: formatAmount(money(minor, currency)) }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1));
  }
}

/** What all wallets come to in one currency, on a day and at the end of each stretch. */
export function netWorth(
  wanted: NetWorthWanted,
  holdings: readonly Holding[],
  { book, transit }: { readonly book: RateBook; readonly transit: readonly TransitMoney[] },
): NetWorthReport {
  const { currency, on } = wanted;
  const sum = new Sum(currency, book, on);
  const wallets = holdings.map(({ walletId, name, version, currency: own, current }) => ({
    walletId,
    name,
    version,
    ...sum.add(money(current, own)),
  }));
  const inTransit = transitOn(transit, on).map((amount) => sum.add(amount));
  const series = netWorthSteps(wanted).map((step, index): NetWorthStep => {
    const day = addDays(step.to, -1);
    const then = new Sum(currency, book, day);
    for (const { currency: own, series: balances } of holdings) then.add(money(balances[index] ?? 0n, own));
    for (const amount of transitOn(transit, day)) then.add(amount);
    return { ...step, total: then.total, unconverted: then.unconverted };
  });
  return { currency, on, total: sum.total, wallets, inTransit, unconverted: sum.unconverted, series };
}

/** What was on its way on a day, by currency. */
function transitOn(transit: readonly TransitMoney[], on: CivilDate): readonly Money[] {
  const sums = new Map<CurrencyCode, bigint>();
  for (const { amount, since } of transit) {
    if (since <= on) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minor);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => money(minor, currency));
}

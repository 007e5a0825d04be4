import { addDays, periodOf, type CivilDate } from '../calendar.ts';
import { formatAmount } from '../money.ts';
import { oneLine } from './account-names.ts';
import type { JournalLimit } from './journal-source.ts';
import type { Journal, JournalWallet } from './journal.ts';

type Limit = JournalWallet['limits'][number];

/** How a tool says when a budget begins anew; undefined where it has no words for it. */
export type BudgetWords = (limit: JournalLimit) => string | undefined;

const ADVERBS = { day: 'daily', week: 'weekly', month: 'monthly', quarter: 'quarterly', year: 'yearly' } as const;

/** hledger takes any first day of weeks, months (one past the end of a month is its last) and years, not of quarters. */
export const hledgerWords: BudgetWords = (limit) => {
  const { period, firstDay = 1, startsOn } = limit;
  if (period === 'custom') return onceFrom(startsOn);
  const begins = firstDay === 1 ? ADVERBS[period] : shifted(period, firstDay);
  return begins === undefined ? undefined : `${begins} ${stretchOf(limit)}`;
};

function shifted(period: JournalLimit['period'], firstDay: number): string | undefined {
  if (period === 'week') return `every ${ordinal(firstDay)} day of week`;
  if (period === 'month') return `every ${ordinal(firstDay)} day of month`;
  return period === 'year' ? `every 1/${firstDay}` : undefined;
}

/** ledger begins months and longer on the first and weeks on a Sunday, whatever day is named; but it counts days from any. */
export const ledgerWords: BudgetWords = (limit) => {
  const { period, firstDay = 1, startsOn } = limit;
  if (period === 'custom') return onceFrom(startsOn);
  if (period === 'week') return `every 7 days ${stretchOf(limit)}`;
  return firstDay === 1 ? `${ADVERBS[period]} ${stretchOf(limit)}` : undefined;
};

/** Fava shares a budget out over the days of a week, wherever it begins, or of a month, quarter or year of the calendar. */
export const favaWords: BudgetWords = ({ period, firstDay = 1 }) => {
  if (period === 'custom') return undefined;
  return firstDay === 1 || period === 'week' ? ADVERBS[period] : undefined;
};

function stretchOf({ startsOn, endsOn }: JournalLimit): string {
  return `from ${startsOn}${endsOn === undefined ? '' : ` to ${endsOn}`}`;
}

/** A single time: what is daily, on one day. */
function onceFrom(day: CivilDate): string {
  return `daily from ${day} to ${addDays(day, 1)}`;
}

function ordinal(day: number): string {
  const last = day % 100 > 10 && day % 100 < 14 ? 0 : day % 10;
  return `${day}${['th', 'st', 'nd', 'rd'][last] ?? 'th'}`;
}

/** A limit with the words for it, where there are any. */
export interface PlannedBudget {
  readonly wallet: JournalWallet;
  readonly limit: Limit;
  readonly words: string | undefined;
  /** What it is, in a line. */
  readonly about: string;
}

/**
 * The limits of a journal as a tool is to be told. Of two that lie on one account at one time only the first is a budget: a tool
 * would add them up, or forget the first. `placeOf` says what one account is.
 */
export function plannedBudgets(
  { wallets }: Journal,
  words: BudgetWords,
  placeOf: (wallet: JournalWallet, limit: Limit) => string | undefined,
): readonly PlannedBudget[] {
  const written = new Map<string, Limit[]>();
  return wallets.flatMap((wallet) =>
    wallet.limits.map((given): PlannedBudget => {
      const limit = { ...given, startsOn: beginOf(given) };
      const place = limit.tag === undefined ? placeOf(wallet, limit) : undefined;
      const isOver = limit.endsOn !== undefined && limit.endsOn <= limit.startsOn;
      const said = place === undefined || isOver ? undefined : words(limit);
      const about = aboutLimit(wallet, limit);
      if (place === undefined || said === undefined) return { wallet, limit, words: undefined, about };
      const others = written.get(place) ?? [];
      if (others.some((other) => overlap(other, limit))) return { wallet, limit, words: undefined, about };
      written.set(place, [...others, limit]);
      return { wallet, limit, words: said, about };
    }),
  );
}

/** The first day of a limit's first period: the tools refuse a month that begins within one. */
function beginOf({ period, firstDay = 1, startsOn }: JournalLimit): CivilDate {
  return period === 'custom' ? startsOn : (periodOf({ kind: period, firstDay }, startsOn)?.from ?? startsOn);
}

function overlap(one: JournalLimit, other: JournalLimit): boolean {
  const isBefore = (first: JournalLimit, second: JournalLimit): boolean =>
    first.endsOn !== undefined && first.endsOn <= second.startsOn;
  return !isBefore(one, other) && !isBefore(other, one);
}

function aboutLimit({ name }: JournalWallet, { id, rollover, cap }: JournalLimit): string {
  const carries = { surplus: 'what is left is carried on', both: 'what is left or lacking is carried on' };
  const most = cap === undefined ? '' : `, at most ${formatAmount(cap)} ${cap.currency}`;
  return `Limit ${oneLine(id)} of ${oneLine(name)}${rollover === undefined ? '' : `, ${carries[rollover]}${most}`}`;
}

/** What a limit that no budget says is, and when. */
export function unsaid({ limit: { period, firstDay, startsOn, endsOn } }: PlannedBudget): string {
  const first = firstDay === undefined || firstDay === 1 ? '' : ` from day ${firstDay} of it`;
  return `${period}${first}, from ${startsOn}${endsOn === undefined ? '' : ` until ${endsOn}`}`;
}

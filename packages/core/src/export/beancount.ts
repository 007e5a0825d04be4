import { addDays, type CivilDate } from '../calendar.ts';
import { add, formatAmount, type Money } from '../money.ts';
import { beancountStyle, nameAccounts, oneLine, plainName, type Account } from './account-names.ts';
import { favaWords, plannedBudgets, unsaid, type PlannedBudget } from './journal-limits.ts';
import type { Journal, JournalTransaction } from './journal.ts';
import type { JournalTextOptions } from './plain-journal.ts';

/** Accounts are open from here on, or from the first transaction when that is earlier. */
const OPENED = '1970-01-01' as CivilDate;

/**
 * A journal for beancount (2.3.5 or newer), line by line. It passes `bean-check`; Fava shows the limits as budgets. Names of
 * accounts are encoded by {@link beancountPart}, and their `open` has the original as metadata. Exact up to 28 digits, which is
 * all that beancount's numbers hold.
 *
 * @example
 * [...beancountJournal(journalOf({ wallets: [cash] }))].map((line) => line.trim()).find((line) => line.startsWith('2026-10-14')); // '2026-10-14 * "" ^e-1'
 */
export function* beancountJournal(journal: Journal, { checks = 'closing' }: JournalTextOptions = {}): Generator<string> {
  const { accounts, wallets, transactions } = journal;
  const named = accounts.filter(({ parts }) => parts.length > 0);
  const names = nameAccounts(named, beancountStyle);
  const nameOf = ({ key }: Account): string => names.get(key) ?? '';
  const first = transactions[0]?.date ?? OPENED;
  yield '; Written by Kakeibo for beancount.\noption "title" "Kakeibo"\n';
  for (const currency of wallets.slice(0, 1).map((wallet) => wallet.currency))
    yield `option "operating_currency" ${quoted(currency)}\n`;
  for (const account of named) {
    yield `${first < OPENED ? first : OPENED} open ${nameOf(account)}\n  name: ${quoted(plainName(account))}\n`;
  }
  yield* budgetLines(journal, nameOf);
  const balances = createDayBalances(journal);
  for (const [at, transaction] of transactions.entries()) {
    yield* transactionLines(transaction, nameOf);
    balances.count(transaction);
    const isDayEnd = transactions[at + 1]?.date !== transaction.date;
    if (checks === 'each' && isDayEnd) yield* balanceLines(balances.takeMoved(), nameOf);
  }
  yield* balanceLines(balances.takeMoved(), nameOf);
}

interface DayBalance {
  readonly account: Account;
  readonly date: CivilDate;
  readonly balance: Money;
}

/** Sums the wallets up, and tells which have moved since it was asked last. */
function createDayBalances({ wallets }: Journal): {
  count(transaction: JournalTransaction): void;
  takeMoved(): readonly DayBalance[];
} {
  const keys = new Set(wallets.map(({ account }) => account.key));
  const balances = new Map<string, Money>();
  let moved = new Map<string, DayBalance>();
  return {
    count({ date, postings }) {
      for (const { account, amount } of postings) {
        if (!keys.has(account.key)) continue;
        const before = balances.get(account.key);
        const balance = before === undefined ? amount : add(before, amount);
        balances.set(account.key, balance);
        moved.set(account.key, { account, date, balance });
      }
    },
    takeMoved() {
      const taken = [...moved.values()];
      moved = new Map();
      return taken;
    },
  };
}

/** beancount looks at a balance at the beginning of a day. */
function* balanceLines(balances: readonly DayBalance[], nameOf: (account: Account) => string): Generator<string> {
  for (const { account, date, balance } of balances) {
    yield `${addDays(date, 1)} balance ${nameOf(account)}  ${formatAmount(balance)} ~ 0 ${balance.currency}\n`;
  }
}

function* transactionLines(transaction: JournalTransaction, nameOf: (account: Account) => string): Generator<string> {
  const { id, date, sequence, kind, payee, note, tags, metadata, postings } = transaction;
  const who = payee === undefined ? '' : `${quoted(payee)} `;
  const marks = tags.filter((tag) => /^[A-Za-z0-9][A-Za-z0-9_/.-]*$/.test(tag)).map((tag) => ` #${tag}`);
  yield `\n${date} * ${who}${quoted(note ?? '')}${marks.join('')} ^${id.replaceAll(/[^A-Za-z0-9_-]/g, '_')}\n`;
  yield `  eid: ${quoted(id)}\n  seq: ${sequence}\n  kind: ${quoted(kind)}\n`;
  for (const [name, value] of metadata) yield `  ${name}: ${quoted(value)}\n`;
  if (tags.length > 0) yield `  tags: ${quoted(tags.join(' '))}\n`;
  for (const { account, amount, note: part } of postings) {
    yield `  ${nameOf(account)}  ${formatAmount(amount)} ${amount.currency}\n`;
    if (part !== undefined) yield `    part: ${quoted(part)}\n`;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** A string. Line breaks are escaped: beancount refuses strings of more than 64 lines. */
function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  const escaped = text.toWellFormed().replace(/["\\\u0000-\u001f\u007f]/g, (character) => ESCAPES[character] ?? ' ');
  return `"${escaped}"`;
}

/** Limits as Fava reads budgets; where it cannot be said so, as a comment. The root alone is no account for beancount. */
function* budgetLines(journal: Journal, nameOf: (account: Account) => string): Generator<string> {
  const budgets = plannedBudgets(journal, favaWords, (_, { account, amount: { currency } }) =>
    nameOf(account) === '' ? undefined : `${account.key} in ${currency}`,
  );
  const begun = new Set(
    budgets.flatMap((budget) => (budget.words === undefined ? [] : [placeOf(budget, budget.limit.startsOn)])),
  );
  for (const budget of budgets) {
    const { limit, words, about } = budget;
    const { amount, account, startsOn, endsOn } = limit;
    if (words === undefined) {
      const what = limit.tag === undefined ? plainName(account) : `the tag ${limit.tag}`;
      yield `; ${about}, which no budget says: ${formatAmount(amount)} ${amount.currency} for ${oneLine(what)}, ${unsaid(budget)}\n`;
      continue;
    }
    const line = (day: CivilDate, sum: Money): string =>
      `${day} custom "budget" ${nameOf(account)} "${words}" ${formatAmount(sum)} ${sum.currency}\n`;
    yield `; ${about}\n${line(startsOn, amount)}`;
    // A budget holds until the next one of its account.
    if (endsOn !== undefined && !begun.has(placeOf(budget, endsOn))) yield line(endsOn, { ...amount, minor: 0n });
  }
}

/** Which budget a day's line is about. */
function placeOf({ limit: { account, amount } }: PlannedBudget, day: CivilDate): string {
  return `${day} ${amount.currency} ${account.key}`;
}

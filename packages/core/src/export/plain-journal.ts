/** The journal that hledger and ledger read alike. What they read apart is a dialect. */
import { exponentOf } from '../currency.ts';
import { formatAmount, type Money } from '../money.ts';
import { nameAccounts, oneLine, plainName, plainStyle, type Account } from './account-names.ts';
import { createBalanceChecks, type JournalChecks } from './journal-checks.ts';
import { plannedBudgets, unsaid, type BudgetWords } from './journal-limits.ts';
import type { Journal, JournalTransaction } from './journal.ts';
import { tagValue } from './tag-value.ts';

/** How a journal is written. */
export interface JournalTextOptions {
  /** Which balances the tool checks when it reads the journal: by default the closing balance of each wallet. */
  readonly checks?: JournalChecks;
}

/** Where hledger and ledger differ. */
export interface PlainDialect {
  /** The lines at the top. */
  readonly head: readonly string[];
  /** Whether the description takes a note after the payee, parted by `|`. */
  readonly noteInDescription: boolean;
  /** What stands below a limit's own line in a rule of a budget. */
  readonly budgetBalance: Account | undefined;
  readonly budgetWords: BudgetWords;
}

/** Names of what stands in comments, declared so that `ledger --pedantic` knows them. */
const TAGS = (
  'id kind note tags party part refunds transfer received received-payee received-note received-tags sent-to sent-from plan ' +
  'schedule due import category reverses original'
).split(' ');

/** The lines of a journal, each with its line break. */
export function* plainJournal(
  journal: Journal,
  dialect: PlainDialect,
  { checks = 'closing' }: JournalTextOptions,
): Generator<string> {
  const { budgetBalance } = dialect;
  const hasLimits = journal.wallets.some(({ limits }) => limits.length > 0);
  const accounts = budgetBalance === undefined || !hasLimits ? journal.accounts : [...journal.accounts, budgetBalance];
  const names = nameAccounts(accounts, plainStyle);
  const nameOf = ({ key }: Account): string => names.get(key) ?? '';
  yield* dialect.head.map((line) => `${line}\n`);
  for (const currency of journal.currencies) yield `commodity ${currency} 1000.${'0'.repeat(exponentOf(currency))}\n`;
  for (const tag of TAGS) yield `tag ${tag}\n`;
  for (const account of accounts) {
    yield `account ${nameOf(account)}\n`;
    if (nameOf(account) !== plainName(account)) yield `    ; original: ${tagValue(plainName(account))}\n`;
  }
  yield* budgetLines(journal, dialect, nameOf);
  const balanceAfter = createBalanceChecks(journal, checks);
  for (const transaction of journal.transactions) {
    yield '\n';
    yield* headLines(transaction, dialect);
    for (const posting of transaction.postings) {
      const balance = balanceAfter(posting);
      const check = balance === undefined ? '' : ` = ${plainAmount(balance)}`;
      const note = posting.note === undefined ? '' : `  ; part: ${tagValue(posting.note)}`;
      yield `    ${nameOf(posting.account)}  ${plainAmount(posting.amount)}${check}${note}\n`;
    }
  }
}

function plainAmount(amount: Money): string {
  return `${amount.currency} ${formatAmount(amount)}`;
}

function* headLines(
  { id, date, payee, note, tags, kind, metadata }: JournalTransaction,
  dialect: PlainDialect,
): Generator<string> {
  const who = described(payee ?? note ?? '');
  const why = dialect.noteInDescription && payee !== undefined && note !== undefined ? ` | ${described(note)}` : '';
  yield `${date} * (${id.replaceAll(/[^A-Za-z0-9_-]/g, '_')}) ${who}${why}\n`;
  const said: (readonly [string, string])[] = [['id', id], ['kind', kind], ...metadata];
  // Who reads the journal again takes a dash for nobody, and a description that is the note for the note.
  const isClear = payee === who && payee !== '-' && (note === undefined || described(note) !== who);
  if (payee !== undefined && !isClear) said.push(['party', payee]);
  if (note !== undefined) said.push(['note', note]);
  if (tags.length > 0) said.push(['tags', tags.join(' ')]);
  for (const [name, value] of said) yield `    ; ${name}: ${tagValue(value)}\n`;
}

/** A text that both tools take as a description: `;` begins a comment, `|` parts payee and note, none would be filled in. */
function described(text: string): string {
  const line = oneLine(text).replaceAll(';', '；').replaceAll('|', '¦');
  return line === '' ? '-' : line;
}

/** Limits as rules of a budget; where no rule can say one, as a comment. */
function* budgetLines(
  journal: Journal,
  { budgetBalance, budgetWords }: PlainDialect,
  nameOf: (account: Account) => string,
): Generator<string> {
  // What two wallets allow for one category adds up, in the tools too.
  for (const budget of plannedBudgets(journal, budgetWords, ({ id }, { account }) => `${account.key} in ${id}`)) {
    const { limit, words, about } = budget;
    const amount = plainAmount(limit.amount);
    if (words === undefined) {
      const what = limit.tag === undefined ? nameOf(limit.account) : `the tag ${oneLine(limit.tag)}`;
      yield `\n; ${about}, which no budget says: ${amount} for ${what}, ${unsaid(budget)}\n`;
      continue;
    }
    yield `\n; ${about}\n~ ${words}\n`;
    if (budgetBalance === undefined) yield `    (${nameOf(limit.account)})  ${amount}\n`;
    else yield `    ${nameOf(limit.account)}  ${amount}\n    ${nameOf(budgetBalance)}\n`;
  }
}

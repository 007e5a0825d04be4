import { assert } from '../assert.ts';

/** The five kinds of accounts that hledger, ledger and beancount know by name; nothing here owes, so there are no liabilities. */
export type AccountRoot = 'Assets' | 'Income' | 'Expenses' | 'Equity';

/** An account of a journal, before a tool's rules for names. */
export interface Account {
  /** Unlike any other account's of the journal: two wallets may bear one name. */
  readonly key: string;
  readonly root: AccountRoot;
  /** The names below the root as people wrote them; none is the root itself. */
  readonly parts: readonly string[];
  /** Another account of this name has the first right to it. */
  readonly yields?: true;
}

/** How a tool writes one part of an account's name, and what tells apart two that would come out alike. */
export interface NameStyle {
  part(text: string): string;
  numbered(name: string, number: number): string;
}

/** What an account is called before a tool's rules: what it should be called whenever it can. */
export function plainName({ root, parts }: Account): string {
  return [root, ...parts].join(':');
}

/**
 * Gives each account a name of its own by a tool's rules. Names that the rules leave as they are come first; of two accounts
 * that come out alike the later one gets a number, so that no two figures run into one.
 *
 * @example
 * const cash = (key) => ({ key, root: 'Assets', parts: ['Cash'] });
 * [...nameAccounts([cash('a'), cash('b')], plainStyle).values()]; // ['Assets:Cash', 'Assets:Cash 2']
 */
export function nameAccounts(accounts: readonly Account[], style: NameStyle): ReadonlyMap<string, string> {
  const wished = accounts.map((account) => ({
    account,
    name: [account.root, ...account.parts.map(style.part)].join(':'),
  }));
  const isUnchanged = ({ account, name }: (typeof wished)[number]): boolean => name === plainName(account);
  const unchanged = wished
    .filter(isUnchanged)
    .sort((one, other) => Number(one.account.yields ?? 0) - Number(other.account.yields ?? 0));
  const changed = wished.filter((each) => !isUnchanged(each));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { account, name } of [...unchanged, ...changed]) {
    assert(!names.has(account.key), 'a journal lists each account once');
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = style.numbered(name, number);
    taken.add(free);
    names.set(account.key, free);
  }
  return names;
}

// Blanks of all kinds, control characters, and marks that turn the direction of the text around them.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSEEN = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** One line without what cannot be seen: any run of blanks is one blank. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSEEN, ' ').trim();
}

/**
 * A part of an account's name that hledger and ledger read alike: they end a name at two blanks or a tab, part it at `:`, and
 * newer hledgers take `;` for a comment.
 */
function plainPart(text: string): string {
  const part = oneLine(text).replaceAll(';', '；').replaceAll(':', '-');
  return part === '' ? '-' : part;
}

/**
 * How hledger and ledger name accounts.
 *
 * @example
 * plainStyle.part('Rent;  heat:gas'); // 'Rent； heat-gas'
 */
export const plainStyle: NameStyle = { part: plainPart, numbered: (name, number) => `${name} ${number}` };

// Letters that beancount takes inside a name: scripts whose letters have long been settled, so that its table and the one of
// the runtime agree. Everything else is written as a number.
const KEPT =
  /^[A-WYZa-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3]$/u;
const MAY_BEGIN = /^[A-WYZ0-9\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a1\u03a3-\u03a9\u0410-\u042f]$/u;

/**
 * A part of an account's name for beancount. A blank becomes `-`; what it does not take becomes its code point in hexadecimal
 * between two `X`, the letter `X` itself too; and a part that begins with what may not come first gets `X-` before it. So
 * {@link fromBeancountPart} can read it back, and two different parts never come out alike.
 *
 * @example
 * beancountPart('Bed & breakfast'); // 'Bed-X26X-breakfast'
 * beancountPart('café'); // 'X-café'
 */
export function beancountPart(text: string): string {
  const characters = Array.from(text, (character) => {
    if (character === ' ') return '-';
    return KEPT.test(character) ? character : `X${(character.codePointAt(0) ?? 0).toString(16)}X`;
  });
  // A number between two X begins with a capital as it must.
  const begins = characters[0] !== undefined && (MAY_BEGIN.test(characters[0]) || characters[0].startsWith('X'));
  return `${begins ? '' : 'X-'}${characters.join('')}`;
}

/**
 * What {@link beancountPart} was given.
 *
 * @example
 * fromBeancountPart('X-café'); // 'café'
 */
export function fromBeancountPart(part: string): string {
  const begun = part.startsWith('X-') ? part.slice(2) : part;
  return begun.replace(/X([0-9a-f]{1,6})X|-/gu, (_, hex?: string) =>
    hex === undefined ? ' ' : String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10_ffff)),
  );
}

/** How beancount names accounts. */
export const beancountStyle: NameStyle = { part: beancountPart, numbered: (name, number) => `${name}-${number}` };

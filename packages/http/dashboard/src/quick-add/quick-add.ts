import type { EntryKind } from '../api/entry-types.ts';
import type { Kind } from '../api/types.ts';
import { amountAtStart, parseAmount } from '../money/parse-amount.ts';
import { readDay } from './day-words.ts';
import { readTags } from './tags.ts';

/** What the line may lean on: the wallet's day and currency, and what was booked before. */
export interface QuickAddContext {
  readonly today: string;
  readonly decimals: number;
  readonly currency: string;
  readonly categories: readonly string[];
  /** Newest first. */
  readonly history: readonly { readonly kind: EntryKind; readonly note: string | null; readonly category: string | null }[];
  /** Other open wallets in the same currency: "500 to Savings" is a transfer. */
  readonly others?: readonly Destination[];
  /** Words that the person has said are words, not a day or an amount. */
  readonly plain?: ReadonlySet<string>;
}

export interface Destination {
  readonly id: string;
  readonly name: string;
}

export interface Unsure {
  readonly text: string;
  readonly as: 'amount' | 'day' | 'category';
}

export interface QuickAdd {
  readonly kind: Kind;
  readonly amount: string | undefined;
  readonly amountFault: string | undefined;
  readonly note: string | null;
  readonly category: string | null;
  /** How the category was found: typed as it is, matched to one used before, typed and new, taken from the last time, or not at all. */
  readonly categoryFrom: 'typed' | 'matched' | 'new' | 'habit' | 'none';
  readonly tags: readonly string[];
  /** Where a transfer goes; nothing when it is an entry. */
  readonly to: Destination | undefined;
  readonly occurredOn: string;
  readonly dayTyped: boolean;
  readonly unsure: readonly Unsure[];
  /** The first thing that is missing, in words; nothing when it can be booked. */
  readonly missing: string | undefined;
}

const TOKENS = /@"[^"]*"?|\S+/g;
const MOST_PARTS = 8;
const LONGEST_PART = 60;
const LONGEST_NOTE = 500;

export const plainForm = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** Reads "12.50 coffee @Food:Cafe yesterday". Nothing in it is final: what it is unsure of, it says. */
export function parseQuickAdd(line: string, context: QuickAddContext): QuickAdd {
  const unsure: Unsure[] = [];
  const words: string[] = stripCurrency(line, context.currency).match(TOKENS) ?? [];
  const tags = takeTags(words);
  const amount = takeAmount(words, context, unsure);
  const typed = takeCategory(words);
  const day = takeDay(words, context, unsure);
  const to = typed === undefined && !amount.income ? takeDestination(words, context.others ?? []) : undefined;
  const note = words.join(' ').trim().slice(0, LONGEST_NOTE) || null;
  const kind: Kind = amount.income ? 'income' : 'expense';
  const found =
    to !== undefined
      ? NO_CATEGORY
      : typed === undefined
        ? habitOf(note, kind, context)
        : matchCategory(typed, context.categories);
  if (found.from === 'matched' || found.from === 'habit') unsure.push({ text: found.category ?? '', as: 'category' });
  return {
    kind,
    amount: amount.value,
    amountFault: amount.fault,
    note,
    category: found.category,
    categoryFrom: found.from,
    tags,
    to,
    occurredOn: day ?? context.today,
    dayTyped: day !== undefined,
    unsure,
    missing: missing(to === undefined ? kind : 'income', amount, found.category),
  };
}

interface TakenAmount {
  readonly value: string | undefined;
  readonly fault: string | undefined;
  readonly income: boolean;
}

function stripCurrency(line: string, currency: string): string {
  return line
    .replace(/[€$£¥](?=\s?[\d.,+])/g, '')
    .replace(/(\d)\s?[€$£¥](?=\s|$)/g, '$1')
    .replace(new RegExp(String.raw`(\d)\s?${currency}(?=\s|$)`, 'gi'), '$1');
}

function takeAmount(words: string[], context: QuickAddContext, unsure: Unsure[]): TakenAmount {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (context.plain?.has(word.toLowerCase()) === true) continue;
    const day = readDay(words.slice(at), context.today);
    if (day !== undefined && !(day.used === 2 && at === 0 && !laterAmount(words, at + 2))) {
      at += day.used - 1;
      continue;
    }
    const income = word.startsWith('+');
    const rest = words
      .slice(at)
      .join(' ')
      .replace(/^[+\-\u2212]\s*/, '');
    const expression = /^[+\-\u2212.,\d]/.test(word) ? amountAtStart(rest) : undefined;
    if (expression === undefined) continue;
    const parsed = parseAmount(expression, context.decimals);
    removeText(words, at, expression);
    if (!parsed.ok) return { value: undefined, fault: parsed.reason, income };
    if (parsed.unsure) unsure.push({ text: expression, as: 'amount' });
    return { value: parsed.amount, fault: undefined, income };
  }
  return { value: undefined, fault: undefined, income: words[0]?.startsWith('+') === true };
}

/** "12 oct" at the start is a day only when an amount comes after it: "12 mar" alone is twelve for "mar". */
function laterAmount(words: readonly string[], from: number): boolean {
  return words.slice(from).some((word) => amountAtStart(word.replace(/^\+/, '')) === word.replace(/^\+/, ''));
}

/** Takes the words of an expression out, which may be several: "4 + 3.50". */
function removeText(words: string[], at: number, expression: string): void {
  let left = expression.replace(/\s/g, '');
  while (left !== '' && at < words.length) {
    const word = (words[at] ?? '').replace(/^[+\-\u2212](?=\S)/, (sign) => (left.startsWith(sign) ? sign : ''));
    words.splice(at, 1);
    if (word === '+' && !left.startsWith('+')) continue;
    left = left.slice(word.length);
  }
}

function takeCategory(words: string[]): string | undefined {
  const at = words.findIndex((word) => word.startsWith('@') && word.length > 1);
  if (at < 0) return undefined;
  const [word = ''] = words.splice(at, 1);
  const path = word.slice(1).replaceAll('"', '').replace(/[,;]$/, '');
  const parts = path
    .split(':')
    .map((part) => part.trim().slice(0, LONGEST_PART))
    .filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.slice(0, MOST_PARTS).join(':');
}

/** `#trip` is a tag. */
function takeTags(words: string[]): readonly string[] {
  const tags = words.filter((word) => /^#[^#]/.test(word));
  for (const tag of tags) words.splice(words.indexOf(tag), 1);
  return readTags(tags.join(' '));
}

function takeDay(words: string[], context: QuickAddContext, unsure: Unsure[]): string | undefined {
  for (let at = 0; at < words.length; at += 1) {
    if (context.plain?.has((words[at] ?? '').toLowerCase()) === true) continue;
    const found = readDay(words.slice(at), context.today);
    if (found === undefined) continue;
    const text = words.splice(at, found.used).join(' ');
    if (at > 0 && words[at - 1]?.toLowerCase() === 'on') words.splice(at - 1, 1);
    if (found.unsure) unsure.push({ text, as: 'day' });
    return found.day;
  }
  return undefined;
}

interface FoundCategory {
  readonly category: string | null;
  readonly from: QuickAdd['categoryFrom'];
}

const NO_CATEGORY: FoundCategory = { category: null, from: 'none' };

/** "to Savings": the longest name that follows, without regard to case and accents. */
function takeDestination(words: string[], others: readonly Destination[]): Destination | undefined {
  for (const [at, word] of words.entries()) {
    if (word.toLowerCase() !== 'to') continue;
    for (let end = words.length; end > at + 1; end -= 1) {
      const wanted = plainForm(words.slice(at + 1, end).join(' '));
      const found = others.find((each) => plainForm(each.name) === wanted);
      if (found === undefined) continue;
      words.splice(at, end - at);
      return found;
    }
  }
  return undefined;
}

function matchCategory(typed: string, known: readonly string[]): FoundCategory {
  if (known.includes(typed)) return { category: typed, from: 'typed' };
  const wanted = plainForm(typed);
  const same = known.find((each) => plainForm(each) === wanted);
  if (same !== undefined) return { category: same, from: 'typed' };
  const leaf = known.find((each) => plainForm(each).endsWith(`:${wanted}`));
  return leaf === undefined ? { category: typed, from: 'new' } : { category: leaf, from: 'matched' };
}

function habitOf(note: string | null, kind: Kind, context: QuickAddContext): FoundCategory {
  const wanted = note === null ? '' : plainForm(note);
  const before = context.history.find(
    (entry) => entry.kind === kind && entry.category !== null && entry.note !== null && plainForm(entry.note) === wanted,
  );
  return before?.category == null ? { category: null, from: 'none' } : { category: before.category, from: 'habit' };
}

function missing(kind: Kind, amount: TakenAmount, category: string | null): string | undefined {
  if (amount.fault !== undefined) return amount.fault;
  if (amount.value === undefined) return 'Write an amount, as in 12.50.';
  if (kind === 'expense' && category === null) return 'Which category? Type @ and its name.';
  return undefined;
}

import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import type { EntryChanges } from './commands.ts';
import type { EntryFacts, EntryKind, EntrySource } from './events.ts';
import { isRejection, parseCategory, parseDay, parseNote, parseSum, reject } from './parse.ts';

/** What reading an entry's texts depends on; `before` is what the entry says now, when it is a correction. */
export interface FactsContext {
  readonly currency: CurrencyCode;
  readonly today: CivilDate;
  readonly before?: EntryFacts;
  readonly source?: EntrySource;
}

/** Reads what an entry is to say; the first fault, in the order of the rejection codes, is what comes. */
export function factsOf(kind: EntryKind, texts: EntryChanges, context: FactsContext): EntryFacts | Rejection {
  const { currency, today, before } = context;
  const amount = texts.amount === undefined ? before?.amount : parseSum(texts.amount, currency, { zero: false });
  if (amount === undefined) return reject('amount-malformed', 'An entry has an amount, like 12.50.', 'amount');
  if (isRejection(amount)) return amount;
  const category = categoryOf(kind, texts, before);
  if (isRejection(category)) return category;
  const note = texts.note === undefined ? before?.note : texts.note === null ? undefined : parseNote(texts.note);
  if (isRejection(note)) return note;
  const occurredOn = texts.occurredOn === undefined ? (before?.occurredOn ?? today) : parseDay(texts.occurredOn, 'occurredOn');
  if (isRejection(occurredOn)) return occurredOn;
  const source = context.source ?? before?.source;
  return {
    kind,
    amount,
    occurredOn,
    ...(category === undefined ? {} : { category }),
    ...(note === undefined ? {} : { note }),
    ...(source === undefined ? {} : { source }),
  };
}

function categoryOf(kind: EntryKind, texts: EntryChanges, before: EntryFacts | undefined): string | undefined | Rejection {
  const { category } = texts;
  if (category === undefined && before?.category !== undefined) return before.category;
  if (kind === 'income' && (category === undefined || category === null || category.trim() === '')) return undefined;
  return parseCategory(category ?? '');
}

import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Money } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { bytesOf } from './codec.ts';
import type { EntryChanges } from './entry-commands.ts';
import type { EntryFacts, EntryKind, EntryPart, EntrySource } from './entry-facts.ts';
import { isRejection, parseCategory, parseDay, parseNote, parsePayee, parseSum, parseTags, reject } from './parse.ts';
import { partsDiffer, partsOf } from './parts.ts';

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
  const amount = texts.amount === undefined ? before?.amount : parseSum(texts.amount, currency);
  if (amount === undefined) return reject('amount-malformed', 'An entry has an amount, like 12.50.', 'amount');
  if (isRejection(amount)) return amount;
  const purpose = purposeOf(kind, texts, amount, before);
  if (isRejection(purpose)) return purpose;
  const payee = changed(texts.payee, before?.payee, parsePayee);
  if (isRejection(payee)) return payee;
  const tags = changed(texts.tags, before?.tags, parseTags);
  if (isRejection(tags)) return tags;
  const note = changed(texts.note, before?.note, parseNote);
  if (isRejection(note)) return note;
  const occurredOn = texts.occurredOn === undefined ? (before?.occurredOn ?? today) : parseDay(texts.occurredOn, 'occurredOn');
  if (isRejection(occurredOn)) return occurredOn;
  const source = context.source ?? before?.source;
  return sized({
    kind,
    amount,
    occurredOn,
    ...purpose,
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
    ...(note === undefined ? {} : { note }),
    ...(source === undefined ? {} : { source }),
    ...tiesOf(before),
  });
}

/** A correction holds an entry twice, before and after, and takes 16 KiB at the most. */
const MAX_ENTRY_BYTES = 7_500;
/** So many UTF-16 units of text stay under it in any script. */
const SMALL_TEXT = 2_000;

/** An entry, or the refusal of one that some event about it could not hold. */
export function sized(entry: EntryFacts): EntryFacts | Rejection {
  const { category, parts, payee, tags, note, source } = entry;
  const texts = [category, payee, note, source?.fingerprint, source?.bankId, source?.bankAccount, tags?.join()];
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  // Counting bytes costs more than all the rest, and nearly every entry of a large file is small.
  if (parts === undefined && length <= SMALL_TEXT) return entry;
  const bytes = bytesOf(entry);
  if (bytes <= MAX_ENTRY_BYTES) return entry;
  const message = `The texts of an entry take at most ${MAX_ENTRY_BYTES} bytes in all, these take ${bytes}. Shorten notes, or split it into fewer parts.`;
  return reject('entry-too-large', message, parts === undefined ? 'note' : 'parts', { bytes, most: MAX_ENTRY_BYTES });
}

/** A text that stays, goes (null), or is read anew. */
function changed<Text, Value>(
  text: Text | null | undefined,
  before: Value | undefined,
  parse: (text: Text) => Value | undefined | Rejection,
): Value | undefined | Rejection {
  if (text === undefined) return before;
  return text === null ? undefined : parse(text);
}

/** What a correction never changes: what an entry is tied to. */
function tiesOf(before: EntryFacts | undefined): Partial<EntryFacts> {
  if (before === undefined) return {};
  const { refunds, transfer, plan, schedule } = before;
  return {
    ...(refunds === undefined ? {} : { refunds }),
    ...(transfer === undefined ? {} : { transfer }),
    ...(plan === undefined ? {} : { plan }),
    ...(schedule === undefined ? {} : { schedule }),
  };
}

type Purpose = { readonly category?: string } | { readonly parts: readonly EntryPart[] };

/** The category or the parts: those given, or those there were. */
function purposeOf(kind: EntryKind, texts: EntryChanges, amount: Money, before: EntryFacts | undefined): Purpose | Rejection {
  if (kind === 'sent' || kind === 'received') return {};
  const { parts } = texts;
  if (parts !== undefined && parts !== null) {
    if (typeof texts.category === 'string')
      return reject('parts-invalid', 'An entry has a category or parts, not both.', 'parts');
    const read = partsOf(parts, amount);
    return isRejection(read) ? read : { parts: read };
  }
  if (texts.category === undefined && parts === undefined && before?.parts !== undefined) {
    return partsDiffer(before.parts, amount) ?? { parts: before.parts };
  }
  const category = categoryOf(kind, texts.category, before);
  if (isRejection(category)) return category;
  return category === undefined ? {} : { category };
}

function categoryOf(
  kind: EntryKind,
  text: string | null | undefined,
  before: EntryFacts | undefined,
): string | undefined | Rejection {
  if (text === undefined && before?.category !== undefined) return before.category;
  if (kind === 'income' && (text === undefined || text === null || text.trim() === '')) return undefined;
  return parseCategory(text ?? '');
}

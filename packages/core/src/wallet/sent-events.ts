import type { CivilDate } from '../calendar.ts';
import { parseCurrency, type CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import type { Money } from '../money.ts';
import { REJECTION_CODES, type Rejection } from '../outcome.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { ExpenseAdded } from './events.ts';
import { factsOf } from './facts.ts';
import { isRejection, parseSum, reject } from './parse.ts';
import type { TransferDetails } from './transfer-commands.ts';
import type { TransferSent } from './transfer-events.ts';

/** What sending depends on beside what was typed. */
export interface SendContext {
  readonly currency: CurrencyCode;
  readonly today: CivilDate;
  /** The ids of the entry, which is the transfer's too, and of the fee. */
  readonly entryId: EntryId;
  readonly feeId: EntryId;
  /** What the entry comes from, when it was a plan or a schedule. */
  readonly ties?: Pick<EntryFacts, 'plan' | 'schedule'>;
}

/**
 * The events of a transfer that leaves: the transfer, and its fee when it has one. The fee alone is spending, so it alone is
 * judged by limits. The first fault in the order of the rejection codes is what comes.
 */
export function sentEvents(details: TransferDetails, context: SendContext): readonly (TransferSent | ExpenseAdded)[] | Rejection {
  const { currency, today, entryId, feeId, ties = {} } = context;
  const { to, fee, amount, payee, tags, note, occurredOn } = details;
  const facts = factsOf('sent', pruned({ amount, payee, tags, note, occurredOn }), { currency, today });
  const other = otherOf(details, currency);
  const cost = fee === undefined ? undefined : feeOf(fee, details, context);
  const faults = [facts, other, cost].filter(isRejection);
  if (isRejection(facts) || isRejection(other) || isRejection(cost)) return firstOf(faults);
  const transfer = { id: entryId, wallet: to, other };
  const sent: TransferSent = { type: 'TransferSent', entryId, entry: { ...facts, ...ties, kind: 'sent', transfer } };
  if (cost === undefined) return [sent];
  return [sent, { type: 'ExpenseAdded', entryId: feeId, entry: { ...cost, kind: 'expense' } }];
}

/** What arrives. Within one currency it is what left, so that sending makes no money and loses none. */
function otherOf({ amount, toCurrency, toAmount }: TransferDetails, currency: CurrencyCode): Money | Rejection {
  const target = parseCurrency(toCurrency);
  if (target === undefined) return reject('currency-unknown', `There is no currency ${toCurrency.slice(0, 20)}.`, 'toCurrency');
  if (toAmount === undefined) {
    if (target === currency) return parseSum(amount, currency);
    return reject('amount-malformed', `Say how much arrives in ${target}: no rate is guessed.`, 'toAmount');
  }
  const other = parseSum(toAmount, target);
  if (isRejection(other)) return { ...other, field: 'toAmount' };
  const own = parseSum(amount, currency);
  if (target !== currency || isRejection(own) || own.minor === other.minor) return other;
  return reject('amounts-differ', 'Within one currency what leaves arrives. Book what sending cost as its fee.', 'toAmount');
}

function feeOf(
  { amount, category }: NonNullable<TransferDetails['fee']>,
  { occurredOn, payee }: TransferDetails,
  { currency, today }: SendContext,
): EntryFacts | Rejection {
  const facts = factsOf('expense', pruned({ amount, category, occurredOn, payee }), { currency, today });
  const own = isRejection(facts) && (facts.field === 'amount' || facts.field === 'category');
  return own ? { ...facts, field: `fee.${facts.field}` } : facts;
}

/** Leaves out what was not given. */
function pruned<Texts extends object>(texts: Texts): { [Name in keyof Texts]?: Exclude<Texts[Name], undefined> } {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Texts]?: Exclude<Texts[Name], undefined>;
  };
}

/** The refusal that comes when several apply. */
function firstOf(faults: readonly Rejection[]): Rejection {
  const [first] = faults.toSorted((a, b) => REJECTION_CODES.indexOf(a.code) - REJECTION_CODES.indexOf(b.code));
  return first as Rejection;
}

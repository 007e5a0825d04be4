import { formatMinor, parseAmount } from '../money.ts';
import { exponentOf } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import { entries, type Entry } from './entries.ts';
import type { EntryChanges } from './entry-commands.ts';
import { reject } from './parse.ts';
import { entryOf, type Need, type WalletState } from './state.ts';

/** An entry that is there. */
type Booked = Pick<Entry, 'refunded' | 'voided'> & { readonly facts: NonNullable<Entry['facts']> };

/** The expense that an entry refunds. */
export function refundNeeds({ facts }: Entry): readonly Need[] {
  return facts?.refunds === undefined ? [] : [{ projection: entries, bucket: facts.refunds }];
}

/** What can still come back of an expense, in minor units. */
export function refundable({ facts, refunded }: Booked): bigint {
  return BigInt(facts.amount) - BigInt(refunded);
}

/** Refuses a refund that is more than is left of its expense. */
export function refundTooLarge(left: bigint, currency: NonNullable<Entry['facts']>['currency']): Rejection {
  const exponent = exponentOf(currency);
  const text = formatMinor(left, exponent);
  return reject('refund-too-large', `At most ${text} of this expense can still come back.`, 'amount', { left: text });
}

/**
 * Keeps refunds within their expense when an entry is corrected or restored: a refund may not grow past what is left, an expense
 * may not shrink below what came back, nor stop being one.
 */
export function refundFault(state: WalletState, entry: Booked, { amount, kind }: EntryChanges): Rejection | undefined {
  const { facts, refunded, voided } = entry;
  const wanted = amount === undefined ? BigInt(facts.amount) : minorOf(amount, facts.currency);
  if (wanted === undefined) return undefined;
  if (refunded !== '0') {
    if (kind !== undefined && kind !== facts.kind) {
      return reject('entry-refunded', 'Money came back of this expense, so it stays one. Void its refunds first.', 'kind');
    }
    if (wanted < BigInt(refunded)) {
      const text = formatMinor(BigInt(refunded), exponentOf(facts.currency));
      return reject('refund-too-large', `${text} of this expense came back. It cannot be less.`, 'amount', { refunded: text });
    }
  }
  if (facts.refunds === undefined) return undefined;
  const original = entryOf(state, facts.refunds);
  if (original.voided !== false)
    return reject('entry-void', 'The expense that it refunds is void. Restore that first.', 'entryId');
  if (original.facts?.kind !== 'expense') {
    return reject('kind-invalid', 'What it refunds is no expense any more. Make it one again first.', 'entryId');
  }
  const left = refundable({ ...original, facts: original.facts }) + (voided === false ? BigInt(facts.amount) : 0n);
  return wanted > left ? refundTooLarge(left, facts.currency) : undefined;
}

/** An amount that can be read; what cannot is refused elsewhere. */
function minorOf(text: string, currency: NonNullable<Entry['facts']>['currency']): bigint | undefined {
  const amount = parseAmount(text, currency);
  return typeof amount === 'object' ? amount.minor : undefined;
}

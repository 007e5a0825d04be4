import type { BankRecord, BankRecordPart, CurrencyCode } from '@kakeibo/core';
import { isUncategorised, partNote, textsOf } from './journal-texts.ts';
import {
  journalDecimal,
  sumOf,
  type JournalAmount,
  type JournalPosting,
  type JournalTransaction,
} from './journal-transaction.ts';

interface Moved {
  readonly account: string;
  readonly commodity: string;
  readonly currency: CurrencyCode;
}

const CATEGORY = /^(?:expenses?|income|revenues?):(.+)$/i;
const OWN = /^(?:assets?|liabilit(?:y|ies))(?::|$)/i;
/** Where journals balance what is exchanged. */
const CONVERSION = /^equity:(?:conversion|trading)/i;

/** What a transaction is for one account and commodity: with a category, with parts, or a transfer; or why it is none of them. */
export function recordIn(transaction: JournalTransaction, { account, commodity, currency }: Moved): BankRecord {
  const own = transaction.postings.filter((posting) => posting.account === account);
  const others = transaction.postings.filter((posting) => posting.account !== account && !CONVERSION.test(posting.account));
  const amount = sumOf(own.flatMap(({ amounts }) => amounts).filter((each) => each.commodity === commodity));
  const { id, payee, note, tags } = textsOf(transaction, amount.mantissa > 0n);
  const target = isUncategorised(transaction) ? {} : targetOf(transaction, others, { amount, commodity });
  return {
    line: transaction.line,
    text: `${transaction.date} ${transaction.description.slice(0, 100)} ${account} ${journalDecimal(amount)} ${commodity}`,
    date: transaction.date,
    amount: journalDecimal(amount),
    currency: commodity === '' ? currency : commodity,
    payee,
    note: [note, target.transfer === undefined ? '' : `[${target.transfer}]`].filter(Boolean).join(' · '),
    tags: target.transfer === undefined ? tags : [...tags, 'transfer'],
    bankId: id,
    ...(target.category === undefined ? {} : { category: target.category }),
    ...(target.parts === undefined ? {} : { parts: target.parts }),
    ...(target.trouble === undefined ? {} : { trouble: target.trouble }),
  };
}

interface Target {
  readonly category?: string;
  readonly parts?: readonly BankRecordPart[];
  readonly transfer?: string;
  readonly trouble?: NonNullable<BankRecord['trouble']>;
}

function targetOf(
  transaction: JournalTransaction,
  others: readonly JournalPosting[],
  { amount, commodity }: { readonly amount: JournalAmount; readonly commodity: string },
): Target {
  const accounts = others.filter(({ account }) => OWN.test(account));
  const rest = others.filter(({ account }) => !OWN.test(account));
  const [other] = accounts;
  if (other === undefined) return categories(transaction, rest, commodity);
  if (rest.length === 0) return { transfer: other.account };
  const names = new Set(rest.map(({ account }) => account));
  const out = amount.mantissa < 0n;
  const oneWay = accounts.every(({ amounts }) => amounts.every(({ mantissa }) => mantissa < 0n === out));
  // Paid from two accounts at once: each pays its share of the one category.
  if (names.size === 1 && oneWay) return { category: categoryOf(rest[0]?.account ?? '') };
  // The other side of a transfer with a fee: it gets all that it moves from the one account.
  const counterpart = accounts.find(({ amounts }) => amounts.every(({ mantissa }) => mantissa < 0n !== out));
  const paidByOther = rest.every(({ costs }) => costs.every(({ mantissa }) => mantissa < 0n === out));
  if (accounts.length === 1 && counterpart !== undefined && paidByOther) return { transfer: counterpart.account };
  const reason = `The transaction is a transfer to ${other.account.slice(0, 60)} and more; book the parts one by one.`;
  return { trouble: { code: 'parts-mixed', reason } };
}

function categories(transaction: JournalTransaction, rest: readonly JournalPosting[], commodity: string): Target {
  const parts: BankRecordPart[] = [];
  for (const posting of rest) {
    const { account, costs } = posting;
    const note = partNote(transaction, posting);
    for (const cost of costs) {
      if (cost.commodity !== commodity) {
        const reason = `A posting is in ${cost.commodity.slice(0, 20)}, the account in ${commodity.slice(0, 20)}.`;
        return { trouble: { code: 'currency-differs', reason } };
      }
      const amount = journalDecimal({ mantissa: -cost.mantissa, places: cost.places });
      parts.push({ category: categoryOf(account), amount, ...(note === '' ? {} : { note }) });
    }
  }
  return parts.length === 0 ? {} : { parts };
}

function categoryOf(account: string): string {
  return CATEGORY.exec(account)?.[1] ?? account;
}

import { refuseFile, type BankFileRefusal } from '@kakeibo/core';
import { amountWith, type WrittenAmount } from './journal-amount.ts';
import type { JournalMarks } from './journal-marks.ts';
import { costAt, sumOf, type JournalAmount, type JournalPosting, type JournalTransaction } from './journal-transaction.ts';
import type { WrittenPosting, WrittenTransaction } from './journal-written.ts';

type Names = ReadonlyMap<string, string>;
type Read = (JournalPosting & { readonly isPriced: boolean }) | undefined;

/** A transaction as it is meant: with the amount that was left out, and without virtual postings, which move no money. */
export function balanced(written: WrittenTransaction, marks: JournalMarks, names: Names): JournalTransaction | BankFileRefusal {
  const { line, date, description, tags } = written;
  const real = written.postings.filter(({ account }) => !/^(?:\(.*\)|\[.*\])$/.test(account));
  const postings: Read[] = [];
  for (const posting of real) {
    const read = posting.figures === undefined ? undefined : readPosting(posting, marks, names);
    if (read !== undefined && 'kind' in read) return read;
    postings.push(read);
  }
  const left = leftOver(postings);
  const elided = real.filter(({ figures }) => figures === undefined);
  if (elided.length > 1) return unbalanced(elided[1]?.line ?? line, 'is the second posting without an amount');
  // An exact sum may have more decimals than the tool has rounded it to, where a price is written; and of two commodities one
  // is the price of the other.
  if (elided.length === 0 && left.length === 1 && !postings.some((each) => each?.isPriced === true)) {
    return unbalanced(line, 'begins a transaction that does not come to nothing');
  }
  const filled = postings.map((read, at): JournalPosting => {
    if (read !== undefined) return read;
    const amounts = left.map((each) => ({ ...each, mantissa: -each.mantissa }));
    return { account: accountOf(real[at], names), amounts, costs: amounts, note: noteOf(real[at]) };
  });
  return { line, date, description, tags, postings: filled };
}

function unbalanced(line: number, why: string): BankFileRefusal {
  return refuseFile('file-malformed', `Line ${line} ${why}.`, { line });
}

function accountOf(posting: WrittenPosting | undefined, names: Names): string {
  const { account = '' } = posting ?? {};
  return names.get(account) ?? account;
}

function noteOf(posting: WrittenPosting | undefined): string {
  return posting?.notes.join('\n') ?? '';
}

/** What the costs of all postings come to, in each commodity in which that is not nothing. */
function leftOver(postings: readonly Read[]): readonly JournalAmount[] {
  const costs = new Map<string, JournalAmount[]>();
  for (const cost of postings.flatMap((posting) => posting?.costs ?? [])) {
    const same = costs.get(cost.commodity) ?? [];
    same.push(cost);
    costs.set(cost.commodity, same);
  }
  return [...costs.values()].map(sumOf).filter(({ mantissa }) => mantissa !== 0n);
}

function readPosting(posting: WrittenPosting, marks: JournalMarks, names: Names): NonNullable<Read> | BankFileRefusal {
  const { figures } = posting;
  const amount = readAmount(figures?.amount, posting, marks);
  if ('kind' in amount) return amount;
  const price = figures?.price === undefined ? undefined : readAmount(figures.price, posting, marks);
  if (price !== undefined && 'kind' in price) return price;
  const cost = price === undefined ? amount : costAt(amount, price, figures?.price?.isTotal === true);
  return {
    account: accountOf(posting, names),
    amounts: [amount],
    costs: [cost],
    note: noteOf(posting),
    isPriced: price !== undefined,
  };
}

function readAmount(
  written: WrittenAmount = { commodity: '', negative: false, digits: '0' },
  { line, declared }: WrittenPosting,
  marks: JournalMarks,
): JournalAmount | BankFileRefusal {
  const mark = marks.of(written, declared);
  if (mark === undefined) {
    const message = `Line ${line} has “${written.digits}”: nothing tells whether the mark stands before decimals or thousands.`;
    return refuseFile('decimal-mark-ambiguous', message, { line });
  }
  const amount = amountWith(written, mark);
  return amount ?? refuseFile('file-malformed', `Line ${line} has “${written.digits}”, which is no amount.`, { line });
}

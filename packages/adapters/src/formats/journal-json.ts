import { parseJson, refuseFile, type BankFileRefusal } from '@kakeibo/core';
import {
  costAt,
  MAX_DIGITS,
  MAX_POSTINGS,
  type JournalAmount,
  type JournalPosting,
  type JournalTransaction,
} from './journal-transaction.ts';

// The mantissa may have more digits than a double; as a text it keeps them. Inside of a text its name cannot stand like this, since
// the quotes round it would be escaped.
const MANTISSA = /"decimalMantissa"\s*:\s*(-?\d+)/g;

/** Reads what `hledger print -O json` writes, transaction by transaction, in small steps. */
export function* journalInSteps(text: string): Generator<void, readonly JournalTransaction[] | BankFileRefusal> {
  let parsed: unknown;
  try {
    parsed = parseJson(text.replace(MANTISSA, '"decimalMantissa":"$1"'));
  } catch (error) {
    if (!text.trimEnd().endsWith(']')) return refuseFile('file-truncated', 'The journal is cut off; write it again.');
    const message = error instanceof Error ? error.message.slice(0, 100) : '';
    return refuseFile('file-malformed', `The journal is no JSON as hledger writes it: ${message}.`);
  }
  if (!Array.isArray(parsed)) return refuseFile('format-differs', 'The journal is no list of transactions.');
  const transactions: JournalTransaction[] = [];
  for (const [index, each] of parsed.entries()) {
    if (index % STEP_TRANSACTIONS === STEP_TRANSACTIONS - 1) yield;
    const transaction = transactionOf(each, index);
    if (transaction === undefined) {
      const place = `[${index}]`;
      return refuseFile('file-malformed', `The ${index + 1}th transaction is not as hledger writes it.`, { place });
    }
    transactions.push(transaction);
  }
  return transactions;
}

const STEP_TRANSACTIONS = 250;
type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function transactionOf(value: unknown, index: number): JournalTransaction | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined || typeof fields['tdate'] !== 'string' || !Array.isArray(fields['tpostings'])) return undefined;
  if (fields['tpostings'].length > MAX_POSTINGS) return undefined;
  const postings: JournalPosting[] = [];
  for (const each of listOf(fields['tpostings'])) {
    const posting = postingOf(each);
    if (posting === undefined) return undefined;
    // A virtual posting, as budgets are, moves no money.
    if (posting !== 'virtual') postings.push(posting);
  }
  const position = fieldsOf(listOf(fields['tsourcepos'])[0]) ?? fieldsOf(fields['tsourcepos']);
  const line = position?.['sourceLine'];
  return {
    line: typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line : index + 1,
    date: fields['tdate'].slice(0, 40),
    description: textOf(fields['tdescription']),
    tags: listOf(fields['ttags'])
      .map(listOf)
      .map(([name, value]) => [textOf(name), textOf(value)]),
    postings,
  };
}

function postingOf(value: unknown): JournalPosting | 'virtual' | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined || typeof fields['paccount'] !== 'string' || !Array.isArray(fields['pamount'])) return undefined;
  if (fields['ptype'] === 'VirtualPosting' || fields['ptype'] === 'BalancedVirtualPosting') return 'virtual';
  const amounts: JournalAmount[] = [];
  const costs: JournalAmount[] = [];
  for (const each of listOf(fields['pamount'])) {
    const amount = amountOf(each);
    const cost = amount === undefined ? undefined : costOf(each, amount);
    if (amount === undefined || cost === undefined) return undefined;
    amounts.push(amount);
    costs.push(cost);
  }
  return { account: fields['paccount'], amounts, costs, note: textOf(fields['pcomment']).trim() };
}

function amountOf(value: unknown): JournalAmount | undefined {
  const fields = fieldsOf(value);
  const quantity = fieldsOf(fields?.['aquantity']);
  const mantissa = quantity?.['decimalMantissa'];
  const places = quantity?.['decimalPlaces'];
  if (typeof mantissa !== 'string' || !/^-?\d+$/.test(mantissa) || mantissa.length > MAX_DIGITS) return undefined;
  if (typeof places !== 'number' || !Number.isInteger(places) || places < 0 || places > MAX_DIGITS) return undefined;
  return { commodity: textOf(fields?.['acommodity']), mantissa: BigInt(mantissa), places };
}

/** An amount at its price: `aprice` up to hledger 1.42, `acost` after it. */
function costOf(value: unknown, amount: JournalAmount): JournalAmount | undefined {
  const fields = fieldsOf(value);
  const price = fieldsOf(fields?.['acost'] ?? fields?.['aprice']);
  if (price === undefined) return amount;
  const each = amountOf(price['contents']);
  if (each === undefined) return undefined;
  return costAt(amount, each, textOf(price['tag']).startsWith('Total'));
}

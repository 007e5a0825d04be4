import { parseJson, refuseFile, type BankFileRefusal } from '@kakeibo/core';

/** An amount of a journal: exact, whatever its size. */
export interface JournalAmount {
  readonly commodity: string;
  readonly mantissa: bigint;
  readonly places: number;
}

export interface JournalPosting {
  readonly account: string;
  /** What it moves, in the commodities it moves. */
  readonly amounts: readonly JournalAmount[];
  /** What that cost, where a price is written; else the amounts. */
  readonly costs: readonly JournalAmount[];
  readonly note: string;
}

export interface JournalTransaction {
  readonly line: number;
  readonly date: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly id: string;
  readonly postings: readonly JournalPosting[];
}

// The mantissa may have more digits than a double; as a text it keeps them. Inside of a text its name cannot stand like this, since
// the quotes round it would be escaped.
const MANTISSA = /"decimalMantissa"\s*:\s*(-?\d+)/g;
const MAX_DIGITS = 60;

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
  const postings: JournalPosting[] = [];
  for (const each of listOf(fields['tpostings'])) {
    const posting = postingOf(each);
    if (posting === undefined) return undefined;
    // A virtual posting, as budgets are, moves no money.
    if (posting !== 'virtual') postings.push(posting);
  }
  const tags = listOf(fields['ttags']).map((tag) => listOf(tag).map(textOf));
  const position = fieldsOf(listOf(fields['tsourcepos'])[0]) ?? fieldsOf(fields['tsourcepos']);
  const line = position?.['sourceLine'];
  return {
    line: typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line : index + 1,
    date: fields['tdate'].slice(0, 40),
    description: textOf(fields['tdescription']),
    tags: tags.filter(([, value = '']) => value === '').map(([name = '']) => name),
    id: tags.find(([name]) => name === 'id')?.[1] ?? '',
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
  if (textOf(price['tag']).startsWith('Total')) {
    const size = each.mantissa < 0n ? -each.mantissa : each.mantissa;
    return { ...each, mantissa: amount.mantissa < 0n ? -size : size };
  }
  return { commodity: each.commodity, mantissa: each.mantissa * amount.mantissa, places: each.places + amount.places };
}

/**
 * An amount as a plain decimal, without the zeros that say nothing.
 *
 * @example
 * journalDecimal({ commodity: 'EUR', mantissa: -12500n, places: 3 }); // '-12.5'
 */
export function journalDecimal({ mantissa, places }: Omit<JournalAmount, 'commodity'>): string {
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(places + 1, '0');
  const decimals = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return `${mantissa < 0n ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}

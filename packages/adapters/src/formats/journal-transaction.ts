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
  /** Its comment, on one line or several. */
  readonly note: string;
}

export interface JournalTransaction {
  readonly line: number;
  readonly date: string;
  readonly description: string;
  /** Names with their values; a tag by itself has none. */
  readonly tags: readonly JournalTag[];
  readonly postings: readonly JournalPosting[];
}

export type JournalTag = readonly [name: string, value: string];

/** Longer figures are no amounts. */
export const MAX_DIGITS = 60;
/** A transaction has fewer postings; more would be compared with one another for too long. */
export const MAX_POSTINGS = 1_000;

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

/** What an amount costs at a price for each, or for all of it, whose sign says nothing. */
export function costAt(amount: JournalAmount, price: JournalAmount, isTotal: boolean): JournalAmount {
  if (!isTotal) {
    return { ...price, mantissa: price.mantissa * amount.mantissa, places: price.places + amount.places };
  }
  const size = price.mantissa < 0n ? -price.mantissa : price.mantissa;
  return { ...price, mantissa: amount.mantissa < 0n ? -size : size };
}

/** Amounts of one commodity, added up. */
export function sumOf(amounts: readonly JournalAmount[]): JournalAmount {
  const places = amounts.reduce((most, each) => Math.max(most, each.places), 0);
  const mantissa = amounts.reduce((sum, each) => sum + each.mantissa * 10n ** BigInt(places - each.places), 0n);
  return { commodity: amounts[0]?.commodity ?? '', mantissa, places };
}

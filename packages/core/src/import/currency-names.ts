import { parseCurrency, type CurrencyCode } from '../currency.ts';

/** Signs and short names that stand beside figures, and the currencies that use them. A `$` is many. */
const NAMES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP EGP FKP GIP SHP LBP SYP SDG SSP',
  $: 'USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP BRL BSD BBD BMD BND BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD UYU DOP CUP',
  us$: 'USD',
  a$: 'AUD',
  c$: 'CAD',
  ca$: 'CAD',
  au$: 'AUD',
  nz$: 'NZD',
  hk$: 'HKD',
  s$: 'SGD',
  r$: 'BRL',
  mx$: 'MXN',
  '¥': 'JPY CNY',
  円: 'JPY',
  元: 'CNY TWD',
  '₹': 'INR',
  rs: 'INR PKR LKR NPR MUR SCR',
  're.': 'INR',
  kr: 'SEK NOK DKK ISK',
  zł: 'PLN',
  kč: 'CZK',
  ft: 'HUF',
  fr: 'CHF',
  sfr: 'CHF',
  lei: 'RON',
  '₽': 'RUB',
  '₩': 'KRW',
  원: 'KRW',
  '₺': 'TRY',
  tl: 'TRY',
  '₪': 'ILS',
  '₫': 'VND',
  '฿': 'THB',
  '₴': 'UAH',
  '₱': 'PHP',
  '₦': 'NGN',
  rp: 'IDR',
  rm: 'MYR',
  r: 'ZAR',
};

const USERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NAMES).map(([name, codes]) => [name, codes.split(' ')] as const),
);

/** Whether a text names a currency: a code or one of the signs in use. */
export function namesCurrency(text: string): boolean {
  return parseCurrency(text.toUpperCase()) !== undefined || USERS.has(bare(text));
}

/**
 * Whether a currency may be meant by a text beside a figure.
 *
 * @example
 * meansCurrency('$', cad);   // true: dollars are many
 * meansCurrency('EUR', cad); // false
 */
export function meansCurrency(text: string, currency: CurrencyCode): boolean {
  return text.toUpperCase() === currency || (USERS.get(bare(text))?.includes(currency) ?? false);
}

/**
 * The currency that a code or a sign stands for: the preferred one when it may be meant, else one that the name belongs to alone.
 *
 * @example
 * currencyNamed('$', cad); // 'CAD'
 * currencyNamed('€', cad); // 'EUR'
 */
export function currencyNamed(text: string, preferred: CurrencyCode): CurrencyCode | undefined {
  if (text.length > 8) return undefined;
  if (meansCurrency(text, preferred)) return preferred;
  const users = USERS.get(bare(text)) ?? [];
  return parseCurrency(users.length === 1 ? (users[0] ?? '') : text.toUpperCase());
}

function bare(text: string): string {
  return text.toLowerCase().replace(/\.$/, '');
}

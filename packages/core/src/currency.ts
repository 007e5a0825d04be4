declare const brand: unique symbol;

/** An ISO 4217 code in the table below. */
export type CurrencyCode = string & { readonly [brand]: 'CurrencyCode' };

/**
 * The active currencies of ISO 4217 (list one, as of 2026-01-01) by the number of their decimals. Pinned here, never taken
 * from Intl, whose decimals are those of display (CLDR gives HUF none), and which follows the version of the runtime. Metals,
 * testing codes and units of account without decimals of their own (XAU, XTS, XDR …) are left out: nobody keeps a wallet in them.
 */
const CODES_BY_EXPONENT: readonly string[] = [
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  '',
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC ' +
    'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS ' +
    'KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD ' +
    'PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY ' +
    'TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  'BHD IQD JOD KWD LYD OMR TND',
  'CLF UYW',
];

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  CODES_BY_EXPONENT.flatMap((codes, exponent) =>
    codes
      .split(' ')
      .filter((code) => code !== '')
      .map((code) => [code, exponent] as const),
  ),
);

/** Every currency a wallet can have, in alphabetical order. */
export const CURRENCIES: readonly CurrencyCode[] = [...EXPONENTS.keys()].sort() as CurrencyCode[];

/**
 * Reads a currency code. Unknown and historic ones (DEM, HRK, BGN) are not read.
 *
 * @example
 * parseCurrency('EUR'); // 'EUR'
 * parseCurrency('DEM'); // undefined
 */
export function parseCurrency(text: string): CurrencyCode | undefined {
  return EXPONENTS.has(text) ? (text as CurrencyCode) : undefined;
}

/**
 * How many decimals a currency has: 0 to 4.
 *
 * @example
 * exponentOf(parseCurrency('KWD')!); // 3
 */
export function exponentOf(currency: CurrencyCode): number {
  return EXPONENTS.get(currency) ?? 0;
}

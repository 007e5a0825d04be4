/** The active currencies of ISO 4217 by their number of decimals; the API has the last word (`currency-unknown`). */
const BY_DECIMALS: readonly string[] = [
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  '',
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP ' +
    'GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK ' +
    'MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
    'TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW',
  'BHD IQD JOD KWD LYD OMR TND',
];

export interface Currency {
  readonly code: string;
  readonly name: string;
  readonly decimals: number;
}

/** What Intl can name and ISO still lists, by name of the code. */
export function currencies(): readonly Currency[] {
  const known = new Set(Intl.supportedValuesOf('currency'));
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return BY_DECIMALS.flatMap((codes, decimals) =>
    codes
      .split(' ')
      .filter((code) => known.has(code))
      .map((code) => ({ code, name: names.of(code) ?? code, decimals })),
  ).sort((left, right) => left.code.localeCompare(right.code));
}

const EURO = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK BG';
const OTHERS =
  'US:USD GB:GBP JP:JPY CH:CHF LI:CHF SE:SEK NO:NOK DK:DKK PL:PLN CZ:CZK HU:HUF RO:RON IN:INR CN:CNY AU:AUD NZ:NZD CA:CAD BR:BRL MX:MXN ZA:ZAR TR:TRY UA:UAH IL:ILS KR:KRW SG:SGD HK:HKD TH:THB ID:IDR KW:KWD AE:AED SA:SAR IS:ISK RS:RSD';

/** The currency of the region the browser speaks for; EUR when it says nothing. */
export function guessCurrency(language: string): string {
  let region: string | undefined;
  try {
    region = new Intl.Locale(language).maximize().region;
  } catch {
    region = undefined;
  }
  if (region === undefined || EURO.split(' ').includes(region)) return 'EUR';
  const found = OTHERS.split(' ').find((pair) => pair.startsWith(`${region}:`));
  return found?.slice(3) ?? 'EUR';
}

/** What a :86: tells. */
export interface Mt940Details {
  readonly payee: string;
  readonly note: string;
}

/**
 * Reads a :86:, structured as German banks do (`166?00SEPA?20SVWZ+Rent?32Landlord`), as Dutch banks do (`/NAME/Landlord/REMI/Rent`),
 * or not at all.
 *
 * @example
 * mt940Details(['166?00GUTSCHRIFT?20SVWZ+Rent Oct?21ober?32Land?33lord']); // { payee: 'Landlord', note: 'Rent October' }
 * mt940Details(['/TRTP/SEPA OVERBOEKING/NAME/Landlord/REMI/Rent']);         // { payee: 'Landlord', note: 'Rent' }
 * mt940Details(['CARD 1234', 'COFFEE SHOP']);                               // { payee: '', note: 'CARD 1234 COFFEE SHOP' }
 */
export function mt940Details(lines: readonly string[]): Mt940Details {
  const whole = lines.join('');
  const german = /^(\d{3})([?>])(?=\d{2})/.exec(whole);
  if (german !== null) return subfields(whole.slice(4), german[2] ?? '?');
  if (/^\/[A-Z]{3,4}\//.test(whole)) return slashed(whole);
  return {
    payee: '',
    note: lines
      .map((line) => line.trim())
      .join(' ')
      .trim(),
  };
}

function subfields(text: string, mark: string): Mt940Details {
  const values = new Map<string, string>();
  for (const part of text.split(mark)) values.set(part.slice(0, 2), (values.get(part.slice(0, 2)) ?? '') + part.slice(2));
  const of = (from: number, to: number): string => {
    let joined = '';
    for (let at = from; at <= to; at += 1) joined += values.get(String(at).padStart(2, '0')) ?? '';
    return joined;
  };
  const purpose = purposeOf(of(20, 29) + of(60, 63));
  return { payee: of(32, 33).trim(), note: purpose === '' ? (values.get('00') ?? '').trim() : purpose };
}

const PURPOSES = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)\+/;

/** What a person wrote, of the purposes that SEPA puts behind tags; all of it without tags. */
function purposeOf(text: string): string {
  const [before = '', ...tagged] = text.split(PURPOSES);
  if (tagged.length === 0) return before.trim();
  for (let at = 0; at < tagged.length; at += 2) if (tagged[at] === 'SVWZ') return (tagged[at + 1] ?? '').trim();
  return before.trim();
}

const CODES =
  /\/(TRCD|TRTP|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|CNTP|CSID|MARF|PREF|PURP|RTRN|ULTD|ULTC|ULTB|SVCL|KREF|ISDT|ADDR|ID|BUSP|CHGS|EXCH|NRTX|OCMT|RREF|ACCW)(?=\/)/;

function slashed(text: string): Mt940Details {
  const values = new Map<string, string>();
  const [, ...parts] = text.split(CODES);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const code = parts[at] ?? '';
    if (!values.has(code)) values.set(code, (parts[at + 1] ?? '').slice(1));
  }
  // CNTP holds account, BIC, name and city in one.
  const counterpart = (values.get('CNTP') ?? '').split('/');
  const payee = values.get('NAME') ?? counterpart[2] ?? '';
  const remittance = (values.get('REMI') ?? '').replace(/^USTD\/\/|^STRD\/[^/]*\//, '').replace(/\/+$/, '');
  return { payee: payee.replace(/\/+$/, '').trim(), note: (remittance === '' ? (values.get('TRTP') ?? '') : remittance).trim() };
}

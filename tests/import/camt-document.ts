interface Kind {
  readonly version?: string;
  readonly prefix?: string;
}

/** A CAMT message with one account of one statement. */
export function document(inside: string, { version = '053.001.08', prefix = '' }: Kind = {}): string {
  const [message, name] = {
    '052': ['BkToCstmrAcctRpt', 'Rpt'],
    '053': ['BkToCstmrStmt', 'Stmt'],
    '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
  }[version.slice(0, 3)] ?? ['', ''];
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${version}">
<${message}><GrpHdr><MsgId>1</MsgId></GrpHdr>
<${name}><Id>S1</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
${inside}
</${name}></${message}>
</Document>
`;
  return prefix === '' ? text : text.replace('xmlns=', `xmlns:${prefix}=`).replaceAll(/<(\/?)(?=[A-Z])/g, `<$1${prefix}:`);
}

export const balance = (code: string, amount: string, day: string, side = 'CRDT'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
export const entry = (
  fields: string,
  {
    amount = '12.50',
    side = 'DBIT',
    status = '<Sts><Cd>BOOK</Cd></Sts>',
    day = '<BookgDt><Dt>2026-10-14</Dt></BookgDt>',
    currency = 'EUR',
  } = {},
): string => `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd>${status}${day}${fields}</Ntry>\n`;
export const details = (inside: string): string => `<NtryDtls>${inside}</NtryDtls>`;
export const party = (role: string, name: string, isNew: boolean): string =>
  `<${role}>${isNew ? '<Pty>' : ''}<Nm>${name}</Nm>${isNew ? '</Pty>' : ''}</${role}>`;

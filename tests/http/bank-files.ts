/** A file of each format with the same three transactions, and what a hostile or broken one looks like. */
export interface Sample {
  readonly format: 'csv' | 'ofx' | 'qif' | 'camt' | 'mt940' | 'journal';
  readonly type: string;
  readonly text: string;
}

const ofxRow = (id: string, amount: string, day: string, name: string): string =>
  `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day}<TRNAMT>${amount}<FITID>${id}<NAME>${name}</STMTTRN>\n`;

/** A statement of one account in OFX 1. */
export function ofx(rows: string, account = '12345', currency = 'EUR'): string {
  return (
    `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>${currency}` +
    `<BANKACCTFROM><BANKID>1<ACCTID>${account}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n${rows}</BANKTRANLIST>` +
    `<LEDGERBAL><BALAMT>100.00<DTASOF>20261031</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
  );
}

/** Three transactions with the bank's ids; the second may be told anew. */
export const ofxRows = (second = '-3.50'): string =>
  ofxRow('F1', '-3.50', '20261001', 'Cafe') +
  ofxRow('F2', second, '20261001', 'Cafe') +
  ofxRow('F3', '2100.00', '20261002', 'Employer');

const camtRow = (amount: string, side: string, day: string, name: string): string =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>` +
  `<NtryDtls><TxDtls><RltdPties><${side === 'DBIT' ? 'Cdtr' : 'Dbtr'}><Nm>${name}</Nm></${side === 'DBIT' ? 'Cdtr' : 'Dbtr'}></RltdPties></TxDtls></NtryDtls></Ntry>`;

const posting = (account: string, mantissa: number): object => ({
  paccount: account,
  pamount: [{ acommodity: 'EUR', aquantity: { decimalMantissa: mantissa, decimalPlaces: 2, floatingPoint: mantissa / 100 } }],
});
const entry = (index: number, day: string, text: string, mantissa: number): object => ({
  tindex: index,
  tdate: day,
  tdescription: text,
  tcomment: '',
  tpostings: [posting('assets:bank', mantissa), posting(mantissa < 0 ? 'expenses:Food' : 'income:Pay', -mantissa)],
});

export const samples: readonly Sample[] = [
  {
    format: 'csv',
    type: 'text/csv',
    text: 'Date;Amount;Payee\n2026-10-01;-3,50;Cafe\n2026-10-01;-3,50;Cafe\n2026-10-02;2100,00;Employer\n',
  },
  { format: 'ofx', type: 'application/x-ofx', text: ofx(ofxRows()) },
  {
    format: 'qif',
    type: 'application/qif',
    text: '!Type:Bank\nD2026-10-01\nT-3.50\nPCafe\n^\nD2026-10-01\nT-3.50\nPCafe\n^\nD2026-10-02\nT2100.00\nPEmployer\n^\n',
  },
  {
    format: 'camt',
    type: 'application/xml',
    text:
      '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>' +
      `<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>${camtRow('3.50', 'DBIT', '2026-10-01', 'Cafe')}` +
      `${camtRow('3.50', 'DBIT', '2026-10-01', 'Cafe')}${camtRow('2100.00', 'CRDT', '2026-10-02', 'Employer')}</Stmt></BkToCstmrStmt></Document>`,
  },
  {
    format: 'mt940',
    type: 'application/octet-stream',
    text:
      ':20:START\n:25:10000000/1234\n:28C:1/1\n:60F:C261001EUR100,00\n:61:2610011001D3,50NMSCNONREF\n:86:166?20Coffee?32Cafe\n' +
      ':61:2610011001D3,50NMSCNONREF\n:86:166?20Coffee?32Cafe\n:61:2610021002C2100,00NMSCNONREF\n:86:166?20Pay?32Employer\n:62F:C261031EUR2193,00\n',
  },
  {
    format: 'journal',
    type: 'application/json',
    text: JSON.stringify([
      entry(1, '2026-10-01', 'Cafe', -350),
      entry(2, '2026-10-01', 'Cafe', -350),
      entry(3, '2026-10-02', 'Employer', 210_000),
    ]),
  },
  {
    format: 'journal',
    type: 'application/octet-stream',
    text: [
      '2026-10-01 Cafe\n    Assets:Bank  EUR -3.50',
      '2026-10-01 Cafe\n    Assets:Bank  EUR -3.50',
      '2026-10-02 Employer\n    Assets:Bank  EUR 2100.00',
    ]
      .map((head) => `${head}\n    Income:Unsorted\n`)
      .join('\n'),
  },
];

const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`;
const nested = (opening: string): string => opening.repeat(200_000);

/** Files that are not read: what is wrong, the format they are sent as (none: it is found out), the bytes, and the code. */
export const refused: readonly (readonly [string, string, string | Uint8Array<ArrayBuffer>, string])[] = [
  ['an OFX file that ends in the middle', '', ofx(ofxRows()).slice(0, 400), 'file-truncated'],
  ['an OFX file without a statement', 'ofx', 'OFXHEADER:100\n\n<OFX></OFX>', 'statement-missing'],
  ['an OFX file of an unknown currency', '', ofx(ofxRows(), '1', 'XQX'), 'currency-unknown'],
  ['an OFX file of another currency than the wallet’s', '', ofx(ofxRows(), '1', 'USD'), 'currency-differs'],
  ['an OFX file nested without end', 'ofx', `OFXHEADER:100\n\n<OFX>${nested('<A>')}`, 'nesting-too-deep'],
  ['a CAMT file with entities', 'camt', `<?xml version="1.0"?>${bomb}${samples[3]?.text.slice(38) ?? ''}`, 'doctype-refused'],
  ['a CAMT file that ends in the middle', '', (samples[3]?.text ?? '').slice(0, 500), 'file-truncated'],
  ['a QIF file sent as CAMT', 'camt', samples[2]?.text ?? '', 'file-malformed'],
  [
    'a QIF file whose days can be read in two ways',
    '',
    '!Type:Bank\nD01/02/2026\nT-1.00\n^\nD03/04/2026\nT-1.00\n^\n',
    'date-order-ambiguous',
  ],
  [
    'an MT940 file that ends in the middle',
    '',
    ':20:START\n:25:1\n:60F:C261001EUR100,00\n:61:2610011001D3,50N',
    'file-truncated',
  ],
  ['a journal that is no JSON', 'journal', '[{"tdate": ', 'file-truncated'],
  ['a journal that includes another', '', 'include more.journal\n2026-10-01 Cafe\n    Assets:Bank  EUR 1\n', 'file-malformed'],
  ['a journal nested without end', 'journal', nested('[') + nested(']'), 'file-malformed'],
  ['nothing at all', 'ofx', '', 'file-empty'],
  ['bytes that are no text', 'ofx', Uint8Array.from({ length: 500 }, (_, index) => (index * 37) % 256), 'format-differs'],
];

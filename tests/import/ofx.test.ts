import { readOfx } from '@kakeibo/adapters/ofx';
import type { StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountsOf,
  badLines,
  bytesOf,
  escaped,
  frameOf,
  inEuro,
  placeless,
  refusalOf,
  rowLines,
  signedOf,
  someRows,
} from './accounts.ts';
import { encode } from './bank-file.ts';

const HEADER =
  'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n';

/** A statement of a bank account with some transactions, as American banks write it: leaves are not closed. */
function sgml(transactions: string, { currency = 'EUR', account = '0123' } = {}): string {
  return `${HEADER}<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261101<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>${currency}
<BANKACCTFROM><BANKID>021000021<ACCTID>${account}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
${transactions}
</BANKTRANLIST>
<LEDGERBAL><BALAMT>-12.34<DTASOF>20261031120000[-5:EST]</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;
}

const at = HEADER.split('\n').length + 6;
const one = (fields: string): string => `<STMTTRN>${fields}</STMTTRN>`;

describe('OFX 1', () => {
  it('of an American bank: leaves are open, days have zones, an empty leaf takes nothing with it', async () => {
    const text = sgml(
      [
        '<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>20261014233000.000[-5:EST]\n<TRNAMT>-12.50\n<FITID>2026101401\n<MEMO>\n<NAME>TRADER JOE&amp;S #552\n<CHECKNUM>0\n</STMTTRN>',
        one('<TRNTYPE>XFER<DTPOSTED>20261015<TRNAMT>+1000<FITID>2<NAME>Online Transfer<MEMO>from SAV 7'),
        one('<TRNTYPE>CHECK<DTPOSTED>20261016<TRNAMT>-7,5<FITID>3<CHECKNUM>1042<PAYEE><NAME>J. Doe<ADDR1>x</PAYEE>'),
      ].join('\n'),
    );
    const [account] = accountsOf(await readOfx(bytesOf(text), inEuro));
    expect(frameOf(account)).toBe('0123 EUR 2026-10-01..2026-10-31 -12.34 2026-10-31');
    expect(rowLines(account)).toEqual([
      `${at} 2026-10-14 -12.50 Unsorted | TRADER JOE&S #552 |  | 2026101401`,
      `${at + 9} 2026-10-15 +1000.00 - | Online Transfer | from SAV 7 | 2 | transfer`,
      `${at + 10} 2026-10-16 -7.50 Unsorted | J. Doe | check 1042 | 3`,
    ]);
    expect(badLines(account)).toEqual([]);
  });

  it('of a German bank in Windows-1252, and one that says so and writes UTF-8', async () => {
    const text = sgml(one('<DTPOSTED>20261014<TRNAMT>-3,50<FITID>1<NAME>Bäckerei Müller<MEMO>Brötchen für 3 €'));
    for (const bytes of ['windows-1252', 'utf-8'] as const) {
      const [account] = accountsOf(await readOfx(encode(text, { bytes, lineEnd: '\r\n' }), inEuro));
      expect(rowLines(account)).toEqual([`${at} 2026-10-14 -3.50 Unsorted | Bäckerei Müller | Brötchen für 3 € | 1`]);
    }
  });

  it('on one line, and with a header on one line', async () => {
    const text = sgml(one('<DTPOSTED>20261014<TRNAMT>1<FITID>1<NAME>A < B & C')).replaceAll('\n', '');
    const [account] = accountsOf(await readOfx(bytesOf(text), inEuro));
    expect(rowLines(account)).toEqual(['1 2026-10-14 +1.00 - | A < B & C |  | 1']);
  });
});

const statement = (currency: string, account: string, transactions: string, type = 'CHECKING'): string =>
  `<STMTTRNRS><STMTRS><CURDEF>${currency}</CURDEF><BANKACCTFROM><ACCTID>${account}</ACCTID><ACCTTYPE>${type}</ACCTTYPE></BANKACCTFROM>` +
  `<BANKTRANLIST>${transactions}</BANKTRANLIST></STMTRS></STMTTRNRS>`;
const xml = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?>\n<OFX>\n${inside}\n</OFX>\n`;
const closed = (fields: Readonly<Record<string, string>>): string =>
  `<STMTTRN>${Object.entries(fields)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')}</STMTTRN>\n`;

describe('OFX 2', () => {
  it('with several accounts and a credit card: each has its rows, one number with two types is two accounts', async () => {
    const row = (id: string): string => closed({ DTPOSTED: '20261014', TRNAMT: '-1.00', FITID: id, NAME: `<![CDATA[A & B]]>` });
    const card =
      `<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>JPY</CURDEF><CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM><BANKTRANLIST>` +
      `${closed({ DTPOSTED: '20261014', TRNAMT: '-1500', FITID: '1' })}</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>`;
    const text = xml(
      `<BANKMSGSRSV1>${statement('EUR', '9', row('1'))}${statement('EUR', '9', row('1'), 'SAVINGS')}${statement('USD', '8', row('1'))}</BANKMSGSRSV1><!-- <STMTRS> -->${card}`,
    );
    const accounts = accountsOf(await readOfx(bytesOf(text), inEuro));
    expect(accounts.map(frameOf)).toEqual([
      '9 CHECKING EUR 2026-10-14..2026-10-14 - -',
      '9 SAVINGS EUR 2026-10-14..2026-10-14 - -',
      '8 USD 2026-10-14..2026-10-14 - -',
      '4111 JPY 2026-10-14..2026-10-14 - -',
    ]);
    expect(accounts.map((account) => rowLines(account)[0])).toEqual([
      '4 2026-10-14 -1.00 Unsorted | A & B |  | 1',
      '5 2026-10-14 -1.00 Unsorted | A & B |  | 1',
      '6 2026-10-14 -1.00 Unsorted | A & B |  | 1',
      '7 2026-10-14 -1500 Unsorted |  |  | 1',
    ]);
  });

  it('reports each row that cannot be booked, with its line', async () => {
    const rows = [
      { DTPOSTED: '20261014', TRNAMT: '-1.00', FITID: '1' },
      { DTPOSTED: '20261015', TRNAMT: '-2.00', FITID: '1' },
      { DTPOSTED: '1014', TRNAMT: '-1.00', FITID: '3' },
      { DTPOSTED: '20260229', TRNAMT: '-1.00', FITID: '4' },
      { DTPOSTED: '20261014', TRNAMT: '-1.005', FITID: '5' },
      { DTPOSTED: '20261014', TRNAMT: '0.00', FITID: '6' },
      { DTPOSTED: '20261014', TRNAMT: '1e3', FITID: '7' },
      { DTPOSTED: '20261014', TRNAMT: '9'.repeat(19), FITID: '8' },
      { DTPOSTED: '20261014', TRNAMT: '-1', FITID: '9', CURRENCY: '<CURRATE>1.1</CURRATE><CURSYM>USD</CURSYM>' },
      { DTPOSTED: '', TRNAMT: '-1', FITID: '10' },
      { DTPOSTED: '20261014', TRNAMT: '', FITID: '11' },
      { DTPOSTED: '10261014', TRNAMT: '-1', FITID: '12' },
    ];
    const text = xml(statement('EUR', '1', rows.map(closed).join('')));
    const [account] = accountsOf(await readOfx(bytesOf(text), inEuro));
    expect(rowLines(account)).toEqual(['4 2026-10-14 -1.00 Unsorted |  |  | 1']);
    expect(badLines(account)).toEqual([
      '5 duplicate-id',
      '6 date-without-year',
      '7 date-not-real',
      '8 amount-too-precise',
      '9 amount-zero',
      '10 amount-unreadable',
      '11 amount-too-large',
      '12 currency-differs',
      '13 date-missing',
      '14 amount-missing',
      '15 date-out-of-range',
    ]);
  });
});

const valid = xml(statement('EUR', '1', closed({ DTPOSTED: '20261014', TRNAMT: '-1', FITID: '1' })));

describe('an OFX file is refused as a whole', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
  it.each([
    ['when it is empty', '', 'file-empty'],
    ['when it is blank', ' \n ', 'file-empty'],
    ['when it is no OFX', 'Date,Amount\n', 'format-differs'],
    ['when it declares entities', valid.replace('<OFX>', `${bomb}<OFX>`), 'doctype-refused 3'],
    [
      'when it declares an external entity inside',
      valid.replace('<STMTRS>', '<STMTRS>\n<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
      'doctype-refused 5',
    ],
    [
      'when it ends inside of a transaction',
      valid.slice(0, valid.indexOf('<TRNAMT>')),
      'file-truncated 4 OFX/STMTTRNRS/STMTRS/BANKTRANLIST/STMTTRN',
    ],
    ['when its last tag is missing', valid.replace('</OFX>', ''), 'file-truncated 3 OFX'],
    ['when a list is not closed', valid.replace('</BANKTRANLIST>', ''), 'file-malformed 4 OFX/STMTTRNRS/STMTRS/BANKTRANLIST'],
    ['when it closes what is not open', valid.replace('<STMTTRN>', '</X>'), 'file-malformed 4 OFX/STMTTRNRS/STMTRS/BANKTRANLIST'],
    ['when its currency is unknown', valid.replace('EUR', 'XXX'), 'currency-unknown 4 STMTRS[1]/CURDEF'],
    [
      'when it has no statement',
      xml('<SONRS><STATUS><CODE>15500</CODE><MESSAGE>Signon invalid</MESSAGE></STATUS></SONRS>'),
      'statement-missing 4 OFX',
    ],
    ['when it nests 10,000 deep', xml('<A>'.repeat(10_000)), 'nesting-too-deep 4'],
    ['when a text has 10 MB', valid.replace('<TRNAMT>', `<NAME>${'x'.repeat(10_000_000)}<TRNAMT>`), 'text-too-long 4'],
    ['when its tags have no end', `${valid.slice(0, -9)}<${'A'.repeat(1_000_000)}`, 'file-truncated 4 OFX/STMTTRNRS'],
  ])('%s', async (_, text, refusal) => {
    const file = await readOfx(bytesOf(text), inEuro);
    expect(refusalOf(file).slice(0, refusal.length)).toBe(refusal);
  });

  it('when its bytes are not valid in the encoding that it declares', async () => {
    const text = valid.replace('<TRNAMT>', '<NAME>Müller</NAME><TRNAMT>');
    expect(refusalOf(await readOfx(encode(text, { bytes: 'windows-1252' }), inEuro))).toBe('encoding-invalid 4');
    expect(refusalOf(await readOfx(bytesOf(text.replace('UTF-8', 'KOI-9')), inEuro))).toBe('encoding-unknown 1');
  });

  it('but not for a replacement character that it spells itself, or for a currency that it leaves out', async () => {
    const text = valid.replace('<TRNAMT>', '<NAME>M\ufffdller</NAME><TRNAMT>').replace('<CURDEF>EUR</CURDEF>', '');
    expect(rowLines(accountsOf(await readOfx(bytesOf(text), inEuro))[0])).toEqual([
      '4 2026-10-14 -1.00 Unsorted | M\ufffdller |  | 1',
    ]);
  });

  it('when it is larger than is allowed, before anything of it is read', async () => {
    expect(refusalOf(await readOfx(new Uint8Array(100_000_000), inEuro))).toBe('file-too-large');
    expect(refusalOf(await readOfx(bytesOf(valid), { ...inEuro, maxBytes: 100 }))).toBe('file-too-large');
  });
});

function written(rows: readonly StatementRow[], open: boolean): string {
  const leaf = (name: string, text: string): string => `<${name}>${escaped(text)}${open ? '\n' : `</${name}>`}`;
  const transactions = rows.map((row) =>
    one(
      leaf('TRNTYPE', 'OTHER') +
        leaf('DTPOSTED', `${row.occurredOn.replaceAll('-', '')}120000`) +
        leaf('TRNAMT', signedOf(row)) +
        leaf('FITID', row.bankId ?? '') +
        leaf('NAME', row.payee ?? '') +
        leaf('MEMO', row.note ?? ''),
    ),
  );
  return open ? sgml(transactions.join('')) : xml(statement('EUR', '1', transactions.join('')));
}

describe('rows', () => {
  it('written as OFX 1 or 2 are read again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.boolean(), async (rows, open) => {
        const [account] = accountsOf(await readOfx(bytesOf(written(rows, open)), inEuro));
        expect(badLines(account)).toEqual([]);
        expect(placeless(account?.rows ?? [])).toEqual(placeless(rows));
      }),
      { numRuns: 200 },
    );
  });

  it('of a file that is cut anywhere are never read in part', async () => {
    const text = written(fc.sample(someRows, { numRuns: 1, seed: 1 })[0] ?? [], true).trimEnd();
    for (let length = 0; length < text.length; length += 7) {
      expect((await readOfx(bytesOf(text.slice(0, length)), inEuro)).kind).toBe('refused');
    }
  });

  it('of hostile text come to accounts or a refusal, never to an exception', async () => {
    const piece = fc.constantFrom(
      '<OFX>',
      '</OFX>',
      '<STMTRS>',
      '</STMTRS>',
      '<CURDEF>EUR',
      '<STMTTRN>',
      '</STMTTRN>',
      '<TRNAMT>',
      '-1',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&#0;',
      '&#x110000;',
      '<',
      '>',
      '&',
      '<A/>',
      '\n',
      '<BANKTRANLIST>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        expect((await readOfx(bytesOf(`<OFX>${pieces.join('')}`), inEuro)).kind).toMatch(/^(?:bank-file|refused)$/);
      }),
      { numRuns: 500 },
    );
  });
});

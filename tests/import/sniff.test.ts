import { readBankFile, sniffFormat } from '@kakeibo/adapters/bank-file';
import { accountFor, type BankFile } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workedMs } from '../worked.ts';
import { accountsOf, bytesOf, inEuro, refusalOf } from './accounts.ts';
import { encode } from './bank-file.ts';
import { currencyOf } from './read.ts';

const qif = '!Type:Bank\nD14.10.2026\nT-3,50\n^\n';

describe('the format of a file is told by its first bytes', () => {
  it.each([
    ['ofx', 'OFXHEADER:100\nDATA:OFXSGML\n'],
    ['ofx', '\r\n  OFXHEADER:100DATA:OFXSGML'],
    ['ofx', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>'],
    ['ofx', '<OFX><SIGNONMSGSRSV1>'],
    ['camt', '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'],
    ['camt', '<ns2:Document>\n<ns2:BkToCstmrStmt>'],
    ['qif', qif],
    ['qif', '!Account\nNx\n^\n'],
    ['mt940', ':20:STARTUMS\r\n:25:1/2\r\n'],
    ['mt940', '{1:F01X}{2:I940X}{4:\n:20:X\n'],
    ['mt940', 'ABNANL2A\n940\nABNANL2A\n:20:X\n:25:1\n'],
    ['journal', '[\n  {\n    "tcode": "",'],
    ['journal', '[]\n'],
    ['csv', 'Date,Amount\n2026-10-14,-3.50\n'],
    ['csv', 'Buchung;Text\n14.10.2026;:20: <OFX'],
    ['csv', '<Document xmlns="pain.001">'],
    ['csv', ''],
  ])('%s: %j', (format, text) => {
    expect(sniffFormat(bytesOf(text))).toBe(format);
    expect(sniffFormat(encode(text, { bytes: 'utf-8-bom' }))).toBe(format);
    if (text !== '') expect(sniffFormat(encode(text, { bytes: 'utf-16le-bom' }))).toBe(format);
  });

  it('whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => sniffFormat(bytes).length > 0));
  });
});

describe('a file of a bank', () => {
  it('is read in the format that it has, or in the one that is named', async () => {
    expect(await readBankFile(bytesOf(qif), inEuro)).toMatchObject({ kind: 'bank-file', format: 'qif' });
    expect(await readBankFile(encode(qif, { bytes: 'utf-16le-bom' }), inEuro)).toMatchObject({
      kind: 'bank-file',
      format: 'qif',
    });
    expect(refusalOf(await readBankFile(bytesOf(qif), { ...inEuro, format: 'ofx' }))).toBe('format-differs');
    expect(refusalOf(await readBankFile(bytesOf('a,b\n'), inEuro))).toBe('format-unknown');
  });

  it('is refused by its size before anything of it is read', async () => {
    expect(refusalOf(await readBankFile(new Uint8Array(100_000_000), inEuro))).toBe('file-too-large');
  });

  const heads = [
    '<OFX>',
    '<OFX><NAME>x<STMTRS>',
    '<Document camt.053>',
    '<Document camt.053><Ntry>',
    '!Type:Bank\n',
    ':20:\n:25:\n',
    '[{"tcode":"',
  ];
  const repeated = [
    '<',
    '>',
    '!',
    ':',
    '[',
    '&',
    '\n',
    'A',
    '<A>',
    '<A',
    '</A>',
    '<!--',
    '<![CDATA[',
    '<?',
    '<Ntry>',
    '</Ntry>',
    '&#1;',
    '^\n',
    ':61:\n',
    '{4:',
    '/NAME/',
  ];
  it.each(heads)('that begins with %j and repeats what it likes is read or refused in no time', async (head) => {
    for (const mark of repeated) {
      const bytes = bytesOf(head + mark.repeat(1_000_000 / mark.length));
      const before = workedMs();
      expect((await readBankFile(bytes, inEuro)).kind).toMatch(/^(?:bank-file|refused)$/);
      expect([mark, workedMs() - before < 5_000]).toEqual([mark, true]);
    }
  });

  const account = { currency: currencyOf('EUR'), rows: [], bad: [], from: null, to: null, closing: null, closingOn: null };
  const file: BankFile = {
    kind: 'bank-file',
    format: 'ofx',
    warnings: [],
    accounts: [
      { ...account, account: '1' },
      { ...account, account: '2' },
      { ...account, account: '3', currency: currencyOf('JPY') },
    ],
  };

  it('gives a wallet the account that is named, or the only one in its currency', () => {
    expect(accountFor(file, { account: '2', currency: currencyOf('EUR') })).toMatchObject({ account: '2' });
    expect(accountFor(file, { currency: currencyOf('JPY') })).toMatchObject({ account: '3' });
    expect(accountFor(file, { currency: currencyOf('EUR') })).toMatchObject({ code: 'account-ambiguous' });
    expect(accountFor(file, { account: '3', currency: currencyOf('EUR') })).toMatchObject({ code: 'currency-differs' });
    expect(accountFor(file, { account: '4', currency: currencyOf('EUR') })).toMatchObject({ code: 'account-unknown' });
  });

  it('of QIF has the currency of the wallet', async () => {
    const [read] = accountsOf(await readBankFile(bytesOf(qif), { currency: currencyOf('CHF') }));
    expect(read?.currency).toBe('CHF');
  });
});

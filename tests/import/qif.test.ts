import { readQif } from '@kakeibo/adapters/qif';
import type { StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountsOf,
  badLines,
  bytesOf,
  frameOf,
  inEuro,
  placeless,
  refusalOf,
  rowLines,
  signedOf,
  someRows,
} from './accounts.ts';
import { encode } from './bank-file.ts';
import { bookedBy, currencyOf, walletIn } from './read.ts';

const read = async (text: string, options = {}): Promise<Awaited<ReturnType<typeof readQif>>> =>
  readQif(bytesOf(text), { ...inEuro, ...options });

describe('QIF', () => {
  it('of Quicken: American days, an apostrophe before the year, classes, transfers and splits', async () => {
    const text = `!Account
NChecking
TBank
^
!Type:Bank
D1/ 1' 6
T1,000.00
CX
POpening Balance
L[Checking]
^
D1/13' 6
U-1,234.50
T-1,234.50
N1042
PElectric Co
MJanuary
LUtilities:Power/Home
^
D2/1'06
T-50.00
PSavings
L[Savings]
^
D2/2'06
T-30.00
PSupermarket
LGroceries
SGroceries
Eapples
$-20.00
SHousehold
$-10.00
SNothing
$0.00
^
`;
    const [account] = accountsOf(await read(text, { currency: currencyOf('USD') }));
    expect(frameOf(account)).toBe('Checking USD 2006-01-13..2006-02-02 - -');
    expect(rowLines(account)).toEqual([
      '12 2006-01-13 -1234.50 Utilities:Power | Electric Co | January · check 1042 |  | Home',
      '20 2006-02-01 -50.00 Unsorted | Savings | [Savings] |  | transfer',
      '25 2006-02-02 -30.00 Groceries 20.00 (apples) + Household 10.00 | Supermarket',
    ]);
    expect(badLines(account)).toEqual(['6 opening-balance']);
  });

  it('of a German bank in Windows-1252: days first, a comma before the decimals', async () => {
    const text = '!Type:Bank\nD14.10.2026\nT-1.234,50\nPBäckerei\nMBrötchen\n^\nD02.01.26\nT3,00\nPX\n^\n';
    const [account] = accountsOf(await readQif(encode(text, { bytes: 'windows-1252', lineEnd: '\r\n' }), inEuro));
    expect(rowLines(account)).toEqual(['2 2026-10-14 -1234.50 Unsorted | Bäckerei | Brötchen', '7 2026-01-02 +3.00 - | X']);
  });

  it('with several accounts, lists of categories and investments: only bookings are read', async () => {
    const text =
      '!Option:AutoSwitch\n!Account\nNA\nTBank\n^\nNB\nTCCard\n^\n!Clear:AutoSwitch\n!Type:Cat\nNFood\nE\n^\n' +
      '!Account\nNA\n^\n!Type:Bank\nD13/10/2026\nT1.00\n^\n!Account\nNB\n^\n!Type:CCard\nD2026-10-14\nT-2.00\n^\n' +
      '!Account\nNC\n^\n!Type:Invst\nD1/2/26\nNBuy\n^\n';
    const file = await read(text);
    expect(file).toMatchObject({
      warnings: [
        {
          code: 'investments-left-out',
          line: 31,
          account: 'C',
          message: expect.stringMatching(/^1 investment row was left out \(from line 31 on\)/),
        },
      ],
    });
    const alone = await read(text.slice(text.lastIndexOf('!Account')));
    expect(refusalOf(alone)).toBe('statement-missing 4');
    expect(alone).toMatchObject({ message: expect.stringContaining('1 investment row was left out') });
    const accounts = accountsOf(file);
    expect(accounts.map((account) => [frameOf(account), ...rowLines(account)])).toEqual([
      ['A EUR 2026-10-13..2026-10-13 - -', '18 2026-10-13 +1.00 -'],
      ['B EUR 2026-10-14..2026-10-14 - -', '25 2026-10-14 -2.00 Unsorted'],
    ]);
  });

  it('asks for the order of days when no row decides, and takes the answer', async () => {
    const text = '!Type:Bank\nD3/4/26\nT-1.00\n^\nD5/6/26\nT-2.00\n^\n';
    expect(refusalOf(await read(text))).toBe('date-order-ambiguous');
    const days = async (dateOrder: string): Promise<readonly string[]> =>
      accountsOf(await read(text, { dateOrder })).flatMap(({ rows }) => rows.map(({ occurredOn }) => occurredOn));
    expect(await days('dmy')).toEqual(['2026-04-03', '2026-06-05']);
    expect(await days('mdy')).toEqual(['2026-03-04', '2026-05-06']);
    expect(rowLines(accountsOf(await read(text.replace('3/4', '3/14')))[0])[1]).toBe('5 2026-05-06 -2.00 Unsorted');
  });

  it('asks for the decimal mark when no row decides, and takes the answer', async () => {
    const text = '!Type:Bank\nD14.10.2026\nT-1,234\n^\n';
    const dinar = { currency: currencyOf('KWD') };
    expect(refusalOf(await read(text, dinar))).toBe('decimal-mark-ambiguous');
    expect(rowLines(accountsOf(await read(text, { ...dinar, decimalMark: ',' }))[0])).toEqual(['2 2026-10-14 -1.234 Unsorted']);
    expect(rowLines(accountsOf(await read(text, { ...dinar, decimalMark: '.' }))[0])).toEqual([
      '2 2026-10-14 -1234.000 Unsorted',
    ]);
  });

  it('reports each row that cannot be booked, with its line', async () => {
    const row = (fields: string): string => `${fields}\n^\n`;
    const text = `!Type:Bank\n${[
      'D1/2\nT-1.00',
      'D31/9/2026\nT-1.00',
      'Dsoon\nT-1.00',
      'T-1.00',
      'D13/1/2026',
      'D13/1/2026\nT-1.005',
      'D13/1/2026\nT0.00',
      'D13/1/2026\nT-3.00\nSA\n$-1.00\nSB\n$-1.00',
      'D13/1/2026\nT-3.00\nSA\n$-4.00\nSB\n$1.00',
      'D13/1/2026\nT-3.00\nSA\n$-1.00\nS[Savings]\n$-2.00',
      'D13/1/2026\nT-3.00 USD',
    ]
      .map(row)
      .join('')}`;
    const [account] = accountsOf(await read(text));
    expect(rowLines(account)).toEqual([]);
    expect(badLines(account)).toEqual([
      '2 date-without-year',
      '5 date-not-real',
      '8 date-unreadable',
      '11 date-missing',
      '13 amount-missing',
      '15 amount-too-precise',
      '18 amount-zero',
      '21 parts-differ',
      '28 parts-mixed',
      '35 parts-mixed',
      '42 currency-differs',
    ]);
  });
});

describe('rows of QIF', () => {
  it('can be booked as they are, whatever a file calls its payees, categories and classes; a second time they are known', async () => {
    const split = (parts: number): string => `D14.10.2026\nT-${parts}.00\n${'SA:B\nE=1+1\n$-1.00\n'.repeat(parts)}^\n`;
    const odd = ['__proto__', 'a b, #c', '#', 'x'.repeat(200), '\u0007', '😀'.repeat(90), ':', 'A::B', '--Split--'];
    const rows = odd.map((text) => `D14.10.2026\nT-1.00\nP${text}\nM${text}\nL${text}/${text}\n^\n`);
    const [account] = accountsOf(await read(`!Type:Bank\n${rows.join('')}${split(50)}${split(51)}`));
    expect(badLines(account)).toEqual(['209 parts-too-many']);
    const wallet = await walletIn('EUR');
    expect(await bookedBy(wallet, account?.rows ?? [])).toBe(odd.length + 1);
    expect(await bookedBy(wallet, account?.rows ?? [])).toBe(0);
  });
});

describe('a QIF file is refused as a whole', () => {
  it.each([
    ['when it is no QIF', 'Date,Amount\n', 'format-differs 1'],
    ['when it ends inside of a transaction', '!Type:Bank\nD14.10.2026\nT-1', 'file-truncated 2'],
    ['when a section begins inside of a transaction', '!Type:Bank\nD14.10.2026\n!Type:Cash\n', 'file-truncated 2'],
    ['when it has lists only', '!Type:Cat\nNFood\n^\n', 'statement-missing 4'],
    ['when a line has 10 MB', `!Type:Bank\nP${'x'.repeat(10_000_000)}\n^\n`, 'text-too-long 2'],
    ['when it has more transactions than are read', `!Type:Bank\n${'T1\n^\n'.repeat(100_001)}`, 'import-too-large 200003'],
  ])('%s', async (_, text, refusal) => {
    expect(refusalOf(await read(text))).toBe(refusal);
  });

  it('when it is larger than is allowed', async () => {
    expect(refusalOf(await read('!Type:Bank\n', { maxBytes: 5 }))).toBe('file-too-large');
  });
});

function written(rows: readonly StatementRow[], european: boolean): string {
  const records = rows.map((row) => {
    const [year, month, day] = row.occurredOn.split('-');
    const date = european ? `${day}.${month}.${year}` : `${Number(month)}/${Number(day)}'${year?.slice(2)}`;
    const amount = european ? signedOf(row).replace('.', ',') : signedOf(row).replace(/\B(?=(?:\d{3})+\.)/g, ',');
    return `D${date}\nT${amount}\nP${row.payee}\n${row.note === undefined ? '' : `M${row.note}\n`}^\n`;
  });
  // One row that decides what the others may leave open.
  return `!Type:Bank\n${records.join('')}${european ? 'D31.12.2020\nT9.999,99' : "D12/31'20\nT9,999.99"}\n^\n`;
}

describe('rows', () => {
  it('written as QIF in either style are read again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.boolean(), async (rows, european) => {
        const [account] = accountsOf(await read(written(rows, european)));
        expect(badLines(account)).toEqual([]);
        expect(placeless(account?.rows.slice(0, -1) ?? [], { withIds: false })).toEqual(placeless(rows, { withIds: false }));
      }),
      { numRuns: 200 },
    );
  });

  it('of hostile text come to accounts or a refusal, never to an exception', async () => {
    const piece = fc.constantFrom(
      '!Type:Bank\n',
      '!Account\n',
      'N',
      'D1/2/26\n',
      'T-1\n',
      'S\n',
      '$1\n',
      'E\n',
      'L[',
      ']\n',
      '^\n',
      '\0',
      '\n',
      "D1/2'\n",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        expect((await read(`!Type:Bank\n${pieces.join('')}`)).kind).toMatch(/^(?:bank-file|refused)$/);
      }),
      { numRuns: 500 },
    );
  });
});

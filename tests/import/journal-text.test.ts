import { readBankFile, sniffFormat } from '@kakeibo/adapters/bank-file';
import { readJournal } from '@kakeibo/adapters/journal';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { workedMs } from '../worked.ts';
import { accountsOf, badLines, bytesOf, frameOf, inEuro, refusalOf, rowLines } from './accounts.ts';

const read = async (text: string, options = {}): Promise<Awaited<ReturnType<typeof readJournal>>> =>
  readJournal(bytesOf(text), { ...inEuro, ...options });

/** The rows of the first account. */
async function rows(text: string, options = {}): Promise<readonly string[]> {
  return rowLines(accountsOf(await read(text, options))[0]);
}

const spent = (amount: string): string => `2026-02-01 Shop\n    Assets:Bank  ${amount}\n    Expenses:Food\n`;

describe('a journal as text', () => {
  it('is read as hledger prints it', async () => {
    const text = `2026-02-01=2026-02-03 ! (abc) Coop | weekly  ; paid late, id: 01J1, fun:
    Expenses:Food:Groceries       EUR 12.50
    Expenses:Home                  EUR 7.50  ; soap
        ; and water
    Assets:Bank                  EUR -20.00 = EUR 80.00

2026-02-02 * -
    (Budget:Food)     EUR 99.00
    [Assets:Saved]     EUR 1.00
    [Assets:Bank]     EUR -1.00
    Assets:Bank
    Income:Salary     EUR -1,234,567.89
`;
    const [bank] = accountsOf(await read(text));
    expect(frameOf(bank)).toBe('Assets:Bank EUR 2026-02-01..2026-02-02 - -');
    expect(rowLines(bank)).toEqual([
      '1 2026-02-01 -20.00 Food:Groceries 12.50 + Home 7.50 (soap and water) | Coop | weekly | 01J1 | fun',
      '7 2026-02-02 +1234567.89 Salary',
    ]);
  });

  it('is read as ledger prints it, and as people write it', async () => {
    const text = `; household
# more
comment
2026-01-01 not this
end comment
P 2026/01/01 USD 0.9 EUR
account Assets:Bank
    note my bank
commodity 1.000,00 EUR
    format 1.000,00 EUR

~ Monthly
    Expenses:Food  100 EUR
    Assets:Bank

2026/2/1 (7) Coop
    ; :fun:big:
    * Assets:Bank\t-1.250,5 EUR
    ! Expenses:Food
2026.02.03 Split; it is
\tExpenses:Food  1,000 EUR
\tAssets:Bank
`;
    expect(await rows(text)).toEqual([
      '16 2026-02-01 -1250.50 Food | Coop |  |  | big,fun',
      '20 2026-02-03 -1.00 Food | Split; it is',
    ]);
  });

  it.each([
    ['EUR -3.50', '-3.50'],
    ['-EUR 3.50', '-3.50'],
    ['-€3.50', '-3.50'],
    ['€-3,50', '-3.50'],
    ['3.50 EUR', '+3.50'],
    ['+3 EUR', '+3.00'],
    ['"EUR" 3', '+3.00'],
    ["EUR 1'234.50", '+1234.50'],
    ['EUR 1 234,50', '+1234.50'],
    ['EUR 1.234.567', '+1234567.00'],
    ['EUR 1000.', '+1000.00'],
    ['EUR .5', '+0.50'],
    ['10 USD @ EUR 0.95', undefined],
    ['EUR 3.50 == EUR 10', '+3.50'],
    ['EUR 3.50 =* EUR 10 @ USD 1', '+3.50'],
  ])('takes the amount %s', async (written, amount) => {
    const [row] = await rows(spent(written));
    expect(row?.split(' ')[2]).toBe(amount);
  });

  it('takes prices for each and for all, and gives the posting without an amount what is left', async () => {
    const text = `2026-02-01 Trip
    Expenses:Fun    10 "USD" @ EUR 0.95
    Expenses:Food   -4 USD (@@) EUR 3
    Assets:Bank
2026-02-02 Change
    Assets:Dollars  10 USD @@ EUR 9.50
    Assets:Bank
`;
    const [bank, dollars] = accountsOf(await read(text.replace('-4', '4')));
    expect(rowLines(bank)).toEqual([
      '1 2026-02-01 -12.50 Fun 9.50 + Food 3.00 | Trip',
      '5 2026-02-02 -9.50 Unsorted | Change | [Assets:Dollars] |  | transfer',
    ]);
    expect(rowLines(dollars)).toEqual(['5 2026-02-02 +10.00 - | Change | [Assets:Bank] |  | transfer']);
  });

  it('says of a row what cannot be booked of it, and reads the others', async () => {
    const text = `02-01 No year
    Assets:Bank  EUR 1
    Income:X
2026-02-30 No such day
    Assets:Bank  EUR 1
    Income:X
2026-02-01 A third
    Assets:Bank  EUR 0.333
    Income:X
2026-02-01 Twice  ; id: 7
    Assets:Bank  EUR 1
    Income:X
2026-02-01 Twice  ; id: 7
    Assets:Bank  EUR 1
    Income:X
`;
    const [bank] = accountsOf(await read(text));
    expect(badLines(bank)).toEqual(['1 date-without-year', '4 date-not-real', '7 amount-too-precise', '13 duplicate-id']);
    expect(rowLines(bank)).toEqual(['10 2026-02-01 +1.00 X | Twice |  | 7']);
  });
});

describe('the mark before decimals', () => {
  it('is told by the other figures of the commodity, or by what the journal declares', async () => {
    const thousand = spent('1,000 EUR');
    expect(refusalOf(await read(thousand))).toBe('decimal-mark-ambiguous 2');
    expect(await rows(thousand + spent('1.5 EUR'))).toHaveLength(2);
    expect((await rows(thousand + spent('1.5 EUR')))[0]).toContain('+1000.00');
    expect((await rows(thousand + spent('1,5 EUR')))[0]).toContain('+1.00');
    expect((await rows(`commodity 1.000,00 EUR\n${thousand}`))[0]).toContain('+1.00');
    expect((await rows(`decimal-mark ,\n${thousand}`))[0]).toContain('+1.00');
    expect((await rows(thousand, { decimalMark: '.' }))[0]).toContain('+1000.00');
    expect(refusalOf(await read(thousand + spent('1,5 EUR') + spent('1.5 EUR')))).toBe('decimal-mark-ambiguous 2');
    expect((await rows(spent('1.000 EUR')))[0]).toContain('+1.00');
    expect((await rows(spent('1.000 EUR') + spent('1,5 EUR')))[0]).toContain('+1000.00');
  });

  it('makes a figure none whose groups are no thousands', async () => {
    expect(refusalOf(await read(`decimal-mark .\n${spent('1,5 EUR')}`))).toBe('file-malformed 3');
    expect(refusalOf(await read(spent('1.2.3,4 EUR')))).toBe('file-malformed 2');
  });
});

describe('a journal as text is refused with its line', () => {
  const bank = '    Assets:Bank  ';
  const directives =
    'include x.journal|apply account Home|end apply account|alias a=b|Y 2026|year 2026|D $1,000.00|bucket Assets:Bank|A Assets:Bank|C 1 Kb = 1024 b|!include x|i 2026/01/01 10:00:00 Work|python|define x=5';
  it.each(directives.split('|'))('when it has “%s”', async (directive) => {
    const refusal = await read(`${spent('EUR 1')}${directive}\n${spent('EUR 1')}`);
    expect(refusalOf(refusal)).toBe('file-malformed 4');
    expect(refusal).toMatchObject({ message: expect.stringMatching(/^Line 4 has the directive “[!\w]+”.*print/) });
  });

  it.each([
    ['when it adds postings by a rule', '= Expenses\n    Assets:X  1\n', 'file-malformed 1'],
    ['when a line is nothing known', '2026-02-01 x\n    Assets:Bank  EUR 1\n    Income:X\n<html>\n', 'file-malformed 4'],
    ['when a date is followed by none', '1) Coop\n', 'file-malformed 1'],
    ['when two postings have no amount', `2026-02-01 x\n${bank}\n    Income:X\n`, 'file-malformed 3'],
    ['when a transaction comes to something', `\n2026-02-01 x\n${bank}EUR 1\n    Income:X  EUR -2\n`, 'file-malformed 2'],
    ['when a balance is set', `2026-02-01 x\n${bank}= EUR 5\n    Income:X\n`, 'file-malformed 2'],
    ['when an amount is worked out', `2026-02-01 x\n${bank}(2 * EUR 5)\n    Income:X\n`, 'file-malformed 2'],
    ['when an amount is a lot', `2026-02-01 x\n${bank}5 ACME {EUR 5} @ EUR 7\n    Income:X\n`, 'file-malformed 2'],
    ['when an amount has two commodities', `2026-02-01 x\n${bank}EUR 5 USD\n    Income:X\n`, 'file-malformed 2'],
    ['when an amount has two signs', `2026-02-01 x\n${bank}-EUR -5\n    Income:X\n`, 'file-malformed 2'],
    ['when an amount is a word', `2026-02-01 x\n${bank}five\n    Income:X\n`, 'file-malformed 2'],
    ['when an amount has more digits than any', `2026-02-01 x\n${bank}${'9'.repeat(100)}\n    Income:X\n`, 'file-malformed 2'],
    ['when a price is less than nothing', `2026-02-01 x\n${bank}5 USD @ EUR -1\n    Income:X\n`, 'file-malformed 2'],
    ['when there is more than an amount', `2026-02-01 x\n${bank}EUR 5 @ EUR 1 x y\n    Income:X\n`, 'file-malformed 2'],
    ['when its comment has no end', `${spent('EUR 1')}comment\n2026\n`, 'file-truncated 4'],
    ['when its last line has no end', spent('EUR 12.50').slice(0, -1), 'file-truncated 3'],
    ['when a line has no end', `; ${'x'.repeat(20_000)}\n`, 'text-too-long 1'],
    ['when a transaction has no end of postings', `2026-02-01 x\n${`${bank}EUR 1\n`.repeat(1_001)}`, 'file-malformed 1002'],
    ['when nothing of it moves money', '; nothing\naccount Assets:Bank\n', 'statement-missing'],
    ['when it moves nothing of one’s own', '2026-02-01 x\n    A:B  EUR 1\n    C:D\n', 'statement-missing'],
  ])('%s', async (_, text, refusal) => {
    expect(refusalOf(await read(text))).toBe(refusal);
  });

  it('when it has too many transactions', async () => {
    expect(refusalOf(await read('2026-02-01 x\n'.repeat(100_001)))).toBe('import-too-large 100001');
  });

  it('when its bytes are none of its encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(spent('EUR 1')), Uint8Array.of(0x3b, 0xff, 0x0a)]);
    expect(refusalOf(await readJournal(bytes, inEuro))).toBe('encoding-invalid 4');
  });
});

describe('the first bytes tell a journal', () => {
  it.each([
    ['journal', spent('EUR 1')],
    ['journal', `\r\n; Written by Kakeibo\r\n\r\n2026/02/01=2026/02/02 * (x) Coop\r\n\t; id: 1\r\n`],
    ['journal', 'decimal-mark .\ncommodity EUR 1000.00\ntag id\naccount Assets:Bank\n'],
    ['journal', '; Written by Kakeibo for ledger.\naccount Assets:Bank\n'],
    ['csv', 'account,date,amount\nAssets:Bank,2026-01-01,1\n'],
    ['csv', 'account income;date\n1;2\n'],
    ['csv', '2026-02-01 10:00,Coop\n2026-02-02 10:00,Coop\n'],
    ['csv', 'commodity prices, 2026\n'],
    ['csv', '; a comment\nDate,Amount\n'],
  ])('%s: %j', (format, text) => {
    expect(sniffFormat(bytesOf(text))).toBe(format);
  });
});

test('whatever a journal repeats, it is read or refused in no time', async () => {
  const pieces = [
    '2026-02-01 x\n',
    '    Assets:Bank  EUR 1\n',
    '    ; id: 1, a:b:\n',
    '    ',
    ';',
    'a:',
    ':',
    '1 ',
    '1,',
    '(',
    '"',
    ' @ ',
    '=',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
      fc.nat(20_000),
      async (some, times) => {
        const text = `2026-02-01 x\n    Assets:Bank  ${some.join('').repeat(times)}`;
        const began = workedMs();
        await readBankFile(bytesOf(text.slice(0, 200_000)), { ...inEuro, format: 'journal' });
        expect(workedMs() - began).toBeLessThan(2_000);
      },
    ),
    { numRuns: 100 },
  );
});

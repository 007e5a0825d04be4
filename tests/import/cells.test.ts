import {
  fingerprintOf,
  formatAmount,
  money,
  recognise,
  toStatement,
  type CivilDate,
  type ImportSettings,
  type Statement,
} from '@kakeibo/core';
import { describe, expect, it } from 'vitest';
import { currencyOf } from './read.ts';

interface Cells {
  readonly date?: string;
  readonly amount?: string;
  readonly category?: string;
  readonly currency?: string;
  readonly settings?: ImportSettings;
}

const columns = { date: 0, amount: 1, category: 2, note: 3 };

/** What becomes of one row. Another one above it keeps the file a file, whatever the row's cells are. */
function read({ date = '2026-01-14', amount = '-1.00', category = '', currency = 'EUR', settings }: Cells): Statement {
  const code = currencyOf(currency);
  const rows = [
    { line: 1, cells: ['Date', 'Amount', 'Category', 'Note'] },
    { line: 2, cells: ['2026-01-13', '7', '', 'above'] },
    { line: 3, cells: [date, amount, category, 'the row'] },
  ];
  const layout = recognise(rows, { currency: code, settings: { columns, dateOrder: 'dmy', decimalMark: '.', ...settings } });
  if (layout.kind === 'refused') throw new Error(layout.message);
  return toStatement(rows.slice(2), layout, { currency: code });
}

describe('dates', () => {
  it.each([
    ['2026-01-05', '2026-01-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026-01-05T23:30:00Z', '2026-01-05'],
    ['2026-01-05 23:30:00.123+02:00', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['05.01.2026', '2026-01-05'],
    ['5. 1. 2026', '2026-01-05'],
    ['05/01/26 10:15', '2026-01-05'],
    ['5/1/2026 3:07:00 PM', '2026-01-05'],
    ['05-01-1998', '1998-01-05'],
    ['05.01.98', '1998-01-05'],
    ['5-Jan-26', '2026-01-05'],
    ['05 JAN 2026', '2026-01-05'],
    ['5. März 2026', '2026-03-05'],
    ['05 août 2026', '2026-08-05'],
    ['Jan 5, 2026', '2026-01-05'],
    ['January 5 2026', '2026-01-05'],
    ['Mo, 05.01.2026', '2026-01-05'],
    ['5th Jan 2026', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['29.02.2024', '2024-02-29'],
  ])('reads %s', (date, day) => {
    expect(read({ date }).statementRows.map(({ occurredOn }) => occurredOn)).toEqual([day]);
  });

  it.each([
    ['31/09/2026', 'date-not-real', '31 September does not exist.'],
    ['29.02.2026', 'date-not-real', '29 February 2026 does not exist.'],
    ['31 Sep 2026', 'date-not-real', '31 September does not exist.'],
    ['01/13/2026', 'date-not-real', 'There is no month 13.'],
    ['00/01/2026', 'date-not-real', '0 January does not exist.'],
    ['05/01/1066', 'date-out-of-range', 'The year 1066 is out of range.'],
    ['', 'date-missing', 'The row has no date.'],
    ['soon', 'date-unreadable', '“soon” is not a date.'],
    ['12.50', 'date-unreadable', '“12.50” is not a date.'],
    ['2026-01', 'date-unreadable', '“2026-01” is not a date.'],
    ['2026-01-15T18:03 Card 1', 'date-unreadable', '“2026-01-15T18:03 Card 1” is not a date.'],
    ['1/2/3/4', 'date-unreadable', '“1/2/3/4” is not a date.'],
    ['٣/١/٢٠٢٦', 'date-unreadable', '“٣/١/٢٠٢٦” is not a date.'],
  ])('says why %j is no day', (date, code, reason) => {
    expect(read({ date }).bad).toMatchObject([{ line: 3, code, reason }]);
  });
});

describe('amounts', () => {
  it.each([
    ['1.234,56', ',', '1234.56'],
    ['1,234.56', '.', '1234.56'],
    ['1 234,56', ',', '1234.56'],
    ['1\u202f234,56', ',', '1234.56'],
    ["1'234.56", '.', '1234.56'],
    ['1’234.56', '.', '1234.56'],
    ['1,00,000.00', '.', '100000.00'],
    ['1.234,56-', ',', '-1234.56'],
    ['(12.00)', '.', '-12.00'],
    ['-12', '.', '-12.00'],
    ['\u221212,5', ',', '-12.50'],
    ['€ 12,50', ',', '12.50'],
    ['12,50 €', ',', '12.50'],
    ['-€12.50', '.', '-12.50'],
    ['€-12.50', '.', '-12.50'],
    ['EUR 12.50', '.', '12.50'],
    ['12.50EUR', '.', '12.50'],
    ['12.50 Dr', '.', '-12.50'],
    ['12.50 CR', '.', '12.50'],
    ['+12.50', '.', '12.50'],
    ['.50', '.', '0.50'],
    ['12,-', ',', '12.00'],
    ['12.5000', '.', '12.50'],
    ['１２．５０', '.', '12.50'],
    ["'-12.50", '.', '-12.50'],
    ['9007199254740993.01', '.', '9007199254740993.01'],
  ] as const)('reads %s', (amount, decimalMark, plain) => {
    const { statementRows, bad } = read({ amount, settings: { decimalMark } });
    const signed = statementRows.map((row) => (row.kind === 'expense' ? '-' : '') + formatAmount(row.amount));
    expect([signed, bad]).toEqual([[plain], []]);
  });

  it.each([
    ['', '.', 'amount-missing'],
    ['-', '.', 'amount-missing'],
    ['0.00', '.', 'amount-zero'],
    ['-0', '.', 'amount-zero'],
    ['abc', '.', 'amount-unreadable'],
    ['12x', '.', 'amount-unreadable'],
    ['12 %', '.', 'amount-unreadable'],
    ['--12', '.', 'amount-unreadable'],
    ['1e5', '.', 'amount-unreadable'],
    ['0x10', '.', 'amount-unreadable'],
    ['12)', '.', 'amount-unreadable'],
    ['(12', '.', 'amount-unreadable'],
    ['NaN', '.', 'amount-unreadable'],
    ['=1+1', '.', 'amount-unreadable'],
    ['1/2', '.', 'amount-unreadable'],
    ['12.50', ',', 'amount-unreadable'],
    ['1.23.456,7', '.', 'amount-unreadable'],
    ['1,23', '.', 'amount-unreadable'],
    ['12 34', '.', 'amount-unreadable'],
    ['1,234 567.00', '.', 'amount-unreadable'],
    ['9'.repeat(80), '.', 'amount-unreadable'],
    ['12.345', '.', 'amount-too-precise'],
    ['99999999999999999999', '.', 'amount-too-large'],
    ['$ 12.50', '.', 'currency-differs'],
  ] as const)('refuses %j', (amount, decimalMark, code) => {
    expect(read({ amount, settings: { decimalMark } }).bad).toMatchObject([{ line: 3, code }]);
  });
});

describe('the marks in one figure', () => {
  const kwd = currencyOf('KWD');
  // Of three decimals, so that nothing but the figure itself decides.
  it.each([
    ['1,234', ['.', 'decimalMark']],
    ['1.234', ['.', 'decimalMark']],
    ['1234', ['.']],
    ['0,123', [',']],
    ['1234,567', [',']],
    ['1,23', [',']],
    ['1.234.567', [',']],
    ['1,00,000', ['.']],
    ['1,234.5', ['.']],
    ["1'234,500", [',']],
  ])('%s', (amount, judged) => {
    const rows = [
      { line: 1, cells: ['Date', 'Amount'] },
      { line: 2, cells: ['2026-01-13', amount] },
    ];
    const layout = recognise(rows, { currency: kwd });
    if (layout.kind === 'refused') throw new Error(layout.message);
    expect([layout.decimalMark, ...layout.questions.map(({ field }) => field)]).toEqual(judged);
  });
});

describe('categories', () => {
  it.each([
    ['Bills: Rent', 'Bills:Rent'],
    [' Food ', 'Food'],
    ['a::b:', 'a:b'],
    ['', 'Unsorted'],
    [' : ', 'Unsorted'],
    ['__proto__:x', 'Unsorted'],
    ['a\u0000b', 'a b'],
    ['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8'],
    ['😀'.repeat(70), '😀'.repeat(60)],
  ])('makes %j valid', (text, category) => {
    expect(read({ category: text }).statementRows.map((row) => row.category)).toEqual([category]);
  });

  it('are left out where income has none', () => {
    expect(read({ amount: '1.00' }).statementRows[0]).not.toHaveProperty('category');
  });
});

describe('fingerprints', () => {
  const facts = { kind: 'expense', amount: money(350n, currencyOf('EUR')), occurredOn: '2026-10-14' as CivilDate } as const;

  it('are readable while they are short', () => {
    expect(fingerprintOf({ ...facts, note: ' CAFÉ\u00a0 Noir' })).toBe('2026-10-14 -350 EUR cafe noir');
    expect(fingerprintOf({ ...facts, kind: 'income' })).toBe('2026-10-14 350 EUR');
  });

  it('stay within 128 characters and apart', () => {
    const long = fingerprintOf({ ...facts, note: 'x'.repeat(500) });
    expect(long).toMatch(/^2026-10-14 -350 EUR #[0-9a-f]{32}$/);
    expect(fingerprintOf({ ...facts, note: `${'x'.repeat(499)}y` })).not.toBe(long);
  });
});

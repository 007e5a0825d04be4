import { recognise, toStatement, unsettled, type ImportSettings, type Layout, type Row } from '@kakeibo/core';
import { describe, expect, it } from 'vitest';
import { currencyOf, lineOf } from './read.ts';

const eur = currencyOf('EUR');

function rowsOf(text: string): readonly Row[] {
  return text.split('\n').map((line, index) => ({ line: index + 1, cells: line.split(';') }));
}

function layoutOf(text: string, settings?: ImportSettings, currency = eur): Layout {
  const layout = recognise(rowsOf(text), { currency, settings });
  if (layout.kind === 'refused') throw new Error(layout.message);
  return layout;
}

function booked(text: string, settings?: ImportSettings, currency = eur): readonly string[] {
  return toStatement(rowsOf(text), layoutOf(text, settings, currency), { currency }).statementRows.map(lineOf);
}

describe('the order of day and month', () => {
  const ambiguous = 'Date;Payee;Amount\n01/02/2026;A;-1,50\n03/04/2026;B;-2,50';

  it('is asked when no row decides', () => {
    const layout = layoutOf(ambiguous);
    expect(layout.questions).toEqual([
      { field: 'dateOrder', message: 'In which order are the dates written: dmy or mdy?', choices: ['dmy', 'mdy'] },
    ]);
    expect(unsettled(layout)?.code).toBe('date-order-ambiguous');
    expect(booked(ambiguous)[0]).toBe('2 2026-02-01 -1.50 Unsorted | A');
  });

  it('is taken from the person', () => {
    expect(unsettled(layoutOf(ambiguous, { dateOrder: 'mdy' }))).toBeUndefined();
    expect(booked(ambiguous, { dateOrder: 'mdy' })[0]).toBe('2 2026-01-02 -1.50 Unsorted | A');
  });

  it('is settled by one row of many', () => {
    const rows = Array.from({ length: 900 }, (_, index) => `0${(index % 9) + 1}/02/2026;A;-1,50`);
    const layout = layoutOf(['Date;Payee;Amount', ...rows, '02/13/2026;B;-1,00', '03/14/2026;B;-1,00'].join('\n'));
    expect([layout.dateOrder, layout.questions]).toEqual(['mdy', []]);
  });

  it('is settled by a second date column', () => {
    expect(layoutOf('Date;Value Date;Amount\n01/02/2026;13/02/2026;-1,50').dateOrder).toBe('dmy');
  });

  it('is day first where points part the figures', () => {
    expect(layoutOf('Datum;Text;Betrag\n01.02.2026;A;-1,50').questions).toEqual([]);
  });

  it('forgives a slip of the pen and asks about a draw', () => {
    const many = Array.from({ length: 8 }, () => '20/01/2026;A;-1,50').join('\n');
    expect(layoutOf(`Date;Payee;Amount\n${many}\n01/20/2026;B;-1,50`).questions).toEqual([]);
    expect(layoutOf('Date;Payee;Amount\n20/01/2026;A;-1,50\n01/20/2026;B;-1,50').questions).toHaveLength(1);
  });

  it('asks when the first of two-digit figures looks like a year', () => {
    const layout = layoutOf('Date;Payee;Amount\n26/01/15;A;-1,50\n26/01/16;B;-1,50\n26/01/17;C;-1,50');
    expect(layout.questions[0]?.choices).toEqual(['ymd', 'dmy']);
  });
});

describe('the decimal mark', () => {
  const lone = 'Date;Payee;Amount\n2026-01-14;A;-1,234\n2026-01-15;B;-2';

  it('is settled by the decimals of the currency', () => {
    expect(booked(lone)[0]).toBe('2 2026-01-14 -1234.00 Unsorted | A');
    expect(booked(lone, {}, currencyOf('JPY'))[0]).toBe('2 2026-01-14 -1234 Unsorted | A');
  });

  it('is asked where the currency has three decimals', () => {
    const layout = layoutOf(lone, {}, currencyOf('KWD'));
    expect(layout.questions.map(({ field }) => field)).toEqual(['decimalMark']);
    expect(unsettled(layout)?.code).toBe('decimal-mark-ambiguous');
    expect(booked(lone, { decimalMark: ',' }, currencyOf('KWD'))[0]).toBe('2 2026-01-14 -1.234 Unsorted | A');
  });

  it('is settled by another column', () => {
    expect(layoutOf('Date;Amount;Balance\n2026-01-14;-1,234;9,75', {}, currencyOf('KWD')).decimalMark).toBe(',');
  });

  it('never turns hundredths into thousands', () => {
    const mixed = 'Date;Payee;Amount\n2026-01-14;A;-1.234,50\n2026-01-15;B;-2,25\n2026-01-16;C;-12.50';
    const { bad } = toStatement(rowsOf(mixed), layoutOf(mixed, { decimalMark: ',' }), { currency: eur });
    expect(bad.map(({ line, code }) => `${line} ${code}`)).toEqual(['4 amount-unreadable']);
    expect(unsettled(layoutOf(mixed))?.code).toBe('decimal-mark-ambiguous');
  });
});

describe('the columns', () => {
  it('are asked for when nothing tells them', () => {
    const layout = layoutOf('Alpha;Beta;Gamma\nx;y;z\nx;y;z');
    expect(layout.questions.map(({ field, choices }) => [field, choices])).toEqual([
      ['columns', ['Column 1', 'Column 2', 'Column 3']],
    ]);
    expect(unsettled(layout)?.code).toBe('columns-unknown');
    expect(booked('Alpha;Beta;Gamma\nx;y;z')).toEqual([]);
  });

  it('are taken from the person', () => {
    const text = 'When;Cost;Other;What\n14.01.2026;3,50;9,99;Tea';
    expect(booked(text, { columns: { date: 0, debit: 1, note: 3 } })).toEqual(['2 2026-01-14 -3.50 Unsorted | Tea']);
  });

  it('are refused when the person names one that is not there', () => {
    const refused = recognise(rowsOf('Date;Amount\n2026-01-14;1'), {
      currency: eur,
      settings: { columns: { date: 0, amount: 7 } },
    });
    expect(refused).toMatchObject({ kind: 'refused', code: 'columns-unknown' });
  });

  it('are found under a header in a language nobody knows', () => {
    expect(booked('Kuupäev;Selgitus;Kogus\n14.01.2026;Tee;-3,50')).toEqual(['2 2026-01-14 -3.50 Unsorted | Tee']);
  });

  it('follow the header row that the person names', () => {
    const text = 'Date;Amount;Note\nDate;Betrag;Text\n14.01.2026;-3,50;Tee';
    expect(layoutOf(text, { headerRow: 2 }).headerRow).toBe(2);
    expect(recognise(rowsOf(text), { currency: eur, settings: { headerRow: 9 } })).toMatchObject({ code: 'columns-unknown' });
    expect(layoutOf('14.01.2026;-3,50;Tee\n15.01.2026;-1,50;Tee', { headerRow: null }).headerRow).toBeNull();
  });

  it('leave out the lines that the person skips', () => {
    expect(booked('Date;Amount\n2026-01-14;-1.00\n2026-01-15;-2.00', { skip: [2] })).toEqual(['3 2026-01-15 -2.00 Unsorted | ']);
  });
});

describe('rows that are none', () => {
  it('are left out: totals and headers between the rows, and what comes after them', () => {
    const text =
      'Date;Payee;Amount\n2026-01-14;A;-1.00\nTotal;;-1.00\nDate;Payee;Amount\n2026-01-15;B;-2.00\nTotal;;-2.00\nx;y;-9.00';
    const statement = toStatement(rowsOf(text), layoutOf(text), { currency: eur });
    expect([statement.statementRows.map(({ line }) => line), statement.bad]).toEqual([[2, 5], []]);
  });

  it('do not take a broken last row with them', () => {
    const text = 'Date;Payee;Amount\n2026-01-14;A;-1.00\nsoon;B;-2.00';
    expect(toStatement(rowsOf(text), layoutOf(text), { currency: eur }).bad.map(({ code }) => code)).toEqual(['date-unreadable']);
  });
});

describe('a header with fewer names than the rows have cells', () => {
  it('makes none of them bad', () => {
    expect(booked('Date;Amount\n2026-01-14;-1.00;tea\n2026-01-15;-2.00;rent')).toEqual([
      '2 2026-01-14 -1.00 Unsorted | tea',
      '3 2026-01-15 -2.00 Unsorted | rent',
    ]);
  });
});

describe('a file without rows', () => {
  it.each(['Date;Amount;Note', '', ' ; ; '])('is refused: %j', (text) => {
    expect(recognise(rowsOf(text), { currency: eur })).toMatchObject({ kind: 'refused', code: 'file-empty' });
  });
});

describe('a header in another currency', () => {
  it('makes every row bad, with the reason', () => {
    const text = 'Date;Amount (USD)\n2026-01-14;-1.00';
    const { bad } = toStatement(rowsOf(text), layoutOf(text), { currency: eur });
    expect(bad).toEqual([
      { line: 2, code: 'currency-differs', reason: 'The amount is in USD, the wallet in EUR.', text: '2026-01-14 | -1.00' },
    ]);
  });
});

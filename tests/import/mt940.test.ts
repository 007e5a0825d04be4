import { readMt940 } from '@kakeibo/adapters/mt940';
import { formatAmount, type StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsOf, badLines, bytesOf, frameOf, inEuro, placeless, refusalOf, rowLines, someRows } from './accounts.ts';

const read = async (text: string, options = {}): Promise<Awaited<ReturnType<typeof readMt940>>> =>
  readMt940(bytesOf(text), { ...inEuro, ...options });

const statement = (rows: string, { opening = 'C261001EUR1000,00', closing = 'C261031EUR985,50' } = {}): string =>
  `:20:STARTUMS\n:25:10020030/1234567\n:28C:1/1\n:60F:${opening}\n${rows}:62F:${closing}\n-\n`;

describe('MT940', () => {
  it('of a German bank: structured details, a purpose behind tags, words cut over lines', async () => {
    const text = statement(
      ':61:2610141014DR12,50N005NONREF\n:86:106?00KARTENZAHLUNG?109310?20EREF+4711?21SVWZ+REWE SAGT DA?22NKE?30DEUTDEFF?31DE02\n120300?32REWE Markt ?33GmbH?34011\n' +
        ':61:2610151015CR3000,NTRFNONREF//9876543210\n:86:166?00GUTSCHRIFT?20Gehalt Oktober?32ACME AG\n',
    ).replaceAll('\n', '\r\n');
    const [account] = accountsOf(await read(text));
    expect(frameOf(account)).toBe('10020030/1234567 EUR 2026-10-01..2026-10-31 985.50 2026-10-31');
    expect(rowLines(account)).toEqual([
      '5 2026-10-14 -12.50 Unsorted | REWE Markt GmbH | REWE SAGT DANKE',
      '8 2026-10-15 +3000.00 - | ACME AG | Gehalt Oktober | 9876543210',
    ]);
  });

  it('of Dutch banks: codes between slashes, the currency behind the account', async () => {
    const text =
      '{1:F01RABONL2UXXXX0000000000}{2:I940RABONL2UXXXXN}{4:\n:20:940S261031\n:25:NL49RABO0300065264 EUR\n:28C:0\n:60F:C261001EUR000000001147,95\n' +
      ':61:261002D000000001000,00N541NONREF\nNL69INGB0123456789\n:86:/TRTP/SEPA OVERBOEKING/IBAN/NL69INGB0123456789/NAME/J. de Vries/REMI\n/Huur oktober/EREF/NOTPROVIDED\n' +
      ':61:261003C000000000002,50N102NONREF\n:86:/EREF/X//CNTP/NL32INGB0000012345/INGBNL2A/Bakker///REMI/USTD//Brood/\n:62F:C261031EUR000000000150,45\n-}{5:}\n';
    const [account] = accountsOf(await read(text));
    expect(frameOf(account)).toBe('NL49RABO0300065264 EUR 2026-10-01..2026-10-31 150.45 2026-10-31');
    expect(rowLines(account)).toEqual([
      '6 2026-10-02 -1000.00 Unsorted | J. de Vries | Huur oktober',
      '10 2026-10-03 +2.50 - | Bakker | Brood',
    ]);
  });

  it('compares the balances with the rows, page by page, and says where they differ', async () => {
    const page = (closing: string, rows = ':61:2610141014D12,50N005NONREF\n'): string =>
      statement(rows, { opening: 'C261001EUR1000,00', closing });
    const warned = async (text: string): Promise<readonly string[]> => {
      const file = await read(text);
      if (file.kind === 'refused') throw new Error(file.message);
      expect(file.accounts[0]?.rows.length).toBeGreaterThan(0);
      return file.warnings.map(({ code, line, account, message }) => `${code} ${line} ${account} ${message}`);
    };
    expect(await warned(page('C261031EUR987,50'))).toEqual([]);
    const differs = 'The opening balance and the rows come to 987.50 EUR; the closing balance is 985.50.';
    expect(await warned(page('C261031EUR987,50') + page('C261031EUR985,50'))).toEqual([
      `balance-differs 8 10020030/1234567 ${differs} A row may be missing, or one too many.`,
    ]);
    expect(await warned(page('D261031EUR12,50', ':61:2610141014D1012,50N005NONREF\n'))).toEqual([]);
    const unread = ':61:nothing\n:61:2610141014D12,50N005NONREF\n:61:261014EC1,00NMSC\n';
    expect((await warned(page('C261031EUR985,50', unread)))[0]).toContain('987.50 EUR, without a row that cannot be read; ');
  });

  it('books on the entry date, whose year is the nearest, and knows reversals', async () => {
    const text = statement(
      ':61:2612310102D1,00NTRFREF1\n:86:CARD 1\nCAFE\n:61:2701011231RD2,00NTRFREF2\n:61:261014RC3,NMSCREF3\n:61:2610141015C4,5NMSCNONREF\nsupplement\n',
    );
    expect(rowLines(accountsOf(await read(text))[0])).toEqual([
      '5 2027-01-02 -1.00 Unsorted |  | CARD 1 CAFE',
      '8 2026-12-31 +2.00 - |  | REF2',
      '9 2026-10-14 -3.00 Unsorted |  | REF3',
      '10 2026-10-15 +4.50 - |  | supplement',
    ]);
  });

  it('joins the statements of one account, page by page and day by day, and keeps every digit', async () => {
    const day = (number: number, closing: string, more = 'F'): string =>
      `:20:X\n:25:1\n:28C:${number}\n:60${more}:D261001EUR1,\n:61:26101${number}C9007199254740993,01NTRFX\n:62${more}:${closing}\n-\n`;
    const text = day(2, 'D261012EUR12,5', 'M') + day(1, 'C261011EUR1,') + ':20:Y\n:25:2\n:60F:C261001JPY1,\n:62F:C261001JPY1,\n';
    const accounts = accountsOf(await read(text));
    expect(accounts.map(frameOf)).toEqual([
      '1 EUR 2026-10-01..2026-10-12 -12.50 2026-10-12',
      '2 JPY 2026-10-01..2026-10-01 1 2026-10-01',
    ]);
    expect(accounts[0]?.rows.map(({ amount }) => formatAmount(amount))).toEqual(['9007199254740993.01', '9007199254740993.01']);
  });

  it('takes the bank reference for an id only where it is one of its own', async () => {
    const row = (amount: string, reference: string): string => `:61:261014C${amount}NTRFX//${reference}\n:86:same\n`;
    const text = statement(
      row('1,', 'SHARED1') +
        row('2,', 'SHARED1') +
        row('3,', 'REPEAT1') +
        row('3,', 'REPEAT1') +
        row('4,', '12') +
        row('5,', '0000000000'),
    );
    const [account] = accountsOf(await read(text));
    expect(account?.rows.map(({ bankId }) => bankId ?? '-')).toEqual(['-', '-', 'REPEAT1', '-', '-']);
    expect(badLines(account)).toEqual(['11 duplicate-id']);
  });

  it('reports each row that cannot be booked, with its line', async () => {
    const rows = [
      '261014',
      '261014C1,005NTRFX',
      '260231C1,NTRFX',
      '261014CZ1,NTRFX',
      '261014ED1,NTRFX',
      '261014C0,NTRFX',
      '261014C-1,NTRFX',
      '1014C1,NTRFX',
      '261014C1.234,56NTRFX',
    ];
    const [account] = accountsOf(await read(statement(rows.map((row) => `:61:${row}\n`).join(''))));
    expect(rowLines(account)).toEqual([]);
    expect(badLines(account)).toEqual([
      '5 row-malformed',
      '6 amount-too-precise',
      '7 date-not-real',
      '8 currency-differs',
      '9 row-not-booked',
      '10 amount-zero',
      '11 row-malformed',
      '12 row-malformed',
      '13 row-malformed',
    ]);
  });
});

describe('an MT940 file is refused as a whole', () => {
  const valid = statement(':61:261014C1,NTRFX\n');
  it.each([
    ['when it is none', 'Date,Amount\n', 'format-differs 1'],
    ['when it is cut off', valid.slice(0, valid.indexOf(':62F')), 'file-truncated 1 :62F:'],
    ['when its opening balance is missing', valid.replace(/:60F:.*\n/, ''), 'file-malformed 1 :60F:'],
    ['when a balance is none', valid.replace('C261001', 'X261001'), 'file-malformed 4 :60F:'],
    ['when a balance is more precise than the currency', valid.replace('985,50', '985,505'), 'file-malformed 6 :62F:'],
    ['when its currency is unknown', valid.replace('EUR', 'DEM'), 'currency-unknown 4 :60F:'],
    ['when a line has 10 MB', valid.replace('NTRFX', 'x'.repeat(10_000_000)), 'text-too-long 5'],
  ])('%s', async (_, text, refusal) => {
    expect(refusalOf(await read(text))).toBe(refusal);
  });

  it('when it is larger than is allowed', async () => {
    expect(refusalOf(await read(valid, { maxBytes: 5 }))).toBe('file-too-large');
  });
});

function written(rows: readonly StatementRow[]): string {
  const lines = rows.map(({ occurredOn, kind, amount, bankId, payee = '', note = '' }) => {
    const day = occurredOn.slice(2).replaceAll('-', '');
    const figure = formatAmount(amount).replace('.', ',');
    const purpose = note.match(/.{1,27}/gs)?.map((part, index) => `?2${index}${part}`) ?? [];
    return `:61:${day}${day.slice(2)}${kind === 'expense' ? 'D' : 'C'}${figure}NTRFNONREF//${bankId}\n:86:166?00X${purpose.join('')}?32${payee}\n`;
  });
  return statement(lines.join(''));
}

describe('rows', () => {
  it('written as MT940 are read again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async (rows) => {
        const [account] = accountsOf(await read(written(rows)));
        expect(badLines(account)).toEqual([]);
        const told = rows.map((row) => (row.note === undefined ? { ...row, note: 'X' } : row));
        expect(
          (account?.rows ?? []).map(({ bankId, amount, kind, payee, note }) => ({ bankId, amount, kind, payee, note })),
        ).toEqual(told.map(({ bankId, amount, kind, payee, note }) => ({ bankId, amount, kind, payee, note })));
        const whole = rows.filter(({ note }) => note !== undefined);
        const again = (account?.rows ?? []).filter((_, index) => rows[index]?.note !== undefined);
        expect(placeless(again)).toEqual(placeless(whole));
      }),
      { numRuns: 200 },
    );
  });

  it('of hostile text come to accounts or a refusal, never to an exception', async () => {
    const piece = fc.constantFrom(
      ':20:',
      ':25:1',
      ':60F:C261001EUR1,',
      ':61:261014C1,NTRFX//',
      ':86:',
      '166?20',
      '/NAME/',
      '/REMI/',
      ':62F:C261001EUR1,',
      '-}',
      '{4:',
      '?',
      '+',
      '\n',
      'SVWZ+',
      '\0',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        expect((await read(pieces.join(''))).kind).toMatch(/^(?:bank-file|refused)$/);
      }),
      { numRuns: 500 },
    );
  });
});

import { readJournal } from '@kakeibo/adapters/journal';
import type { StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsOf, badLines, bytesOf, frameOf, inEuro, placeless, refusalOf, rowLines, someRows } from './accounts.ts';

const read = async (text: string, options = {}): Promise<Awaited<ReturnType<typeof readJournal>>> =>
  readJournal(bytesOf(text), { ...inEuro, ...options });

interface Quantity {
  readonly commodity: string;
  readonly mantissa: bigint | number;
  readonly places: number;
  readonly price?: string;
}

/** An amount as `hledger print -O json` writes it, which JSON.stringify cannot: the mantissa may be longer than a double. */
function amount({ commodity, mantissa, places, price = 'null' }: Quantity, priceName = 'aprice'): string {
  return `{"acommodity":${JSON.stringify(commodity)},"${priceName}":${price},"aquantity":{"decimalMantissa":${mantissa},"decimalPlaces":${places},"floatingPoint":0.1}}`;
}

function eur(cents: bigint | number): string {
  return amount({ commodity: 'EUR', mantissa: cents, places: 2 });
}

function posting(account: string, amounts: string, { comment = '', type = 'RegularPosting' } = {}): string {
  return `{"paccount":${JSON.stringify(account)},"pamount":[${amounts}],"pcomment":${JSON.stringify(comment)},"ptype":"${type}"}`;
}

let line = 0;
function transaction(
  date: string,
  description: string,
  postings: readonly string[],
  tags: readonly (readonly string[])[] = [],
): string {
  line += 10;
  return `{"tcode":"","tdate":"${date}","tdescription":${JSON.stringify(description)},"tpostings":[${postings.join(',')}],"tsourcepos":[{"sourceLine":${line}}],"ttags":${JSON.stringify(tags)}}`;
}

function journal(...transactions: readonly string[]): string {
  line = 0;
  return `[${transactions.join(',\n')}]`;
}

describe('a journal of hledger', () => {
  it('tells each account what was spent and earned: one category, parts, a note of its own', async () => {
    const text = journal(
      transaction(
        '2026-02-01',
        'Coop | weekly',
        [
          posting('Expenses:Food:Groceries', eur(1250)),
          posting('Expenses:Home', eur(750), { comment: 'soap\n' }),
          posting('Assets:Bank', eur(-2000)),
        ],
        [['id', '01J1']],
      ),
      transaction(
        '2026-02-02',
        'Boss',
        [posting('Assets:Bank', eur(9_007_199_254_740_993n)), posting('Income:Salary', eur(-9_007_199_254_740_993n))],
        [
          ['bonus', ''],
          ['x', 'y'],
        ],
      ),
      transaction('2026-02-03', '-', [
        posting('expenses:fun', eur(100)),
        posting('Liabilities:Card', eur(-100)),
        posting('(Budget)', eur(1), { type: 'VirtualPosting' }),
      ]),
      transaction('2026-02-04', 'Shop', [posting('Assets:Bank', eur(500)), posting('Expenses:Home', eur(-500))]),
    );
    const [bank, card] = accountsOf(await read(text));
    expect(frameOf(bank)).toBe('Assets:Bank EUR 2026-02-01..2026-02-04 - -');
    expect(rowLines(bank)).toEqual([
      '10 2026-02-01 -20.00 Food:Groceries 12.50 + Home 7.50 (soap) | Coop | weekly | 01J1',
      '20 2026-02-02 +90071992547409.93 Salary | Boss |  |  | bonus',
      '40 2026-02-04 +5.00 Home | Shop',
    ]);
    expect(frameOf(card)).toBe('Liabilities:Card EUR 2026-02-03..2026-02-03 - -');
    expect(rowLines(card)).toEqual(['30 2026-02-03 -1.00 fun']);
  });

  it('marks transfers, also across currencies, with a fee, and through a conversion account', async () => {
    const yen = (mantissa: number, price?: string, name?: string): string =>
      amount({ commodity: 'JPY', mantissa, places: 0, ...(price === undefined ? {} : { price }) }, name);
    const total = `{"contents":${eur(1000)},"tag":"TotalPrice"}`;
    const text = journal(
      transaction('2026-02-03', 'Move', [posting('Assets:Cash', eur(1000)), posting('Assets:Bank', eur(-1000))]),
      transaction('2026-02-04', 'FX', [posting('Assets:Yen', yen(1500, total)), posting('Assets:Bank', eur(-1000))]),
      transaction('2026-02-05', 'FX', [
        posting('Assets:Yen', yen(1500)),
        posting('Equity:Conversion', yen(-1500)),
        posting('Equity:Conversion', eur(1000)),
        posting('Assets:Bank', eur(-1000)),
      ]),
      transaction('2026-02-06', 'Fee', [
        posting('Assets:Cash', eur(1000)),
        posting('Expenses:Fees', eur(20)),
        posting('Assets:Bank', eur(-1020)),
      ]),
    );
    const [cash, bank, yens] = accountsOf(await read(text));
    expect(rowLines(cash)).toEqual([
      '10 2026-02-03 +10.00 - | Move | [Assets:Bank] |  | transfer',
      '40 2026-02-06 +10.00 - | Fee | [Assets:Bank] |  | transfer',
    ]);
    expect(rowLines(bank).slice(1)).toEqual([
      '20 2026-02-04 -10.00 Unsorted | FX | [Assets:Yen] |  | transfer',
      '30 2026-02-05 -10.00 Unsorted | FX | [Assets:Yen] |  | transfer',
    ]);
    expect(badLines(bank)).toEqual(['40 parts-mixed']);
    expect(frameOf(yens)).toBe('Assets:Yen JPY 2026-02-04..2026-02-05 - -');
    expect(yens?.rows.map(({ tags }) => tags)).toEqual([['transfer'], ['transfer']]);
  });

  it('lets each account that pays a share of one category have its share', async () => {
    const text = journal(
      transaction('2026-02-03', 'Dinner', [
        posting('Expenses:Food', eur(3000)),
        posting('Assets:Cash', eur(-1000)),
        posting('Assets:Bank', eur(-2000)),
      ]),
    );
    const accounts = accountsOf(await read(text));
    expect(accounts.flatMap(rowLines)).toEqual(['10 2026-02-03 -10.00 Food | Dinner', '10 2026-02-03 -20.00 Food | Dinner']);
  });

  it('takes prices exactly, of old and of new versions', async () => {
    const unit = `{"contents":${amount({ commodity: 'EUR', mantissa: 12_345, places: 5 })},"tag":"UnitPrice"}`;
    const cost = `{"contents":${amount({ commodity: 'EUR', mantissa: 2469, places: 2 })},"tag":"TotalCost"}`;
    const text = journal(
      transaction('2026-02-05', 'Old', [
        posting('Expenses:Fun', amount({ commodity: 'JPY', mantissa: 200, places: 0, price: unit })),
        posting('Assets:Bank', eur(-2469)),
      ]),
      transaction('2026-02-05', 'New', [
        posting('Expenses:Fun', amount({ commodity: 'JPY', mantissa: 200, places: 0, price: cost }, 'acost')),
        posting('Assets:Bank', eur(-2469)),
      ]),
    );
    expect(rowLines(accountsOf(await read(text))[0])).toEqual([
      '10 2026-02-05 -24.69 Fun | Old',
      '20 2026-02-05 -24.69 Fun | New',
    ]);
  });

  it('reports what cannot be booked', async () => {
    const shares = amount({ commodity: 'ACME', mantissa: 5, places: 0 });
    const text = journal(
      transaction('2026-02-01', 'Shares', [
        posting('Assets:Bank', shares),
        posting('Equity:Opening', shares.replace(':5,', ':-5,')),
      ]),
      transaction('2026-02-02', 'Pay', [
        posting('Assets:Bank', eur(2000)),
        posting('Income:Salary', eur(-3000)),
        posting('Expenses:Tax', eur(1000)),
      ]),
      transaction('2026-02-03', 'Odd', [
        posting('Assets:Bank', amount({ commodity: 'EUR', mantissa: 12345, places: 3 })),
        posting('Income:X', eur(-1)),
      ]),
      transaction('2026-02-04', 'Same', [posting('Assets:Bank', eur(100)), posting('Income:X', eur(-100))], [['id', 'A']]),
      transaction('2026-02-04', 'Same', [posting('Assets:Bank', eur(100)), posting('Income:X', eur(-100))], [['id', 'A']]),
      transaction('02-04', 'No year', [posting('Assets:Bank', eur(100)), posting('Income:X', eur(-100))]),
    );
    const [account] = accountsOf(await read(text));
    expect(badLines(account)).toEqual([
      '10 currency-differs',
      '20 parts-mixed',
      '30 amount-too-precise',
      '50 duplicate-id',
      '60 date-without-year',
    ]);
    expect(rowLines(account)).toHaveLength(1);
  });

  it('knows the sign of a currency by the wallet', async () => {
    const dollars = (mantissa: number): string => amount({ commodity: '$', mantissa, places: 2 });
    const text = journal(
      transaction('2026-02-01', 'Shop', [posting('Assets:Bank', dollars(-100)), posting('Expenses:Food', dollars(100))]),
    );
    const [account] = accountsOf(await read(text, { currency: 'CAD' }));
    expect([frameOf(account), ...rowLines(account)]).toEqual([
      'Assets:Bank CAD 2026-02-01..2026-02-01 - -',
      '10 2026-02-01 -1.00 Food | Shop',
    ]);
  });
});

describe('a journal is refused as a whole', () => {
  const valid = journal(transaction('2026-02-01', 'x', [posting('Assets:Bank', eur(1)), posting('Income:X', eur(-1))]));
  it.each([
    ['when it is no JSON', '[2026-02-01 Coop\n  Expenses:Food  EUR 1]', 'file-malformed'],
    ['when it is cut off', valid.slice(0, -30), 'file-truncated'],
    ['when it is no list', '{}', 'format-differs'],
    ['when it is empty', '[]', 'statement-missing'],
    ['when a transaction is none', '[7]', 'file-malformed [0]'],
    ['when a posting has no account', valid.replace('paccount', 'x'), 'file-malformed [0]'],
    ['when an amount is a fraction', valid.replace('"decimalMantissa":1', '"decimalMantissa":1.5'), 'file-malformed'],
    [
      'when an amount has more digits than any',
      valid.replace('"decimalMantissa":1', `"decimalMantissa":${'9'.repeat(1_000)}`),
      'file-malformed [0]',
    ],
    ['when it nests 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'file-malformed [0]'],
  ])('%s', async (_, text, refusal) => {
    expect(refusalOf(await read(text))).toBe(refusal);
  });

  it('when its bytes are no UTF-8, or too many', async () => {
    expect(refusalOf(await readJournal(Uint8Array.of(0x5b, 0x0a, 0x22, 0xff, 0x22, 0x5d), inEuro))).toBe('encoding-invalid 2');
    expect(refusalOf(await read(valid, { maxBytes: 5 }))).toBe('file-too-large');
  });
});

function written(rows: readonly StatementRow[]): string {
  return journal(
    ...rows.map(({ kind, amount: sum, occurredOn, payee, note, bankId = '' }) => {
      const minor = kind === 'expense' ? -sum.minor : sum.minor;
      const other = kind === 'expense' ? 'Expenses:Unsorted' : 'Equity:X';
      const description = note === undefined ? (payee ?? '') : `${payee} | ${note}`;
      return transaction(
        occurredOn,
        description,
        [posting('Assets:Bank', eur(minor)), posting(other, eur(-minor))],
        [['id', bankId]],
      );
    }),
  );
}

describe('rows', () => {
  it('written as a journal are read again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async (rows) => {
        const [account] = accountsOf(await read(written(rows)));
        expect(badLines(account)).toEqual([]);
        const again = (account?.rows ?? []).map(({ category, ...row }) => (row.kind === 'income' ? row : { ...row, category }));
        expect(placeless(again as readonly StatementRow[])).toEqual(placeless(rows));
      }),
      { numRuns: 200 },
    );
  });
});

import { csvExport } from '@kakeibo/adapters/csv';
import {
  exportHeader,
  exportRows,
  money,
  parseAmount,
  type CivilDate,
  type EntryLine,
  type ExportEntry,
  type Money,
  type Period,
  type Wallet,
} from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookedBy, currencyOf, statementOf, walletIn } from './read.ts';

const nasty =
  "=1+1|+49 30|-|@home|'=x|''|-5|1,5|\"|a\"b|a\nb|a\tb|x;y,z|'-12|Total|2026-01-01|Ä ö ß €|pending|\ufeffmark|e\u0301".split('|');
const words = fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 30 }));
const typed = fc.record({
  kind: fc.constantFrom('income', 'expense'),
  minor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  occurredOn: fc
    .date({ min: new Date('1400-01-02'), max: new Date('9998-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  category: fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(':')),
  note: words,
  payee: fc.option(fc.constantFrom('Baker', '=1+1', '@home', 'a,b'), { nil: undefined }),
  tags: fc.option(fc.uniqueArray(fc.constantFrom('trip', '@home', '-x', '=1', 'é'), { minLength: 1, maxLength: 3 }), {
    nil: undefined,
  }),
});

/** Types entries into a wallet; what it refuses is not in it. */
async function filled(
  currency: string,
  entries: readonly (typeof typed extends fc.Arbitrary<infer Value> ? Value : never)[],
): Promise<Wallet> {
  const wallet = await walletIn(currency);
  const decimals = (currencyDecimals[currency] ?? 2) + 1;
  for (const { kind, minor, occurredOn, category, note, payee, tags } of entries) {
    const digits = minor.toString().padStart(decimals, '0');
    const amount = decimals === 1 ? digits : `${digits.slice(0, 1 - decimals)}.${digits.slice(1 - decimals)}`;
    const named = { ...(payee === undefined ? {} : { payee }), ...(tags === undefined ? {} : { tags }) };
    const details = { amount, occurredOn, category, note, ...named };
    await (kind === 'income' ? wallet.addIncome(details) : wallet.addExpense(details));
  }
  return wallet;
}
const currencyDecimals: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3, CLF: 4 };

async function linesOf(wallet: Wallet): Promise<readonly EntryLine[]> {
  return (await wallet.entries({}, { limit: 200 })).items;
}

function exported(lines: readonly EntryLine[], currency: string): string {
  const entries = lines.map((line): ExportEntry => {
    const sum = (text: string): Money => {
      const amount = parseAmount(text, currencyOf(currency));
      if (typeof amount === 'string') throw new Error(amount);
      return amount;
    };
    return { ...line, amount: sum(line.amount), parts: line.parts?.map((part) => ({ ...part, amount: sum(part.amount) })) };
  });
  return csvExport([exportHeader()]) + csvExport(exportRows(entries, { wallet: '=Home, "sweet"' }));
}

function facts(lines: readonly EntryLine[]): readonly string[] {
  return lines
    .map(({ kind, amount, occurredOn, category, note, payee, tags }) =>
      JSON.stringify([occurredOn, kind, amount, category, note, payee, tags]),
    )
    .toSorted();
}

describe('an export', () => {
  it('imports into an empty wallet as the same entries, and a second time as nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
        fc.array(typed, { minLength: 4, maxLength: 12 }),
        async (currency, entries) => {
          const lines = await linesOf(await filled(currency, entries));
          fc.pre(lines.length > 0);
          const bytes = new TextEncoder().encode(exported(lines, currency));
          const { statementRows, bad, layout } = await statementOf(bytes, currencyOf(currency));
          expect([bad, layout.questions]).toEqual([[], []]);
          const other = await walletIn(currency);
          expect(await bookedBy(other, statementRows)).toBe(lines.length);
          expect(facts(await linesOf(other))).toEqual(facts(lines));
          expect(await bookedBy(other, statementRows)).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  const entry: ExportEntry = {
    id: 'e-1',
    kind: 'expense',
    amount: money(350n, currencyOf('EUR')),
    occurredOn: '2026-10-14' as CivilDate,
    category: 'Food',
    note: '=HYPERLINK("x")',
  };

  it('is RFC 4180 with a guard against formulas, and numbers stay numbers', () => {
    expect(csvExport([exportHeader()]) + csvExport(exportRows([entry], { wallet: '@home' }))).toBe(
      'id,date,type,wallet,category,amount,currency,note,payee,tags\r\n' +
        `e-1,2026-10-14,expense,'@home,Food,-3.50,EUR,"'=HYPERLINK(""x"")",,\r\n`,
    );
  });

  it('tells void entries when asked, and its import leaves them out', async () => {
    const rows = exportRows(
      [
        { ...entry, void: true },
        { ...entry, void: false },
      ],
      { wallet: 'Home', withVoid: true },
    );
    const text = csvExport([exportHeader({ withVoid: true }), ...rows]);
    const { statementRows, bad } = await statementOf(new TextEncoder().encode(text), currencyOf('EUR'));
    expect([statementRows.length, bad.map(({ code }) => code)]).toEqual([1, ['row-not-booked']]);
  });

  it('has a row for each part of a split, which comes back in the same categories', async () => {
    const wallet = await walletIn('EUR');
    const parts = [
      { category: 'Food', amount: '10.00' },
      { category: 'Home', amount: '2.50', note: 'soap' },
    ];
    await wallet.addExpense({ amount: '12.50', parts, note: 'market', tags: ['week'], payee: 'Ann', occurredOn: '2026-10-14' });
    const text = exported(await linesOf(wallet), 'EUR');
    expect(text.split('\r\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^.*,2026-10-14,expense,.*,Food,-10\.00,EUR,market,Ann,week$/),
      expect.stringMatching(/^.*,2026-10-14,expense,.*,Home,-2\.50,EUR,"market\nsoap",Ann,week$/),
    ]);
    const other = await walletIn('EUR');
    const { statementRows } = await statementOf(new TextEncoder().encode(text), currencyOf('EUR'));
    expect(await bookedBy(other, statementRows)).toBe(2);
    const october = { from: '2026-10-01', to: '2026-11-01' } as Period;
    expect((await other.spending(october)).rows).toEqual((await wallet.spending(october)).rows);
  });

  it('that was written before there were payees and tags is read as ever', async () => {
    const old = 'id,date,type,wallet,category,amount,currency,note\r\ne-1,2026-10-14,expense,Home,Food,-3.50,EUR,"a\nb"\r\n';
    const { statementRows } = await statementOf(new TextEncoder().encode(old), currencyOf('EUR'));
    expect(statementRows).toMatchObject([{ category: 'Food', note: 'a\nb' }]);
  });

  it('of nothing is nothing', () => {
    expect(csvExport([])).toBe('');
  });
});

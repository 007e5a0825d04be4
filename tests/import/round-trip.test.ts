import { csvExport } from '@kakeibo/adapters/csv';
import {
  exportHeader,
  exportRows,
  money,
  parseAmount,
  type CivilDate,
  type EntryLine,
  type ExportEntry,
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
});

/** Types entries into a wallet; what it refuses is not in it. */
async function filled(
  currency: string,
  entries: readonly (typeof typed extends fc.Arbitrary<infer Value> ? Value : never)[],
): Promise<Wallet> {
  const wallet = await walletIn(currency);
  const decimals = (currencyDecimals[currency] ?? 2) + 1;
  for (const { kind, minor, occurredOn, category, note } of entries) {
    const digits = minor.toString().padStart(decimals, '0');
    const amount = decimals === 1 ? digits : `${digits.slice(0, 1 - decimals)}.${digits.slice(1 - decimals)}`;
    const details = { amount, occurredOn, category, note };
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
    const amount = parseAmount(line.amount, currencyOf(currency));
    if (typeof amount === 'string') throw new Error(amount);
    return { ...line, amount };
  });
  return csvExport([exportHeader()]) + csvExport(exportRows(entries, { wallet: '=Home, "sweet"' }));
}

function facts(lines: readonly EntryLine[]): readonly string[] {
  return lines
    .map(({ kind, amount, occurredOn, category, note }) => JSON.stringify([occurredOn, kind, amount, category, note]))
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
      'id,date,type,wallet,category,amount,currency,note\r\n' +
        `e-1,2026-10-14,expense,'@home,Food,-3.50,EUR,"'=HYPERLINK(""x"")"\r\n`,
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

  it('of nothing is nothing', () => {
    expect(csvExport([])).toBe('');
  });
});

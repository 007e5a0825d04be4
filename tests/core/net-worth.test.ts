import { money, parseCurrency, periodOf, type CivilDate, type CurrencyCode, type StatedRate } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { done, openBooks, storeKinds, type Books } from './books.ts';

const code = (text: string): CurrencyCode => parseCurrency(text) as CurrencyCode;
const day = (text: string): CivilDate => text as CivilDate;
const [EUR, USD, JPY] = [code('EUR'), code('USD'), code('JPY')];
const october = periodOf('month', day('2026-10-14'));
const asked = { currency: EUR, period: october, by: 'month', on: day('2026-10-14') } as const;

/** Wallets in EUR and USD with 100.00 each. */
async function household(): Promise<Books & { readonly euros: Wallets; readonly dollars: Wallets }> {
  const books = await openBooks();
  const [euros, dollars] = [await books.open('EUR', 'Giro'), await books.open('USD', 'Savings')];
  for (const wallet of [euros, dollars]) done(await wallet.addIncome({ amount: '100', occurredOn: '2026-10-01' }));
  return { ...books, euros, dollars };
}
type Wallets = Awaited<ReturnType<Books['open']>>;

describe('net worth', () => {
  test('of a ledger without wallets is nothing', async () => {
    const { ledger } = await openBooks();
    expect(await ledger.netWorth(asked)).toMatchObject({ total: '0.00', wallets: [], unconverted: [] });
  });

  test('leaves out what has no rate, and says so', async () => {
    const { ledger, dollars } = await household();
    const report = await ledger.netWorth(asked);
    expect(report).toMatchObject({
      total: '100.00',
      unconverted: [{ currency: 'USD', balance: '100.00' }],
      series: [{ total: '100.00', unconverted: [{ currency: 'USD', balance: '100.00' }] }],
    });
    expect(report.wallets[1]).toEqual({
      walletId: dollars.id,
      name: 'Savings',
      version: 2,
      currency: 'USD',
      balance: '100.00',
      converted: null,
      rate: null,
    });
  });

  test('needs no rate for nothing', async () => {
    const { ledger, dollars } = await household();
    done(await dollars.addExpense({ amount: '100', category: 'All' }));
    expect(await ledger.netWorth(asked)).toMatchObject({ total: '100.00', unconverted: [] });
  });

  test('takes the newest rate on the day or before it, and names it', async () => {
    const { ledger, dollars } = await household();
    done(await dollars.setRate('EUR', { rate: '0.9', on: '2026-09-01' }));
    done(await dollars.setRate('EUR', { rate: '0.92', on: '2026-10-14' }));
    done(await dollars.setRate('EUR', { rate: '0.99', on: '2026-10-15' }));
    const { wallets, total, series } = await ledger.netWorth(asked);
    expect(wallets[1]).toMatchObject({
      converted: '92.00',
      rate: { base: 'USD', quote: 'EUR', rate: '0.92', on: '2026-10-14', given: false },
    });
    expect(total).toBe('192.00');
    // At the end of October the newest is another.
    expect(series.map((step) => step.total)).toEqual(['199.00']);
  });

  test('finds the rate of a year long ago when those of this year came later', async () => {
    const { ledger, dollars } = await household();
    for (const [on, rate] of [
      ['2019-01-01', '0.1'],
      ['2023-05-01', '0.2'],
      ['2026-12-01', '0.3'],
      ['2027-01-01', '0.4'],
    ] as const) {
      done(await dollars.setRate('EUR', { rate, on }));
    }
    expect((await ledger.netWorth(asked)).wallets[1]?.converted).toBe('20.00');
    const period = { from: day('2018-12-01'), to: day('2027-02-01') };
    const { wallets, series } = await ledger.netWorth({ ...asked, period });
    expect(wallets[1]?.rate).toMatchObject({ on: '2023-05-01' });
    expect(series.slice(-5).map(({ total }) => total)).toEqual(['0.00', '120.00', '120.00', '130.00', '140.00']);
    expect((await ledger.netWorth({ ...asked, period, on: day('2018-12-31') })).unconverted).toEqual([]);
  });

  test('takes the inverse of the other direction exactly; the newer of the two counts', async () => {
    const { ledger, euros, dollars } = await household();
    done(await euros.setRate('USD', { rate: '3', on: '2026-10-02' }));
    expect((await ledger.netWorth(asked)).wallets[1]).toMatchObject({
      converted: '33.33',
      rate: { base: 'EUR', quote: 'USD', rate: '3' },
    });
    done(await dollars.setRate('EUR', { rate: '0.5', on: '2026-10-01' }));
    expect((await ledger.netWorth(asked)).wallets[1]?.converted).toBe('33.33');
    done(await dollars.setRate('EUR', { rate: '0.6', on: '2026-10-02' }));
    expect((await ledger.netWorth(asked)).wallets[1]?.converted).toBe('60.00');
  });

  test('never goes through a third currency', async () => {
    const { ledger, euros, dollars } = await household();
    done(await euros.setRate('JPY', { rate: '170', on: '2026-10-01' }));
    done(await dollars.setRate('JPY', { rate: '150', on: '2026-10-01' }));
    expect((await ledger.netWorth(asked)).unconverted).toEqual([{ currency: 'USD', balance: '100.00' }]);
  });

  test('takes rates that come with the question before those that are kept, however old', async () => {
    const { ledger, dollars } = await household();
    done(await dollars.setRate('EUR', { rate: '0.92', on: '2026-10-14' }));
    const given = (on: string): readonly StatedRate[] => [{ base: USD, quote: EUR, rate: '0.5', on: day(on) }];
    expect((await ledger.netWorth({ ...asked, rates: given('2020-01-01') })).wallets[1]).toMatchObject({
      converted: '50.00',
      rate: { given: true },
    });
    expect((await ledger.netWorth({ ...asked, rates: given('2026-10-15') })).wallets[1]?.converted).toBe('92.00');
  });

  test('rounds each wallet once, half to even', async () => {
    const { ledger, dollars } = await household();
    done(await dollars.addIncome({ amount: '0.01', occurredOn: '2026-10-01' }));
    const rates: readonly StatedRate[] = [{ base: USD, quote: EUR, rate: '0.5', on: day('2026-10-01') }];
    // 100.01 × 0.5 = 50.005: the even cent is 50.00.
    expect((await ledger.netWorth({ ...asked, rates })).wallets[1]?.converted).toBe('50.00');
    done(await dollars.addIncome({ amount: '0.02', occurredOn: '2026-10-01' }));
    expect((await ledger.netWorth({ ...asked, rates })).wallets[1]?.converted).toBe('50.02');
  });

  test('counts what is between wallets from the day it left', async () => {
    const { ledger } = await household();
    const inTransit = [
      { amount: money(500n, EUR), since: day('2026-10-14') },
      { amount: money(700n, JPY), since: day('2026-10-20') },
    ];
    const report = await ledger.netWorth({ ...asked, inTransit });
    expect(report.inTransit).toEqual([{ currency: 'EUR', balance: '5.00', converted: '5.00', rate: null }]);
    expect(report.total).toBe('105.00');
    expect(report.series[0]?.unconverted).toEqual([
      { currency: 'JPY', balance: '700' },
      { currency: 'USD', balance: '100.00' },
    ]);
    expect((await ledger.netWorth({ ...asked, on: day('2026-10-13'), inTransit })).total).toBe('100.00');
  });

  test('is a series by month or day, with closed wallets in it', async () => {
    const { ledger, euros } = await household();
    done(await euros.addExpense({ amount: '30', category: 'Food', occurredOn: '2026-11-02' }));
    done(await euros.close());
    const totals = async (by: 'day' | 'month', from: string, to: string): Promise<readonly string[]> =>
      (await ledger.netWorth({ ...asked, by, period: { from: day(from), to: day(to) } })).series.map(({ total }) => total);
    expect(await totals('month', '2026-09-01', '2026-12-01')).toEqual(['0.00', '100.00', '70.00']);
    expect(await totals('day', '2026-11-01', '2026-11-04')).toEqual(['100.00', '70.00', '70.00']);
  });
});

interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}
const decimals: Record<string, number> = { EUR: 2, USD: 2, JPY: 0 };

/** The slow, obvious rate: looks at all of them. */
function exactRate(rates: readonly StatedRate[], from: string, to: string, on: string): Exact | undefined {
  let best: { on: string; exact: Exact } | undefined;
  for (const isDirect of [true, false]) {
    for (const { base, quote, rate, on: said } of rates) {
      const fits = isDirect ? base === from && quote === to : base === to && quote === from;
      if (!fits || said > on || (best !== undefined && said <= best.on)) continue;
      const thousandths = BigInt(Math.round(Number(rate) * 1_000));
      const exact = isDirect ? { numerator: thousandths, denominator: 1_000n } : { numerator: 1_000n, denominator: thousandths };
      best = { on: said, exact };
    }
  }
  return best?.exact;
}

const entry = fc.record({
  wallet: fc.nat(2),
  minor: fc.integer({ min: -9_999, max: 9_999 }).filter((minor) => minor !== 0),
  on: fc.constantFrom('2026-08-31', '2026-09-01', '2026-09-30', '2026-10-14', '2026-10-31'),
});
const rate = fc
  .record({
    pair: fc.constantFrom([EUR, USD], [USD, EUR], [EUR, JPY], [JPY, EUR], [USD, JPY] as const),
    thousandths: fc.integer({ min: 1, max: 250_000 }),
    on: fc.constantFrom('2026-08-31', '2026-09-15', '2026-10-01', '2026-10-14'),
  })
  .map(({ pair, thousandths, on }): StatedRate => {
    const text = String(thousandths).padStart(4, '0');
    return {
      base: pair[0] as CurrencyCode,
      quote: pair[1] as CurrencyCode,
      rate: `${text.slice(0, -3)}.${text.slice(-3)}`,
      on: day(on),
    };
  });
const oneEach = fc.uniqueArray(rate, { selector: ({ base, quote, on }) => `${base} ${quote} ${on}`, maxLength: 8 });

test.each(storeKinds)('net worth is each balance times the exact rate, rounded once, added up (%s)', async (kind) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 12 }),
      oneEach,
      fc.constantFrom(EUR, USD, JPY),
      async (entries, rates, currency) => {
        const books = await openBooks(kind);
        const codes = ['EUR', 'USD', 'JPY'];
        const wallets = [await books.open('EUR'), await books.open('USD'), await books.open('JPY')];
        for (const { wallet, minor, on } of entries) {
          const size = Math.abs(minor);
          const amount = wallet === 2 ? String(size) : `${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
          const details = { amount, category: 'X', occurredOn: on };
          done(await (minor > 0 ? wallets[wallet]!.addIncome(details) : wallets[wallet]!.addExpense(details)));
        }
        const said = rates.map((each, index) => ({ ...each, line: index + 1 }));
        expect(await books.ledger.setRates(said)).toMatchObject({ refused: [] });
        const period = { from: day('2026-08-01'), to: day('2026-11-01') };
        const report = await books.ledger.netWorth({ currency, period, by: 'month', on: day('2026-10-14') });
        const ends = ['2026-10-14', '2026-08-31', '2026-09-30', '2026-10-31'];
        for (const [place, end] of ends.entries()) {
          const { total, unconverted } = place === 0 ? report : report.series[place - 1]!;
          let sum = 0n;
          const left: string[] = [];
          for (const [index, own] of codes.entries()) {
            const balance = entries.reduce(
              (all, each) => all + (each.wallet === index && each.on <= end ? BigInt(each.minor) : 0n),
              0n,
            );
            const exact = own === currency ? { numerator: 1n, denominator: 1n } : exactRate(rates, own, currency, end);
            if (exact === undefined && balance !== 0n) left.push(own);
            if (exact === undefined) continue;
            const numerator = balance * exact.numerator * 10n ** BigInt(decimals[currency] ?? 0);
            const denominator = exact.denominator * 10n ** BigInt(decimals[own] ?? 0);
            const converted = nearestEven(numerator, denominator);
            sum += converted;
          }
          expect([BigInt(total.replace('.', '')), unconverted.map((each) => each.currency)]).toEqual([sum, left.sort()]);
        }
        await books.close();
      },
    ),
    { numRuns: kind === 'memory' ? 100 : 10 },
  );
});

/** The nearest whole number by looking at both neighbours. */
function nearestEven(numerator: bigint, denominator: bigint): bigint {
  const near = numerator / denominator;
  const off = (whole: bigint): bigint => {
    const distance = whole * denominator - numerator;
    return distance < 0n ? -distance : distance;
  };
  return [near - 1n, near, near + 1n].reduce((best, each) =>
    off(each) < off(best) || (off(each) === off(best) && each % 2n === 0n) ? each : best,
  );
}

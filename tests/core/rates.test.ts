import {
  convert,
  money,
  parseCurrency,
  parsePriceLines,
  parseRate,
  rateOf,
  roundHalfEven,
  type CivilDate,
  type CurrencyCode,
  type RejectionCode,
  type WalletCommand,
  type WalletEvent,
} from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, done, expectFoldedViews, openBooks } from './books.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const code = (text: string): CurrencyCode => parseCurrency(text) as CurrencyCode;
const rateSet: WalletEvent = { type: 'RateSet', quote: code('USD'), rate: '1.08', on: '2026-10-14' as CivilDate };
const set = (fields: object): WalletCommand => ({ type: 'SetRate', quote: 'USD', rate: '1.08', ...fields });

describe('a rate', () => {
  test('is of today when no day is given, in its shortest spelling', () =>
    givenEvents(opened)
      .when(set({ rate: '01.0800' }))
      .then(rateSet));

  test('that changes says what it was', () =>
    givenEvents(opened, rateSet)
      .when(set({ rate: '1.09' }))
      .then({ ...rateSet, rate: '1.09', before: '1.08' }));

  test('is removed with what it was', () =>
    givenEvents(opened, rateSet)
      .when({ type: 'RemoveRate', quote: 'USD', on: '2026-10-14' })
      .then({ type: 'RateRemoved', quote: code('USD'), on: '2026-10-14' as CivilDate, before: '1.08' }));

  const rows: readonly (readonly [RejectionCode, readonly WalletEvent[], WalletCommand])[] = [
    ['wallet-closed', [opened, samples.WalletClosed], set({})],
    ['currency-unknown', [opened], set({ quote: 'DEM' })],
    ['currency-unknown', [opened], set({ quote: 'usd' })],
    ['currency-unknown', [opened], set({ quote: '__proto__' })],
    ['date-invalid', [opened], set({ on: '2026-02-30' })],
    ['rate-invalid', [opened], set({ rate: '0' })],
    ['rate-invalid', [opened], set({ rate: '0.000' })],
    ['rate-invalid', [opened], set({ rate: '-1' })],
    ['rate-invalid', [opened], set({ rate: '1e3' })],
    ['rate-invalid', [opened], set({ rate: '1,08' })],
    ['rate-invalid', [opened], set({ rate: '' })],
    ['rate-invalid', [opened], set({ rate: '1234567890.123456789' })],
    ['rate-invalid', [opened], set({ rate: 1.08 })],
    ['rate-invalid', [opened], set({ quote: 'EUR' })],
    ['nothing-to-change', [opened, rateSet], set({ rate: '1.080' })],
    ['currency-unknown', [opened], { type: 'RemoveRate', quote: 'X' }],
    ['date-invalid', [opened], { type: 'RemoveRate', quote: 'USD', on: 'x' }],
    ['rate-unknown', [opened, rateSet], { type: 'RemoveRate', quote: 'USD', on: '2026-10-13' }],
    ['rate-unknown', [opened, rateSet], { type: 'RemoveRate', quote: 'JPY' }],
  ];
  test.each(rows)('is refused: %s', (refusal, history, command) =>
    givenEvents(...history)
      .when(command)
      .thenRejected(refusal),
  );

  test.each([
    ['1', '1'],
    ['007', '7'],
    ['0.92', '0.92'],
    ['0.0000000000000000012345', '0.0000000000000000012345'],
    ['123456789012345678', '123456789012345678'],
    ['1234567890123456789', undefined],
    ['.5', undefined],
    ['5.', undefined],
    [`0.${'0'.repeat(39)}1`, undefined],
  ])('%s is read as %s', (text, wanted) => expect(parseRate(text)).toBe(wanted));
});

test('a half goes to the even one, and nothing else does', () => {
  const rounded = [-25n, -15n, -5n, -1n, 0n, 4n, 5n, 6n, 14n, 15n, 16n, 25n].map((tenths) => roundHalfEven(tenths, 10n));
  expect(rounded).toEqual([-2n, -2n, 0n, 0n, 0n, 0n, 0n, 1n, 1n, 2n, 2n, 2n]);
});

test('converting is the exact product, rounded once, whatever the decimals of both currencies', () => {
  const currency = fc.constantFrom('JPY', 'EUR', 'KWD', 'CLF').map((text) => code(text));
  const exponents: Record<string, number> = { JPY: 0, EUR: 2, KWD: 3, CLF: 4 };
  const rate = fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }), fc.nat(12))
    .map(([digits, decimals]) => ({ digits, decimals }));
  fc.assert(
    fc.property(currency, currency, fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), rate, (from, to, minor, said) => {
      const digits = said.digits.toString().padStart(said.decimals + 1, '0');
      const text = said.decimals === 0 ? digits : `${digits.slice(0, -said.decimals)}.${digits.slice(-said.decimals)}`;
      const converted = convert(money(minor, from), rateOf(text), to);
      expect(converted.currency).toBe(to);
      // minor / 10^a × digits / 10^d × 10^b, compared without dividing.
      const numerator = minor * said.digits * 10n ** BigInt(exponents[to] ?? 0);
      const denominator = 10n ** BigInt((exponents[from] ?? 0) + said.decimals);
      const twiceOff = 2n * (converted.minor * denominator - numerator);
      const distance = twiceOff < 0n ? -twiceOff : twiceOff;
      expect(distance <= denominator).toBe(true);
      if (distance === denominator) expect(converted.minor % 2n).toBe(0n);
    }),
  );
});

describe('price lines', () => {
  test('are read as hledger and ledger write them', () => {
    const text = [
      '\uFEFF; rates of a bank',
      'P 2026-10-01 USD 0.92 EUR',
      'P 2026/10/2 12:00:00 "USD" 0.930 EUR ; noon',
      'P 2026.10.03 € 1.08 USD',
      '',
      '# the other way round',
      'P 2026-10-04 EUR USD 1.09',
      'P 2026-10-05 USD €0.91',
    ].join('\r\n');
    const { lines, faults } = parsePriceLines(text);
    expect(faults).toEqual([]);
    expect(lines.map(({ line, on, base, quote, rate }) => [line, on, base, quote, rate].join(' '))).toEqual([
      '2 2026-10-01 USD EUR 0.92',
      '3 2026-10-02 USD EUR 0.93',
      '4 2026-10-03 EUR USD 1.08',
      '7 2026-10-04 EUR USD 1.09',
      '8 2026-10-05 USD EUR 0.91',
    ]);
  });

  test.each([
    'P 2026-02-30 USD 0.92 EUR',
    'P 26-10-01 USD 0.92 EUR',
    'P 2026-10/01 USD 0.92 EUR',
    'P 2026-10-01 $ 0.92 EUR',
    'P 2026-10-01 DEM 0.92 EUR',
    'P 2026-10-01 USD 0.92 DEM',
    'P 2026-10-01 USD 0,92 EUR',
    'P 2026-10-01 USD 1,000.92 EUR',
    'P 2026-10-01 USD 0 EUR',
    'P 2026-10-01 USD -1 EUR',
    'P 2026-10-01 USD 1e3 EUR',
    'P 2026-10-01 USD 1234567890.123456789 EUR',
    'P 2026-10-01 USD 0.92',
    'P 2026-10-01 USD EUR',
    'P 2026-10-01 USD 0.92 USD',
    'P 2026-10-01',
    '2026-10-01 opening',
    `P 2026-10-01 USD ${'1'.repeat(400)} EUR`,
  ])('are a fault with their line otherwise: %s', (bad) => {
    const { lines, faults } = parsePriceLines(`P 2026-10-01 USD 0.92 EUR\n${bad}\nP 2026-10-02 USD 0.92 EUR`);
    expect(lines.map(({ line }) => line)).toEqual([1, 3]);
    expect(faults).toEqual([{ line: 2, message: expect.stringMatching(/\w/) as string, text: bad.slice(0, 80) }]);
  });

  test('are bounded: a hostile text ends soon, with a fault that says why', () => {
    expect(parsePriceLines('x\n'.repeat(500_000)).faults).toHaveLength(200);
    const many = parsePriceLines('P 2026-10-01 USD 0.92 EUR\n'.repeat(20_001));
    expect(many.lines).toHaveLength(20_000);
    expect(many.faults).toMatchObject([{ line: 20_001, message: expect.stringContaining('20000 lines') as string }]);
    expect(parsePriceLines(`P ${' '.repeat(200)}${'"'.repeat(90)}`).faults).toHaveLength(1);
  });

  test('give each rate to the open wallets of its currency, once', async () => {
    const books = await openBooks();
    const [dollars, more, euros, closed] = [
      await books.open('USD'),
      await books.open('USD'),
      await books.open('EUR'),
      await books.open('USD'),
    ];
    done(await closed.close());
    const { lines } = parsePriceLines('P 2026-10-01 USD 0.9 EUR\nP 2026-10-01 USD 0.92 EUR\nP 2026-10-01 CHF 1.05 EUR');
    expect(await books.ledger.setRates(lines)).toEqual({ set: 2, same: 0, unused: [lines[2]], refused: [] });
    expect(await books.ledger.setRates(lines)).toMatchObject({ set: 0, same: 2 });
    expect((await dollars.rates()).items).toEqual([{ quote: 'EUR', on: '2026-10-01', rate: '0.92' }]);
    expect((await more.rates()).version).toBe(2);
    expect((await euros.rates()).items).toEqual([]);
    expect((await closed.rates()).items).toEqual([]);
    await expectFoldedViews(dollars);
  });

  test('sent again with the same command id set nothing anew, also after a rate was removed', async () => {
    const books = await openBooks();
    const wallet = await books.open('USD');
    const { lines } = parsePriceLines('P 2026-10-01 USD 0.92 EUR');
    await books.ledger.setRates(lines, { commandId: 'file' });
    done(await wallet.removeRate('EUR', { on: '2026-10-01' }));
    await books.ledger.setRates(lines, { commandId: 'file' });
    expect((await wallet.rates()).items).toEqual([]);
    await books.ledger.setRates(lines, { commandId: 'another' });
    expect((await wallet.rates()).items).toHaveLength(1);
  });
});

test('the rates of a wallet are listed by currency, the newest first, and can be narrowed to one', async () => {
  const books = await openBooks();
  const wallet = await books.open('EUR');
  for (const [quote, rate, on] of [
    ['USD', '1.08', '2026-10-01'],
    ['JPY', '170', '2026-10-01'],
    ['USD', '1.09', '2026-10-02'],
  ] as const) {
    done(await wallet.setRate(quote, { rate, on }));
  }
  const shown = async (options?: { readonly quote?: string }): Promise<readonly string[]> =>
    (await wallet.rates(options)).items.map(({ quote, on, rate }) => `${quote} ${on} ${rate}`);
  expect(await shown()).toEqual(['JPY 2026-10-01 170', 'USD 2026-10-02 1.09', 'USD 2026-10-01 1.08']);
  expect(await shown({ quote: 'JPY' })).toEqual(['JPY 2026-10-01 170']);
  expect(await shown({ quote: 'nothing' })).toEqual([]);
  expect(codeOf(await wallet.removeRate('JPY', { on: '2026-10-01' }))).toBe('ok');
  expect(await shown()).toEqual(['USD 2026-10-02 1.09', 'USD 2026-10-01 1.08']);
  await expectFoldedViews(wallet);
});

import { parseCurrency, type CurrencyCode } from '@kakeibo/core';
import { z } from 'zod';
import { asOfQuery, category, crossing, day, figure, instant, position, queryDay, version } from './basics.ts';

export const checkBalance = z.strictObject({
  counted: z.string().meta({ description: 'A plain decimal; nothing and less than nothing are allowed', example: '182.40' }),
  on: day.exactOptional(),
  category: category.exactOptional(),
});
export const checked = z
  .object({
    on: day,
    counted: figure,
    expected: figure,
    difference: figure,
    entryId: z.uuid().nullable(),
    balance: figure,
    version,
    position,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'Checked' });

const check = z
  .object({
    on: day,
    counted: figure,
    expected: figure,
    difference: figure,
    entryId: z.uuid().nullable(),
    expectedNow: figure,
    differenceNow: figure,
    recordedAt: instant,
    version,
  })
  .meta({ id: 'BalanceCheck' });
const stretch = { from: queryDay.exactOptional(), to: queryDay.exactOptional() };
export const checkQuery = z.strictObject({ ...stretch, ...asOfQuery });
export const checkList = z.object({ items: z.array(check), version, position });

const rate = z.string().meta({ description: 'A plain decimal more than zero, at most 18 digits', example: '1.0842' });
export const setRate = z.strictObject({ rate, on: day.exactOptional() });
export const rateQuery = z.strictObject({ quote: z.string().max(10).exactOptional(), ...asOfQuery });
export const removeRateQuery = z.strictObject({ on: queryDay.exactOptional() });
export const rateChanged = z.object({ quote: z.string(), version, position }).meta({ id: 'RateChanged' });
export const rateList = z.object({
  items: z.array(z.object({ quote: z.string(), on: day, rate }).meta({ id: 'Rate' })),
  more: z.boolean(),
  version,
  position,
});

const priceLine = z.object({ line: z.int(), on: day, base: z.string(), quote: z.string(), rate }).meta({ id: 'PriceLine' });
export const ratesSet = z
  .object({
    set: z.int(),
    same: z.int(),
    unused: z.array(priceLine),
    refused: z.array(z.object({ line: z.int(), walletId: z.uuid(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'RatesSet' });

const currency = z
  .string()
  .transform((text, context): CurrencyCode => {
    const code = parseCurrency(text);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: 'A currency is an active ISO 4217 code in capitals, like EUR or JPY.' });
    return z.NEVER;
  })
  .meta({ description: 'An active code of ISO 4217', example: 'EUR' });
export const netWorthQuery = z.strictObject({
  currency,
  ...stretch,
  by: z.enum(['day', 'month']).default('month'),
  on: queryDay.exactOptional(),
  ...asOfQuery,
});

const usedRate = z
  .object({ base: z.string(), quote: z.string(), rate, on: day, given: z.boolean() })
  .meta({ id: 'UsedRate', description: 'What one unit of base was worth in quote, as somebody said' });
const converted = { currency: z.string(), balance: figure, converted: figure.nullable(), rate: usedRate.nullable() };
const unconverted = z.object({ currency: z.string(), balance: figure }).meta({ id: 'Unconverted' });
export const netWorthReport = z
  .object({
    currency: z.string(),
    on: day,
    total: figure,
    wallets: z.array(z.object({ walletId: z.uuid(), name: z.string(), version, ...converted })),
    inTransit: z.array(z.object(converted)),
    unconverted: z.array(unconverted),
    series: z.array(z.object({ from: day, to: day, total: figure, unconverted: z.array(unconverted) })),
    position,
  })
  .meta({ id: 'NetWorthReport' });

import { z } from 'zod';
import { day, figure, position, queryDay, version } from './basics.ts';

const stretch = { from: queryDay.exactOptional(), to: queryDay.exactOptional() };
export const balanceQuery = z.strictObject({ ...stretch, by: z.enum(['day', 'month']).default('day') });
export const spendingQuery = z.strictObject({ ...stretch, by: z.enum(['category', 'month']).default('category') });
export const cashflowQuery = z.strictObject(stretch);

const period = { from: day, to: day };
const asOf = { version, position };

export const balanceReport = z
  .object({
    balance: figure,
    on: day,
    opening: figure,
    series: z.array(z.object({ ...period, in: figure, out: figure, moved: figure, balance: figure })),
    ...asOf,
  })
  .meta({ id: 'BalanceReport' });

const byCategory = z
  .object({
    ...period,
    total: figure,
    rows: z.array(z.object({ category: z.string(), depth: z.int(), own: figure, total: figure, share: z.number() })),
    ...asOf,
  })
  .meta({ id: 'SpendingReport' });

const byMonth = z
  .object({
    ...period,
    total: figure,
    categories: z.array(z.string()),
    months: z.array(z.object({ ...period, total: figure, amounts: z.array(figure) })),
    ...asOf,
  })
  .meta({ id: 'SpendingByMonth' });
export const spendingReport = z.union([byCategory, byMonth]);

const sums = { ...period, in: figure, out: figure, net: figure };
export const cashflowReport = z
  .object({ ...sums, months: z.array(z.object({ ...sums, partial: z.boolean() })), ...asOf })
  .meta({ id: 'CashflowReport' });

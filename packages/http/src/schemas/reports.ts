import { z } from 'zod';
import { asOfQuery, category, cursor, day, entryKind, figure, kind, pageSize, position, queryDay, version } from './basics.ts';
import { entry } from './entries.ts';

const stretch = { from: queryDay.exactOptional(), to: queryDay.exactOptional(), ...asOfQuery };
export const stretchQuery = z.strictObject(stretch);
export const balanceQuery = z.strictObject({ ...stretch, by: z.enum(['day', 'month']).default('day') });
export const spendingQuery = z.strictObject({
  ...stretch,
  by: z.enum(['category', 'month', 'payee', 'tag']).default('category'),
  compare: z
    .enum(['previous', 'year', 'both'])
    .exactOptional()
    .meta({ description: 'The stretch right before, the same one a year before, or both' }),
  limit: pageSize.meta({ description: 'How many payees or tags: 1 to 200, 50 when left out', example: '50' }),
});
export const statementQuery = z.strictObject({ ...stretch, after: cursor.exactOptional(), limit: pageSize });
export const largestQuery = z.strictObject({ ...stretch, kind: kind.default('expense'), limit: pageSize });
export const unusualQuery = z.strictObject({ ...stretch, limit: pageSize });

const period = { from: day, to: day };
const asOf = { version, position };
const partial = z.boolean().meta({ description: 'Whether the report holds only a part of it' });
const percent = z.int().nullable();

const drill = z
  .object({
    ...period,
    category: category.exactOptional(),
    payee: z.string().exactOptional(),
    tag: z.string().exactOptional(),
    kind: entryKind.exactOptional(),
  })
  .meta({ id: 'Drill', description: 'The filter of the register whose entries make up the figure exactly' });

const comparison = { amount: figure, difference: figure, percent };
const compared = z.object(comparison).meta({ id: 'Compared' });
const comparedStretch = z.object({ ...period, ...comparison }).meta({ id: 'ComparedStretch' });
const comparisons = { previous: compared.exactOptional(), yearBefore: compared.exactOptional() };
const stretchComparisons = { previous: comparedStretch.exactOptional(), yearBefore: comparedStretch.exactOptional() };

export const balanceReport = z
  .object({
    balance: figure,
    on: day,
    opening: figure,
    series: z.array(z.object({ ...period, in: figure, out: figure, moved: figure, balance: figure, partial, drill })),
    ...asOf,
  })
  .meta({ id: 'BalanceReport' });

const byCategory = z
  .object({
    ...period,
    total: figure,
    rows: z.array(
      z.object({ category: z.string(), depth: z.int(), own: figure, total: figure, share: z.number(), drill, ...comparisons }),
    ),
    ...stretchComparisons,
    ...asOf,
  })
  .meta({ id: 'SpendingReport' });

const byMonth = z
  .object({
    ...period,
    total: figure,
    categories: z.array(z.string()),
    months: z.array(z.object({ ...period, total: figure, amounts: z.array(figure), partial, drill, ...comparisons })),
    ...stretchComparisons,
    ...asOf,
  })
  .meta({ id: 'SpendingByMonth' });

const byName = z
  .object({
    ...period,
    by: z.enum(['payee', 'tag']),
    total: figure,
    rows: z.array(z.object({ name: z.string().nullable(), total: figure, share: percent, drill, ...comparisons })),
    rest: z.object({ names: z.int(), total: figure }),
    ...stretchComparisons,
    ...asOf,
  })
  .meta({ id: 'SpendingByName' });
export const spendingReport = z.union([byCategory, byMonth, byName]);

const moved = { received: figure, sent: figure };
const sums = { ...period, in: figure, out: figure, net: figure, ...moved, savingsRate: percent, drill };
export const cashflowReport = z
  .object({ ...sums, months: z.array(z.object({ ...sums, partial })), ...asOf })
  .meta({ id: 'CashflowReport' });

const budgetRow = z.object({
  ...period,
  planned: figure.meta({ description: 'The amount in force at the end of the period' }),
  carried: figure,
  budget: figure.meta({ description: 'What may be spent: planned and carried' }),
  spent: figure,
  left: figure,
  percent,
  state: z.enum(['within', 'near', 'reached', 'over']),
  changes: z.array(z.object({ startsOn: day, amount: figure })),
  told: z.array(z.object({ threshold: z.int(), on: day })),
  partial,
  drill,
});
export const budgetReport = z
  .object({
    ...period,
    limits: z.array(
      z.object({ id: z.string(), planned: figure, spent: figure, rows: z.array(budgetRow), complete: z.boolean() }),
    ),
    ...asOf,
  })
  .meta({ id: 'BudgetReport' });

const amounts = z.array(figure).meta({ description: 'In the order of the months' });
const side = z.object({
  total: figure,
  amounts,
  rows: z.array(z.object({ category: z.string(), depth: z.int(), total: figure, amounts, drill })),
});
export const incomeReport = z
  .object({
    ...period,
    months: z.array(z.object({ ...period, net: figure, partial })),
    income: side,
    expenses: side,
    net: figure,
    ...asOf,
  })
  .meta({ id: 'IncomeStatement' });

export const statementReport = z
  .object({
    ...period,
    opening: figure,
    in: figure,
    out: figure,
    ...moved,
    closing: figure,
    lines: z.array(entry),
    next: z.string().nullable(),
    drill,
    ...asOf,
  })
  .meta({ id: 'Statement' });

export const largestReport = z.object({ ...period, kind, entries: z.array(entry), ...asOf }).meta({ id: 'LargestEntries' });

const unusual = z
  .object({
    entry,
    amount: figure.meta({ description: 'What is compared: the entry, or its part in the category' }),
    payee: z.string().nullable(),
    category: z.string(),
    usual: figure.meta({ description: 'The median of the earlier entries' }),
    times: z.int().meta({ description: 'How many times the usual it is, rounded down' }),
    earlier: z.int().meta({ description: 'How many earlier entries there are' }),
  })
  .meta({ id: 'Unusual' });
export const unusualReport = z
  .object({ ...period, items: z.array(unusual), more: z.int(), ...asOf })
  .meta({ id: 'UnusualEntries' });

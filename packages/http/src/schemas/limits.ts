import { z } from 'zod';
import { amount, asOfQuery, category, crossing, day, figure, periodKind, position, queryDay, version } from './basics.ts';

export const setLimit = z.strictObject({
  scope: category.nullable().exactOptional(),
  period: z.string().meta({ description: 'day, week, month or year', example: 'month' }),
  amount,
  thresholds: z
    .array(z.number())
    .max(100)
    .exactOptional()
    .meta({ description: 'Percentages, ascending; 80 and 100 when left out', example: [80, 100] }),
  mode: z.string().exactOptional().meta({ description: 'warn (when left out) or block', example: 'warn' }),
  startsOn: day.exactOptional(),
});

export const limitQuery = z.strictObject({ on: queryDay.exactOptional(), ...asOfQuery });

const limit = z
  .object({
    id: z.string(),
    scope: z.string().nullable(),
    period: periodKind,
    amount: figure,
    thresholds: z.array(z.int()),
    mode: z.enum(['warn', 'block']),
    startsOn: day,
    current: z.object({
      from: day,
      to: day,
      spent: figure,
      left: figure,
      percent: z.number().nullable(),
      state: z.enum(['within', 'near', 'reached', 'over']),
      daysLeft: z.int(),
      leftPerDay: figure,
    }),
  })
  .meta({ id: 'Limit' });

export const limitList = z.object({ items: z.array(limit), version });
export const limitChanged = z
  .object({ limitId: z.string(), version, position, crossed: z.array(crossing), cleared: z.array(crossing) })
  .meta({ id: 'LimitChanged' });

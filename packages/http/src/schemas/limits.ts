import { z } from 'zod';
import { amount, asOfQuery, category, crossing, day, figure, periodKind, position, queryDay, version } from './basics.ts';

export const setLimit = z.strictObject({
  scope: category.nullable().exactOptional(),
  tag: z.string().nullable().exactOptional(),
  period: z.string().meta({ description: 'day, week, month, quarter, year or custom', example: 'month' }),
  firstDay: z
    .number()
    .exactOptional()
    .meta({ description: 'Of a week (1 is Monday to 7), month, quarter or year (1 to 31); 1 when left out', example: 1 }),
  from: day.exactOptional(),
  to: day.exactOptional(),
  amount,
  thresholds: z
    .array(z.number())
    .max(100)
    .exactOptional()
    .meta({ description: 'Percentages, ascending; 80 and 100 when left out', example: [80, 100] }),
  mode: z.string().exactOptional().meta({ description: 'warn (when left out) or block', example: 'warn' }),
  rollover: z.string().exactOptional().meta({ description: 'none (when left out), surplus or both', example: 'none' }),
  cap: amount.nullable().exactOptional(),
  startsOn: day.exactOptional(),
});

export const limitQuery = z.strictObject({ on: queryDay.exactOptional(), ...asOfQuery });

const stretchLast = z
  .string()
  .regex(/^\d{1,3}$/, 'It is a whole number from 1 to 400.')
  .transform(Number)
  .refine((count) => count >= 1 && count <= 400, 'It is a whole number from 1 to 400.')
  .meta({ description: 'How many periods, up to the current one: 1 to 400, 12 when nothing is asked for', example: '12' });
export const limitHistoryQuery = z
  .strictObject({ from: queryDay.exactOptional(), to: queryDay.exactOptional(), last: stretchLast.exactOptional(), ...asOfQuery })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['to'],
    message: '`from` and `to` come together.',
  })
  .refine(({ from, last }) => from === undefined || last === undefined, {
    path: ['last'],
    message: 'Ask for `from` and `to`, or for `last`.',
  });

const figures = {
  from: day,
  to: day,
  carried: figure,
  budget: figure,
  spent: figure,
  left: figure,
  percent: z.number().nullable(),
  state: z.enum(['within', 'near', 'reached', 'over']),
};
const limit = z
  .object({
    id: z.string(),
    scope: z.string().nullable(),
    tag: z.string().nullable(),
    period: periodKind,
    firstDay: z.int(),
    amount: figure,
    thresholds: z.array(z.int()),
    mode: z.enum(['warn', 'block']),
    rollover: z.enum(['none', 'surplus', 'both']),
    cap: figure.nullable(),
    startsOn: day,
    current: z.object({ ...figures, daysLeft: z.int(), leftPerDay: figure }),
  })
  .meta({ id: 'Limit' });

const limitPeriod = z
  .object({
    ...figures,
    planned: figure,
    changes: z.array(z.object({ startsOn: day, amount: figure })),
    told: z.array(z.object({ threshold: z.int(), on: day })),
  })
  .meta({ id: 'LimitPeriod' });

export const limitList = z.object({ items: z.array(limit), version });
export const limitHistory = z.object({ rows: z.array(limitPeriod), version, position });
export const limitChanged = z
  .object({ limitId: z.string(), version, position, crossed: z.array(crossing), cleared: z.array(crossing) })
  .meta({ id: 'LimitChanged' });

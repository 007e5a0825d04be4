import { isDate, parseDate, type CivilDate } from '@kakeibo/core';
import { z } from 'zod';

/** A decimal, written as text so that no reader turns it into a float. */
export const amount = z
  .string({ error: ({ input }) => (input === undefined ? undefined : 'An amount is text, like "12.50", not a number.') })
  .meta({ description: 'A plain decimal in the currency of the wallet', example: '12.50' });

/** A figure that may be negative. */
export const figure = z
  .string()
  .meta({ description: 'A plain decimal with all the decimals of the currency', example: '-12.50' });

export const day = z.string().meta({ description: 'A civil date', format: 'date', example: '2026-10-14' });
export const instant = z
  .string()
  .meta({ description: 'An instant in UTC', format: 'date-time', example: '2026-10-14T09:38:00.000001Z' });
export const version = z.int().meta({ description: 'The place of the last event in the stream of the wallet', example: 7 });
export const position = z.int().meta({ description: 'The place of an event in the whole log', example: 42 });
export const kind = z.enum(['income', 'expense']);
export const entryKind = z.enum(['income', 'expense', 'refund', 'sent', 'received']);
export const periodKind = z.enum(['day', 'week', 'month', 'quarter', 'year', 'custom']);
export const category = z.string().meta({ description: 'A path of up to 8 parts, joined by ":"', example: 'Food:Cafe' });
export const note = z.string().meta({ description: 'Up to 500 characters', example: 'Coffee with Ann' });

/** A day in a query: refused when it does not exist. */
export const queryDay = z
  .string()
  .transform((text, context): CivilDate => {
    const date = parseDate(text);
    if (isDate(date)) return date;
    const message =
      date === 'date-invalid' ? 'A day that exists is written like 2026-10-14.' : 'Days lie in the years 1400 to 9998.';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .meta({ description: 'A civil date', format: 'date', example: '2026-10-14' });

/** The two times of a read, in a query. */
export const asOfQuery = {
  occurredAsOf: queryDay
    .exactOptional()
    .meta({ description: 'What occurred after this day counts nowhere', format: 'date', example: '2026-03-01' }),
  recordedAsOf: z.string().max(40).exactOptional().meta({
    description: 'What was known at this instant, or when this day of the wallet was over',
    example: '2026-03-01T09:00:00Z',
  }),
};

export const queryFlag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** How many items a page has. */
export const pageSize = z
  .string()
  .regex(/^\d{1,3}$/, 'It is a whole number from 1 to 200.')
  .transform(Number)
  .refine((size) => size >= 1 && size <= 200, 'It is a whole number from 1 to 200.')
  .default(50)
  .meta({ description: 'How many items a page has: 1 to 200, 50 when left out', example: '50' });

export const cursor = z
  .string()
  .max(100, 'Take it from `next` of the page before.')
  .meta({ description: '`next` of the page before' });

/** A threshold of a limit that was passed. */
export const crossing = z
  .object({
    limitId: z.string(),
    scope: z.string().nullable(),
    tag: z.string().nullable(),
    period: periodKind,
    from: day,
    to: day,
    threshold: z.int(),
    spent: figure,
    amount: figure,
    carried: figure,
  })
  .meta({ id: 'Crossing' });

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'What happened, for programs; it never changes' }),
    detail: z.string().meta({ description: 'What happened and what to do next, for people' }),
    instance: z.string(),
    requestId: z.string(),
    field: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    figures: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

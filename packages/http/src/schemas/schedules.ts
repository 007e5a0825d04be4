import { z } from 'zod';
import { amount, asOfQuery, category, crossing, day, figure, kind, note, position, queryDay, version } from './basics.ts';

const partDetails = z.strictObject({
  category,
  amount: amount.exactOptional(),
  share: z.number().exactOptional(),
  note: note.exactOptional(),
});

const scheduleKind = z.enum([...kind.options, 'transfer']);

export const setSchedule = z.strictObject({
  kind: scheduleKind,
  to: z.string().max(100).exactOptional().meta({ description: 'Of a transfer: the id of the wallet that it goes to' }),
  toAmount: amount.exactOptional().meta({ description: 'What arrives, when the other wallet has another currency' }),
  amount,
  category: category.exactOptional(),
  parts: z.array(partDetails).max(100).exactOptional(),
  payee: z.string().exactOptional().meta({ description: 'Up to 100 characters', example: 'Landlord' }),
  tags: z.array(z.string()).max(50).exactOptional(),
  note: note.exactOptional(),
  rule: z.string().meta({ description: 'An RRULE (RFC 5545)', example: 'FREQ=MONTHLY;BYMONTHDAY=31' }),
  startsOn: day.exactOptional().meta({ description: 'What the rule is reckoned from', format: 'date', example: '2026-10-31' }),
  from: day.exactOptional().meta({ description: 'The terms hold from this day on', format: 'date', example: '2027-01-01' }),
  monthEnd: z.string().exactOptional().meta({ description: 'last-day (when left out) or skip', example: 'last-day' }),
  shift: z.string().exactOptional().meta({ description: 'none (when left out), before or after', example: 'before' }),
  remindDays: z.number().exactOptional().meta({ description: '0 to 366', example: 3 }),
});

export const stopQuery = z.strictObject({ on: queryDay.exactOptional() });
export const occurrence = z.strictObject({ on: day });
export const bookDue = z
  .strictObject({
    scheduleId: z.string().max(100).exactOptional(),
    limit: z.int().min(1).max(5_000).exactOptional().meta({ description: 'At most so many; 5,000 when left out', example: 200 }),
  })
  .optional();
export const scheduleQuery = z.strictObject(asOfQuery);
export const aheadQuery = z.strictObject({ to: queryDay.exactOptional(), ...asOfQuery });

export const scheduleChanged = z.object({ scheduleId: z.string(), version, position }).meta({ id: 'ScheduleChanged' });
export const dueBooked = z
  .object({
    booked: z.int(),
    entryIds: z.array(z.uuid()),
    remaining: z.boolean().meta({ description: 'Whether more is due: then ask again' }),
    version,
    position,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'DueBooked' });

const saying = {
  kind: scheduleKind,
  amount: figure,
  to: z.object({ walletId: z.string(), amount: figure, currency: z.string() }).nullable(),
  category: z.string().nullable(),
  parts: z.array(z.object({ category: z.string(), amount: figure, note: z.string().nullable() })).nullable(),
  payee: z.string().nullable(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
};
const terms = z
  .object({
    from: day,
    ...saying,
    rule: z.string(),
    startsOn: day,
    monthEnd: z.enum(['last-day', 'skip']),
    shift: z.enum(['none', 'before', 'after']),
    remindDays: z.int().nullable(),
  })
  .meta({ id: 'ScheduleTerms' });
const schedule = z
  .object({
    scheduleId: z.string(),
    terms: z.array(terms),
    stopsOn: day.nullable(),
    next: day.nullable(),
    through: day.nullable(),
    booked: z.int(),
    skipped: z.array(day),
  })
  .meta({ id: 'Schedule' });
export const scheduleList = z.object({ items: z.array(schedule), version, position });

const upcoming = z
  .object({ scheduleId: z.string(), on: day, due: z.boolean(), skipped: z.boolean(), remind: z.boolean(), ...saying })
  .meta({ id: 'Upcoming' });
export const upcomingList = z.object({ items: z.array(upcoming), complete: z.boolean(), version, position });

export const forecastReport = z
  .object({
    from: day,
    to: day,
    opening: figure,
    series: z.array(
      z.object({
        on: day,
        change: figure,
        balance: figure,
        what: z.enum(['booked', 'schedule', 'planned', 'incoming']),
        id: z.string().nullable(),
        walletId: z.uuid().exactOptional().meta({ description: 'Of what is incoming: the wallet whose schedule sends it' }),
      }),
    ),
    closing: figure,
    lowest: z.object({ on: day, balance: figure }),
    complete: z.boolean(),
    version,
    position,
  })
  .meta({ id: 'ForecastReport' });

import { z } from 'zod';
import { crossing, day, figure, instant, pageSize, position, version } from './basics.ts';
import { facts } from './entries.ts';

export const undo = z
  .strictObject({
    version: z
      .int()
      .positive()
      .meta({ description: 'Any version of the change; the newest that is not undone when left out' })
      .exactOptional(),
  })
  .optional();

export const undone = z
  .object({
    undone: version.nullable().meta({ description: 'The first version of what was undone; null when a file was taken back' }),
    redone: version.nullable().meta({ description: 'The first version of what counts again' }),
    entries: z.int().meta({ description: 'How many entries it changed' }),
    version,
    position,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'Undone' });

const what = z
  .object({
    type: z.string().meta({ description: 'The event that stands for the change', example: 'ExpenseAdded' }),
    entries: z.int(),
    id: z.string().nullable(),
    name: z.string().nullable(),
    amount: figure.nullable(),
    on: day.nullable(),
    entry: facts.nullable(),
    before: facts.nullable(),
    undoes: version.nullable(),
    redoes: version.nullable(),
  })
  .meta({ id: 'ChangeFacts' });

export const historyQuery = z.strictObject({
  below: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'It is a version, from `next` of the page before.')
    .transform(Number)
    .exactOptional(),
  limit: pageSize,
});

export const history = z.object({
  items: z.array(
    z
      .object({
        version,
        to: version,
        commandId: z.string().nullable(),
        recordedAt: instant,
        actor: z.string().nullable(),
        what,
        undone: z.boolean(),
        undoable: z.union([z.literal(true), z.object({ code: z.string(), reason: z.string() })]),
      })
      .meta({ id: 'Change' }),
  ),
  next: version.nullable(),
  version,
});

import { z } from 'zod';
import { crossing, day, figure, instant, kind, position, queryFlag, version } from './basics.ts';

export const importQuery = z.strictObject({
  format: z.literal('csv', { error: 'This version reads csv only.' }),
  dryRun: queryFlag.exactOptional(),
});

const column = z.int().min(0).max(999).exactOptional();
const columnsGiven = z.strictObject({
  date: column,
  amount: column,
  debit: column,
  credit: column,
  mark: column,
  category: column,
  note: z.union([z.int().min(0).max(999), z.array(z.int().min(0).max(999)).max(20)]).exactOptional(),
  currency: column,
  state: column,
  fee: column,
});

const dateOrder = z.enum(['dmy', 'mdy', 'ymd']);
const decimalMark = z.enum(['.', ',']);
const encoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
const delimiter = z.enum([',', ';', '\t', '|']);

/** What a person decided instead of the guess: the JSON in the header `Kakeibo-Import`. */
export const importSettings = z.strictObject({
  delimiter: delimiter.exactOptional(),
  encoding: encoding.exactOptional(),
  headerRow: z
    .int()
    .min(1)
    .nullable()
    .exactOptional()
    .meta({ description: 'The line of the header, from 1; null when there is none' }),
  columns: columnsGiven.exactOptional(),
  dateOrder: dateOrder.exactOptional(),
  decimalMark: decimalMark.exactOptional(),
  skip: z.array(z.int().min(1)).max(5_000).exactOptional().meta({ description: 'Lines to leave out' }),
  name: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'No control characters.')
    .exactOptional()
    .meta({ description: 'What the import is called in the list', example: 'october.csv' }),
});

const badRow = z.object({ line: z.int(), code: z.string(), reason: z.string(), text: z.string() }).meta({ id: 'BadRow' });

export const importPreview = z
  .object({
    format: z.literal('csv'),
    encoding,
    delimiter,
    headerRow: z.int().nullable(),
    header: z.array(z.string()),
    columns: z.record(z.string(), z.union([z.int(), z.array(z.int())])),
    dateOrder,
    dateOrders: z.array(dateOrder),
    decimalMark,
    questions: z.array(
      z.object({ field: z.enum(['dateOrder', 'columns', 'decimalMark']), message: z.string(), choices: z.array(z.string()) }),
    ),
    sample: z.array(z.array(z.string())),
    rows: z.array(
      z.object({
        line: z.int(),
        status: z.enum(['new', 'duplicate']),
        kind,
        amount: figure,
        occurredOn: day,
        category: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    counts: z.object({ rows: z.int(), new: z.int(), duplicate: z.int(), bad: z.int() }),
    bad: z.array(badRow),
  })
  .meta({ id: 'ImportPreview' });

export const importResult = z
  .object({
    importId: z.uuid(),
    added: z.int(),
    duplicates: z.int(),
    bad: z.array(badRow),
    from: day.nullable(),
    to: day.nullable(),
    version,
    position,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'ImportResult' });

export const importList = z.object({
  items: z.array(
    z
      .object({
        importId: z.uuid(),
        name: z.string(),
        rows: z.int(),
        duplicates: z.int(),
        voided: z.int(),
        importedAt: instant,
        from: day.nullable(),
        to: day.nullable(),
      })
      .meta({ id: 'ImportSummary' }),
  ),
});

export const importUndone = z.object({
  importId: z.uuid(),
  voided: z.int(),
  version,
  position,
  crossed: z.array(crossing),
  cleared: z.array(crossing),
});

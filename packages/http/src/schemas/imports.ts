import { BANK_FORMATS } from '@kakeibo/core';
import { z } from 'zod';
import { category, crossing, day, entryKind, figure, instant, position, queryFlag, version } from './basics.ts';

export const importQuery = z.strictObject({
  format: z
    .enum(['csv', ...BANK_FORMATS], { error: `A format is csv, ${BANK_FORMATS.join(', ')}; the file tells when it is left out.` })
    .exactOptional()
    .meta({ description: 'Found out by the first bytes of the file when left out', example: 'ofx' }),
  account: z
    .string()
    .max(200)
    .exactOptional()
    .meta({ description: 'Which account of the file, as the preview names it; not needed when it has one' }),
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

const rowPlace = z.int().min(0).max(1_000_000).meta({ description: 'The place of a row in the file, from 0' });
/** No format has more rows. */
const MAX_CHOSEN = 100_000;

/** What a person decided instead of the guess: the JSON in the header `Kakeibo-Import`, or in the part `settings` of a form. */
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
  skip: z.array(z.int().min(1)).max(MAX_CHOSEN).exactOptional().meta({ description: 'Lines to leave out, in csv' }),
  skipRows: z.array(rowPlace).max(MAX_CHOSEN).exactOptional().meta({ description: 'Rows to leave out, as `row` in the preview' }),
  matches: z
    .array(z.strictObject({ row: rowPlace, entryId: z.string().max(100) }))
    .max(MAX_CHOSEN)
    .exactOptional()
    .meta({ description: 'Rows that are entries booked by hand: they are linked instead of added' }),
  categories: z
    .array(z.strictObject({ row: rowPlace, category }))
    .max(MAX_CHOSEN)
    .exactOptional()
    .meta({ description: 'Categories that a person chose: no rule changes them' }),
  name: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'No control characters.')
    .exactOptional()
    .meta({ description: 'What the import is called in the list', example: 'october.csv' }),
});

const badRow = z.object({ line: z.int(), code: z.string(), reason: z.string(), text: z.string() }).meta({ id: 'BadRow' });

const part = z.object({ category: z.string(), amount: figure, note: z.string().nullable() });
const candidate = z
  .object({
    entryId: z.string(),
    kind: entryKind,
    amount: figure,
    occurredOn: day,
    category: z.string().nullable(),
    payee: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'MatchCandidate' });

const previewRow = z
  .object({
    row: z.int().meta({ description: 'Its place in the file, from 0: what choices name it by' }),
    line: z.int(),
    status: z.enum(['new', 'duplicate', 'corrected', 'linked', 'skipped']),
    kind: entryKind,
    amount: figure,
    occurredOn: day,
    category: z.string().nullable(),
    categoryFrom: z
      .enum(['chosen', 'rule', 'payee', 'file'])
      .nullable()
      .meta({ description: 'Where the category comes from; null when it has none, or waits to be sorted' }),
    parts: z.array(part).nullable(),
    payee: z.string().nullable(),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    rules: z.array(z.string()).meta({ description: 'The import rules that had a say' }),
    entryId: z.string().nullable().meta({ description: 'The entry that it is, when the wallet has it' }),
    candidates: z.array(candidate).meta({ description: 'Entries booked by hand that may be this row' }),
  })
  .meta({ id: 'PreviewRow' });

const question = <Field extends string>(...fields: readonly Field[]) =>
  z.array(z.object({ field: z.enum(fields), message: z.string(), choices: z.array(z.string()) }));

const warnings = z
  .array(
    z
      .object({
        code: z.enum(['balance-differs', 'investments-left-out']),
        message: z.string(),
        line: z.int(),
        account: z.string().nullable(),
      })
      .meta({ id: 'FileWarning' }),
  )
  .meta({ description: 'What to look at before the rows come in, 100 at the most; none is lost by it' });

const shownRows = {
  warnings,
  rows: z.array(previewRow),
  counts: z.object({
    rows: z.int(),
    new: z.int(),
    duplicate: z.int(),
    corrected: z.int(),
    linked: z.int(),
    skipped: z.int(),
    bad: z.int(),
  }),
  bad: z.array(badRow),
};

const csvPreview = z
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
    questions: question('dateOrder', 'columns', 'decimalMark'),
    sample: z.array(z.array(z.string())),
    ...shownRows,
  })
  .meta({ id: 'ImportPreview' });

const bankPreview = z
  .object({
    format: z.enum(BANK_FORMATS),
    accounts: z.array(
      z
        .object({
          account: z.string().nullable(),
          currency: z.string(),
          rows: z.int(),
          bad: z.int(),
          from: day.nullable(),
          to: day.nullable(),
          closing: figure.nullable().meta({ description: 'The balance at the end of closingOn' }),
          closingOn: day.nullable(),
          chosen: z.boolean(),
        })
        .meta({ id: 'FileAccount' }),
    ),
    questions: question('account'),
    ...shownRows,
  })
  .meta({ id: 'BankFilePreview' });

export const importPreview = csvPreview.or(bankPreview);

export const importResult = z
  .object({
    importId: z.uuid(),
    format: z.enum(['csv', ...BANK_FORMATS]),
    added: z.int(),
    duplicates: z.int(),
    corrected: z.int().meta({ description: 'Entries that the bank told anew, found by its own ids' }),
    linked: z.int().meta({ description: 'Entries booked by hand that were found to be rows' }),
    bad: z.array(badRow),
    warnings,
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
        corrected: z.int(),
        linked: z.int(),
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
  reverted: z.int().meta({ description: 'Entries that it had corrected or linked, and that say again what they said before' }),
  version,
  position,
  crossed: z.array(crossing),
  cleared: z.array(crossing),
});

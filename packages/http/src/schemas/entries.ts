import { z } from 'zod';
import {
  amount,
  asOfQuery,
  category,
  crossing,
  cursor,
  day,
  figure,
  instant,
  entryKind,
  kind,
  note,
  pageSize,
  position,
  queryDay,
  queryFlag,
  version,
} from './basics.ts';

const payee = z.string().meta({ description: 'Who was paid, or who paid: up to 100 characters', example: 'Bäckerei Müller' });
const tags = z
  .array(z.string())
  .max(20, 'At most 10 tags.')
  .meta({ description: 'Up to 10 words of up to 40 characters', example: ['work'] });
const partDetails = z
  .strictObject({
    category,
    amount: amount.exactOptional(),
    share: z.number().meta({ description: 'A whole number; instead of an amount, in every part' }).exactOptional(),
    note: note.exactOptional(),
  })
  .meta({ id: 'PartDetails' });
const parts = z
  .array(partDetails)
  .max(50, 'At most 50 parts.')
  .meta({ description: 'A split, instead of a category: 2 to 50 parts that add up to the amount' });

const details = {
  amount,
  category: category.exactOptional(),
  parts: parts.exactOptional(),
  payee: payee.exactOptional(),
  tags: tags.exactOptional(),
  note: note.exactOptional(),
  occurredOn: day.exactOptional(),
};
export const addEntry = z.strictObject(details);
export const addRefund = z.strictObject({
  ...details,
  refunds: z.string().max(100).meta({ description: 'The expense that it takes back' }).exactOptional(),
});

export const correctEntry = z.strictObject({
  kind: kind.exactOptional(),
  amount: amount.exactOptional(),
  category: category.nullable().exactOptional(),
  parts: parts.nullable().exactOptional(),
  payee: payee.nullable().exactOptional(),
  tags: tags.exactOptional(),
  note: note.nullable().exactOptional(),
  occurredOn: day.exactOptional(),
});

/** What many entries can be given at once. */
const bulkChange = {
  category: category.nullable().exactOptional(),
  payee: payee.nullable().exactOptional(),
  tags: tags.exactOptional(),
  note: note.nullable().exactOptional(),
};
export const correctEntries = z.strictObject({
  changes: z.array(z.strictObject({ entryId: z.string().max(100), ...bulkChange })).max(1_001),
});
export const entriesCorrected = z
  .object({ version, position, crossed: z.array(crossing), cleared: z.array(crossing) })
  .meta({ id: 'EntriesCorrected' });

export const voidEntry = z.strictObject({ reason: note.exactOptional() }).optional();

/** Which entries are meant. */
const filter = {
  from: queryDay.exactOptional(),
  to: queryDay.exactOptional(),
  category: category.exactOptional(),
  payee: z.string().max(500).exactOptional().meta({ description: 'Exactly this payee; empty for none' }),
  tag: z.string().max(200).exactOptional(),
  q: z.string().max(500, 'At most 500 characters.').exactOptional(),
  kind: z
    .enum([...entryKind.options, 'spending'])
    .exactOptional()
    .meta({ description: '`spending` is expenses and refunds, of which `out` is the difference' }),
  min: z.string().exactOptional(),
  max: z.string().exactOptional(),
  import: z.string().max(100).exactOptional(),
};
export const entryQuery = z.strictObject({
  ...filter,
  void: z.enum(['exclude', 'include', 'only']).exactOptional(),
  totals: queryFlag.exactOptional(),
  after: cursor.exactOptional(),
  limit: pageSize,
  ...asOfQuery,
});

export const recategorise = z.strictObject({
  filter: z.strictObject(filter),
  change: z.strictObject(bulkChange),
  dryRun: z.boolean().exactOptional(),
});
export const recategorised = z
  .object({
    entryIds: z.array(z.uuid()).meta({ description: 'The entries that changed, or would' }),
    untouched: z.int().meta({ description: 'Splits and transfers that pass and stay as they are' }),
    version,
    position,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'Recategorised' });

export const booked = z
  .object({
    entryId: z.uuid(),
    version,
    position,
    balance: figure,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'Booked' });

const part = z.object({ category: z.string(), amount: figure, note: z.string().nullable() });
export const facts = z
  .object({
    kind: entryKind,
    amount: figure,
    category: z.string().nullable(),
    parts: z.array(part).nullable(),
    payee: z.string().nullable(),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    occurredOn: day,
  })
  .meta({ id: 'Facts' });

const line = {
  id: z.uuid(),
  ...facts.shape,
  recordedAt: instant,
  version,
  void: z.boolean(),
  voidReason: z.string().nullable(),
  corrected: z.boolean(),
  importId: z.string().nullable(),
  refunds: z.string().nullable(),
  transfer: z.object({ id: z.string(), walletId: z.string(), amount: figure, currency: z.string() }).nullable(),
  schedule: z.object({ id: z.string(), on: day }).nullable(),
  balance: figure.nullable(),
};
export const entry = z.object(line).meta({ id: 'Entry' });

const happening = z
  .object({
    type: z.string(),
    version,
    recordedAt: instant,
    before: facts.exactOptional(),
    after: facts.exactOptional(),
    reason: z.string().exactOptional(),
  })
  .meta({ id: 'Happening' });

export const entryDetail = z.object({ ...line, refunded: figure, history: z.array(happening) }).meta({ id: 'EntryDetail' });

export const entryPage = z.object({
  items: z.array(entry),
  next: z.string().nullable(),
  version,
  totals: z.object({ entries: z.int(), in: figure, out: figure, received: figure, sent: figure }).exactOptional(),
});

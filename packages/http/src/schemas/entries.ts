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

export const addIncome = z.strictObject({
  amount,
  category: category.exactOptional(),
  note: note.exactOptional(),
  occurredOn: day.exactOptional(),
});
export const addExpense = z.strictObject({ amount, category, note: note.exactOptional(), occurredOn: day.exactOptional() });

export const correctEntry = z.strictObject({
  kind: kind.exactOptional(),
  amount: amount.exactOptional(),
  category: category.nullable().exactOptional(),
  note: note.nullable().exactOptional(),
  occurredOn: day.exactOptional(),
});

export const voidEntry = z.strictObject({ reason: note.exactOptional() }).optional();

export const entryQuery = z.strictObject({
  from: queryDay.exactOptional(),
  to: queryDay.exactOptional(),
  category: category.exactOptional(),
  q: z.string().max(500, 'At most 500 characters.').exactOptional(),
  payee: z.string().max(100).exactOptional().meta({ description: 'Exactly this payee; empty for none' }),
  tag: z.string().max(40).exactOptional(),
  kind: entryKind.exactOptional(),
  min: z.string().exactOptional(),
  max: z.string().exactOptional(),
  void: z.enum(['exclude', 'include', 'only']).exactOptional(),
  import: z.string().max(100).exactOptional(),
  totals: queryFlag.exactOptional(),
  after: cursor.exactOptional(),
  limit: pageSize,
  ...asOfQuery,
});

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
const facts = z
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

export const entryDetail = z.object({ ...line, history: z.array(happening) }).meta({ id: 'EntryDetail' });

export const entryPage = z.object({
  items: z.array(entry),
  next: z.string().nullable(),
  version,
  totals: z.object({ entries: z.int(), in: figure, out: figure, received: figure, sent: figure }).exactOptional(),
});

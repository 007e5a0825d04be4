import { z } from 'zod';
import { amount, asOfQuery, category, crossing, day, figure, kind, note, position, version } from './basics.ts';

const partDetails = z.strictObject({
  category,
  amount: amount.exactOptional(),
  share: z.number().exactOptional(),
  note: note.exactOptional(),
});
const details = {
  category: category.exactOptional(),
  parts: z.array(partDetails).max(100).exactOptional(),
  payee: z.string().exactOptional().meta({ description: 'Up to 100 characters', example: 'Landlord' }),
  tags: z.array(z.string()).max(50).exactOptional(),
  note: note.exactOptional(),
  occurredOn: day.exactOptional(),
};

export const planEntry = z.strictObject({ kind, amount, ...details, expiresOn: day.exactOptional() });
export const bookPlan = z.strictObject({ amount: amount.exactOptional(), ...details }).optional();

export const planQuery = z.strictObject(asOfQuery);
export const planChanged = z.object({ planId: z.string(), version, position }).meta({ id: 'PlanChanged' });
export const planBooked = z
  .object({
    planId: z.string(),
    entryId: z.uuid(),
    version,
    position,
    planned: figure,
    booked: figure,
    released: figure,
    balance: figure,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'PlanBooked' });

const plan = z
  .object({
    id: z.string(),
    kind,
    amount: figure,
    occurredOn: day,
    category: z.string().nullable(),
    parts: z.array(z.object({ category: z.string(), amount: figure, note: z.string().nullable() })).nullable(),
    payee: z.string().nullable(),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    expiresOn: day.nullable(),
    expired: z.boolean(),
  })
  .meta({ id: 'Plan' });
export const planList = z.object({ items: z.array(plan), in: figure, out: figure, version, position });

import { z } from 'zod';
import { category, crossing, day, position, queryDay, version } from './basics.ts';

const pattern = z.string().max(1_000).meta({
  description:
    'What fits the whole text, with * for anything: `rewe*` begins with it, `*rewe*` contains it; case and accents do not matter',
  example: 'rewe*',
});
const payee = z.string().max(1_000).meta({ description: 'Up to 100 characters', example: 'REWE' });
const tags = z
  .array(z.string().max(1_000))
  .max(100)
  .meta({ example: ['weekly'] });

export const setImportRule = z.strictObject({
  payee: pattern.exactOptional(),
  note: pattern.exactOptional(),
  kind: z
    .string()
    .max(20)
    .exactOptional()
    .meta({ description: 'income or expense; both when remaining out', example: 'expense' }),
  category: category.exactOptional(),
  tags: tags.exactOptional(),
  rename: payee.exactOptional().meta({ description: 'What the payee is called', example: 'REWE' }),
});

export const importRuleChanged = z.object({ ruleId: z.string(), version, position }).meta({ id: 'ImportRuleChanged' });

export const importRuleList = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        payee: z.string().nullable(),
        note: z.string().nullable(),
        kind: z.enum(['income', 'expense']).nullable(),
        category: z.string().nullable(),
        tags: z.array(z.string()),
        rename: z.string().nullable(),
      })
      .meta({ id: 'ImportRule' }),
  ),
  version,
});

export const applyImportRules = z
  .strictObject({
    dryRun: z.boolean().exactOptional(),
    filter: z
      .strictObject({
        from: queryDay.exactOptional(),
        to: queryDay.exactOptional(),
        category: category.exactOptional(),
        tag: z.string().max(100).exactOptional(),
        payee: payee.exactOptional(),
        q: z.string().max(500).exactOptional(),
        kind: z.enum(['income', 'expense', 'refund']).exactOptional(),
        importId: z.string().max(100).exactOptional(),
      })
      .exactOptional()
      .meta({ description: 'Which entries; all of them when remaining out' }),
  })
  .optional();

const sorted = z.object({ category: z.string().nullable(), payee: z.string().nullable(), tags: z.array(z.string()) });

export const rulesPreview = z
  .object({
    changed: z.int().meta({ description: 'How many entries would be changed' }),
    remaining: z.int().meta({ description: 'How many more there are, past the 1,000 that are changed at once' }),
    items: z.array(z.object({ entryId: z.string(), rules: z.array(z.string()), before: sorted, after: sorted })),
  })
  .meta({ id: 'RulesPreview' });

export const rulesApplied = z
  .object({
    changed: z.int(),
    remaining: z.int(),
    version,
    position,
    crossed: z.array(crossing),
    cleared: z.array(crossing),
  })
  .meta({ id: 'RulesApplied' });

export const payeeQuery = z.strictObject({
  prefix: z.string().max(100).exactOptional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'It is a whole number from 1 to 200.')
    .transform(Number)
    .refine((size) => size >= 1 && size <= 200, 'It is a whole number from 1 to 200.')
    .default(20)
    .meta({ description: '1 to 200, 20 when remaining out', example: '20' }),
});

export const payeeList = z.object({
  items: z.array(
    z.object({ name: z.string(), category: z.string().nullable(), lastOn: day, times: z.int() }).meta({ id: 'Payee' }),
  ),
  version,
});

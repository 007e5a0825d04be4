import { z } from 'zod';

const finding = z
  .object({
    what: z.enum(['changed', 'missing', 'extra', 'seen', 'order', 'undecodable', 'invalid', 'figure']),
    stream: z.string(),
    view: z.string().nullable(),
    bucket: z.string().nullable(),
    place: z.int().nullable(),
    expected: z.string().nullable(),
    found: z.string().nullable(),
  })
  .meta({ id: 'Finding' });

export const verified = z
  .object({
    events: z.int(),
    streams: z.int(),
    buckets: z.int(),
    findings: z.array(finding),
    more: z.int().meta({ description: 'How many findings there are beyond those' }),
    unchecked: z.array(z.string()).meta({ description: 'Stored views of other versions or programs' }),
  })
  .meta({ id: 'Verified' });

export const rebuilt = z.object({ streams: z.int(), events: z.int() }).meta({ id: 'Rebuilt' });

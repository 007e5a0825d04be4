import { z } from 'zod';
import { crossing, cursor, instant, pageSize, position, version } from './basics.ts';

export const pageQuery = z.strictObject({ after: cursor.exactOptional(), limit: pageSize });

const alert = z
  .object({
    id: z.uuid(),
    walletId: z.uuid(),
    walletName: z.string(),
    ...crossing.shape,
    entryId: z.string().nullable(),
    raisedAt: instant,
    late: z.boolean(),
    clearedAt: instant.nullable(),
    position,
  })
  .meta({ id: 'Alert' });
export const alertPage = z.object({ items: z.array(alert), next: z.string().nullable() });

const event = z
  .object({
    id: z.uuid(),
    type: z.string(),
    version,
    position,
    recordedAt: instant,
    data: z.record(z.string(), z.unknown()),
    meta: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export const eventPage = z.object({ items: z.array(event), next: z.string().nullable() });

/** What a probe asks about: whoever only reads is served by a store that cannot be written. */
export const healthQuery = z.strictObject({ for: z.enum(['reads', 'writes']).default('writes') });

export const health = z.object({
  status: z.enum(['ready', 'read-only', 'not-ready']),
  canRead: z.boolean(),
  canWrite: z.boolean(),
  reason: z.string().exactOptional(),
});
export const alive = z.object({ status: z.literal('alive') });

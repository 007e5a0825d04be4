import { z } from 'zod';
import { queryDay } from './basics.ts';

const to = queryDay.exactOptional();
export const stretchQuery = z.strictObject({ from: queryDay.exactOptional(), to });
export const untilQuery = z.strictObject({ to });

export const restored = z
  .object({
    events: z.int().meta({ description: 'How many events there are now' }),
    present: z.int().meta({ description: 'How many of them were there before' }),
  })
  .meta({ id: 'Restored' });

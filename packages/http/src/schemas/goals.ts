import { z } from 'zod';
import { amount, asOfQuery, day, figure, instant, position, queryDay, version } from './basics.ts';

export const setGoal = z.strictObject({
  name: z.string().meta({ description: '1 to 100 characters', example: 'A bike' }),
  target: amount,
  by: day.exactOptional(),
});
export const goalAmount = z.strictObject({ amount });
export const goalQuery = z.strictObject({ on: queryDay.exactOptional(), ...asOfQuery });
export const goalChanged = z.object({ goalId: z.string(), version, position }).meta({ id: 'GoalChanged' });

const status = {
  id: z.string(),
  name: z.string(),
  target: figure,
  by: day.nullable(),
  since: day,
  saved: figure,
  left: figure,
  percent: z.number(),
  state: z.enum(['reached', 'on-track', 'behind', 'open', 'overdue']),
  expected: figure.nullable(),
  weeksLeft: z.int().nullable(),
  perWeek: figure.nullable(),
};
const step = z.object({
  type: z.enum(['GoalSet', 'GoalRemoved', 'MoneySaved', 'SavingsReleased']),
  version,
  recordedAt: instant,
  amount: figure.exactOptional(),
  on: day.exactOptional(),
  name: z.string().exactOptional(),
  target: figure.exactOptional(),
  by: day.exactOptional(),
});

export const goalList = z.object({
  items: z.array(z.object(status).meta({ id: 'Goal' })),
  balance: figure,
  setAside: figure,
  available: figure,
  version,
  position,
});
export const goalDetail = z.object({ ...status, history: z.array(step) }).meta({ id: 'GoalDetail' });

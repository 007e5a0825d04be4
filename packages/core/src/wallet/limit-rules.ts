import type { RemoveLimit, SetLimit } from './commands.ts';
import { limitNeeds, removeLimit, setLimit } from './decide-limits.ts';
import type { Rule } from './decision.ts';

export const setLimitRule: Rule<SetLimit> = { needs: limitNeeds, decide: setLimit };

export const removeLimitRule: Rule<RemoveLimit> = { needs: limitNeeds, decide: removeLimit };

import { refuse, type Rule } from './decision.ts';
import { reject } from './parse.ts';
import type { BookPlan, DropPlan, ExpirePlans, PlanEntry } from './plan-commands.ts';

export const planEntryRule: Rule<PlanEntry> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const bookPlanRule: Rule<BookPlan> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const dropPlanRule: Rule<DropPlan> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const expirePlansRule: Rule<ExpirePlans> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };

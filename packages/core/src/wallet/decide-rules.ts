import { refuse, type Rule } from './decision.ts';
import { reject } from './parse.ts';
import type { RemoveImportRule, SetImportRule } from './rule-commands.ts';

export const setImportRuleRule: Rule<SetImportRule> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const removeImportRuleRule: Rule<RemoveImportRule> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};

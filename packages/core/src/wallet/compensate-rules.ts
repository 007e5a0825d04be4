import { canonical } from '../ids.ts';
import type { Json } from '../ports/event-store.ts';
import { back, movedOn, type Compensations } from './compensation.ts';
import { importRules, MAX_RULES, RULES_BUCKET } from './import-rules.ts';
import { reject } from './parse.ts';
import type { ImportRuleTerms } from './rule-events.ts';
import { importRulesOf, type Need } from './state.ts';

const needs = (): readonly Need[] => [{ projection: importRules, bucket: RULES_BUCKET }];
const spell = (terms: ImportRuleTerms): string => canonical(terms as unknown as Json);

/** How what happened to the rules for files is taken back. */
export const ruleCompensations: Compensations<'ImportRuleSet' | 'ImportRuleRemoved'> = {
  ImportRuleSet: back(needs, ({ ruleId, rule, before }, { state }) => {
    const rules = importRulesOf(state);
    const now = Object.hasOwn(rules, ruleId) ? rules[ruleId] : undefined;
    if (now === undefined || spell(now) !== spell(rule))
      return movedOn('The rule was changed since. Undo that first.', { ruleId });
    return before === undefined
      ? [{ type: 'ImportRuleRemoved', ruleId, before: rule }]
      : [{ type: 'ImportRuleSet', ruleId, rule: before, before: rule }];
  }),
  ImportRuleRemoved: back(needs, ({ ruleId, before }, { state }) => {
    const rules = importRulesOf(state);
    if (Object.hasOwn(rules, ruleId)) return movedOn('The rule was set again since. Undo that first.', { ruleId });
    return Object.keys(rules).length < MAX_RULES
      ? [{ type: 'ImportRuleSet', ruleId, rule: before }]
      : reject('too-many-rules', `A wallet has at most ${MAX_RULES} rules. Remove one first.`);
  }),
};

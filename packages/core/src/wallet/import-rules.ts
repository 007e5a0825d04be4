import type { RuleId } from '../ids.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from './events.ts';
import type { ImportRuleTerms } from './rule-events.ts';

/** The rules of a wallet by their ids. */
export type ImportRules = Readonly<Record<RuleId, ImportRuleTerms>>;

/** How many rules a wallet can have. */
export const MAX_RULES = 500;

/** The bucket of {@link importRules}. */
export const RULES_BUCKET = 'rules';

/** What is made of the rows of files. */
export const importRules: Projection<ImportRules, WalletEvent> = {
  name: 'import-rules',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'ImportRuleSet' || event.type === 'ImportRuleRemoved' ? [RULES_BUCKET] : []),
  apply(view, { event }) {
    if (event.type === 'ImportRuleSet') return { ...view, [event.ruleId]: event.rule };
    if (event.type !== 'ImportRuleRemoved') return view;
    const { [event.ruleId]: _, ...rest } = view;
    return rest;
  },
};

/** The rules in the order in which they are tried: by id. */
export function rulesInOrder(rules: ImportRules): readonly (ImportRuleTerms & { readonly id: RuleId })[] {
  return Object.entries(rules)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, terms]) => ({ id, ...terms }));
}

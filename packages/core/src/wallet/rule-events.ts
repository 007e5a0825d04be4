import type { RuleId } from '../ids.ts';

// A storage format, as in `events.ts`: add, never rename.

/** Which rows of files, or entries, a rule is about, and what it makes of them. */
export interface ImportRuleTerms {
  /** Patterns with `*` for anything, compared without case and accents. Those that are there must all fit. */
  readonly payee?: string;
  readonly note?: string;
  readonly kind?: 'income' | 'expense';
  readonly category?: string;
  readonly tags?: readonly string[];
  readonly rename?: string;
}
export interface ImportRuleSet {
  readonly type: 'ImportRuleSet';
  readonly ruleId: RuleId;
  readonly rule: ImportRuleTerms;
  readonly before?: ImportRuleTerms;
}
export interface ImportRuleRemoved {
  readonly type: 'ImportRuleRemoved';
  readonly ruleId: RuleId;
  readonly before: ImportRuleTerms;
}

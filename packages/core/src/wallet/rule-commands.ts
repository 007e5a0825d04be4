import type { RuleId } from '../ids.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

/** Which rows a rule is about, by patterns with `*` for anything, and what it makes of them. */
export interface RuleDetails {
  readonly payee?: string;
  readonly note?: string;
  readonly kind?: string;
  readonly category?: string;
  readonly tags?: readonly string[];
  /** What the payee is called. */
  readonly rename?: string;
}
export interface SetImportRule extends RuleDetails {
  readonly type: 'SetImportRule';
  readonly ruleId: RuleId;
}
export interface RemoveImportRule {
  readonly type: 'RemoveImportRule';
  readonly ruleId: RuleId;
}

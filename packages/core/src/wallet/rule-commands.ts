import type { RuleId } from '../ids.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

export interface SetImportRule {
  readonly type: 'SetImportRule';
  readonly ruleId: RuleId;
  readonly payee?: string;
  readonly note?: string;
  readonly kind?: string;
  readonly category?: string;
  readonly tags?: readonly string[];
  readonly rename?: string;
}
export interface RemoveImportRule {
  readonly type: 'RemoveImportRule';
  readonly ruleId: RuleId;
}

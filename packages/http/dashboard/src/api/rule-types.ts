/** What the rows of files that fit a pattern are made: a category, tags, another name. */
export interface RuleTerms {
  readonly payee: string | null;
  readonly note: string | null;
  readonly kind: 'income' | 'expense' | null;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly rename: string | null;
}

export interface ImportRule extends RuleTerms {
  readonly id: string;
}

export interface RuleList {
  /** In the order in which they are tried. */
  readonly items: readonly ImportRule[];
  readonly version: number;
}

export interface RuleWritten {
  readonly ruleId: string;
  readonly version: number;
}

interface Sorted {
  readonly category: string | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
}

export interface RulesPreview {
  readonly changed: number;
  /** How many more there are than are changed at once. */
  readonly remaining: number;
  readonly items: readonly { readonly entryId: string; readonly before: Sorted; readonly after: Sorted }[];
}

export interface RulesApplied {
  readonly changed: number;
  readonly remaining: number;
  readonly version: number;
}

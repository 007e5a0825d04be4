import type { RuleTerms } from '../api/rule-types.ts';
import type { PreviewRow } from '../api/import-types.ts';

/** A pattern that fits what contains the words; one with stars of its own is taken as it is. */
export function patternOf(typed: string): string {
  const text = typed.trim();
  return text === '' || text.includes('*') ? text : `*${text}*`;
}

/** The words that a pattern asks for to be contained, else the pattern. */
export function typedOf(pattern: string): string {
  const inner = pattern.slice(1, -1);
  return pattern.length > 2 && pattern.startsWith('*') && pattern.endsWith('*') && !inner.includes('*') ? inner : pattern;
}

function fits(field: string, pattern: string): string {
  const typed = typedOf(pattern);
  return typed === pattern && pattern.includes('*')
    ? `${field} is like "${pattern}"`
    : `${field} ${typed === pattern ? 'is' : 'contains'} "${typed}"`;
}

/** 'payee contains "rewe", money out' */
export function conditionInWords({ payee, note, kind }: RuleTerms): string {
  const parts = [
    payee === null ? undefined : fits('payee', payee),
    note === null ? undefined : fits('note', note),
    kind === null ? undefined : kind === 'income' ? 'money in' : 'money out',
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** 'Food, #weekly, called REWE' */
export function effectInWords({ category, tags, rename }: RuleTerms): string {
  const parts = [category, ...tags.map((tag) => `#${tag}`), rename === null ? null : `called ${rename}`];
  return parts.filter((part) => part !== null).join(', ');
}

export const ruleInWords = (terms: RuleTerms): string => `${conditionInWords(terms)} → ${effectInWords(terms)}`;

/** A rule for rows like this one, to be looked at and changed before it is set. A row that waits to be sorted has no category to give. */
export function ruleFrom(row: PreviewRow): RuleTerms {
  const { payee, note, tags, kind } = row;
  return {
    payee: payee === null ? null : patternOf(payee),
    note: payee === null && note !== null ? patternOf(note) : null,
    kind: kind === 'income' || kind === 'expense' ? kind : null,
    category: row.categoryFrom === null ? null : row.category,
    tags,
    rename: null,
  };
}

/** Rules are tried in the order of their ids, so that a new one comes after those that are there. */
export function newRuleId(nowMs: number): string {
  return `rule-${nowMs.toString(36).padStart(9, '0')}`;
}

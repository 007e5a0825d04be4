import type { RuleId } from '../ids.ts';
import type { EntryKind } from './entry-facts.ts';
import { rulesInOrder, type ImportRules } from './import-rules.ts';
import { MAX_TAGS } from './parse.ts';
import { foldText, patternMatcher, type Matcher } from './patterns.ts';

/** What rules look at, of a row or of an entry, and what they change. */
export interface Ruled {
  readonly kind: EntryKind;
  readonly category?: string;
  /** A split keeps its parts: no rule gives it a category. */
  readonly parts?: readonly unknown[];
  readonly payee?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
}

/** What rules make of a row or an entry. Only what changes is there. */
export interface RuleEffect {
  readonly category?: string;
  readonly payee?: string;
  /** All tags, those that were there too. */
  readonly tags?: readonly string[];
  /** The rules that had a say, in their order. */
  readonly rules: readonly RuleId[];
}

/** Rules made ready to be tried. */
export type RuleSet = (ruled: Ruled) => RuleEffect;

const NO_EFFECT: RuleEffect = { rules: [] };

/**
 * Makes rules ready. They are tried in the order of their ids, all of them against payee and note as the bank wrote them; of
 * category, tags and new name each comes from the first rule that fits and has one. Halves of transfers are left alone.
 *
 * @example
 * const rules = ruleSet({ market: { payee: 'rewe*', category: 'Food', rename: 'REWE' } });
 * rules({ kind: 'expense', payee: 'REWE SAGT DANKE' }); // { category: 'Food', payee: 'REWE', rules: ['market'] }
 */
export function ruleSet(rules: ImportRules): RuleSet {
  const known = made.get(rules);
  if (known !== undefined) return known;
  const judge = ready(rules);
  const effects = new WeakMap<Ruled, RuleEffect>();
  const set: RuleSet = (ruled) => {
    const effect = effects.get(ruled) ?? judge(ruled);
    effects.set(ruled, effect);
    return effect;
  };
  made.set(rules, set);
  return set;
}

/** Rules and rows never change, and both are asked for several times while a page is judged. */
const made = new WeakMap<ImportRules, RuleSet>();

function ready(rules: ImportRules): RuleSet {
  const compiled = rulesInOrder(rules).map(({ payee, note, ...rule }) => ({
    ...rule,
    payee: payee === undefined ? undefined : patternMatcher(payee),
    note: note === undefined ? undefined : patternMatcher(note),
  }));
  if (compiled.length === 0) return () => NO_EFFECT;
  return (ruled) => {
    if (ruled.kind === 'sent' || ruled.kind === 'received') return NO_EFFECT;
    const [payee, note] = [foldText(ruled.payee ?? ''), foldText(ruled.note ?? '')];
    const fits = (matcher: Matcher | undefined, text: string): boolean => matcher === undefined || matcher(text);
    const fitting = compiled.filter(
      (rule) => (rule.kind === undefined || rule.kind === ruled.kind) && fits(rule.payee, payee) && fits(rule.note, note),
    );
    return fitting.length === 0 ? NO_EFFECT : effectOf(ruled, fitting);
  };
}

type Given = { readonly id: RuleId } & Pick<Ruled, 'category' | 'tags'> & { readonly rename?: string };

function effectOf(ruled: Ruled, fitting: readonly Given[]): RuleEffect {
  const categorised = ruled.parts === undefined ? fitting.find(({ category }) => category !== undefined) : undefined;
  const tagged = fitting.find(({ tags }) => tags !== undefined);
  const renamed = fitting.find(({ rename }) => rename !== undefined);
  const tags = allTags(ruled.tags ?? [], tagged?.tags ?? []);
  const [category, payee] = [categorised?.category, renamed?.rename];
  return {
    ...(category === undefined || category === ruled.category ? {} : { category }),
    ...(payee === undefined || payee === ruled.payee ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
    rules: fitting.filter((rule) => rule === categorised || rule === tagged || rule === renamed).map(({ id }) => id),
  };
}

/** The tags there were and those that are added, as many as an entry may have; undefined when none is new. */
function allTags(before: readonly string[], added: readonly string[]): readonly string[] | undefined {
  const all = [...new Set([...before, ...added])].slice(0, Math.max(MAX_TAGS, before.length));
  return all.length === before.length ? undefined : all.sort();
}

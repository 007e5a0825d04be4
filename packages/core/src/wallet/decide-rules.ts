import type { Rejection } from '../outcome.ts';
import { accept, refuse, type Rule } from './decision.ts';
import { importRules, MAX_RULES, RULES_BUCKET } from './import-rules.ts';
import { isRejection, parseCategory, parsePattern, parsePayee, parseRuleId, parseTags, reject } from './parse.ts';
import type { RemoveImportRule, SetImportRule } from './rule-commands.ts';
import type { ImportRuleTerms } from './rule-events.ts';
import { importRulesOf } from './state.ts';

const needs = (): readonly { projection: typeof importRules; bucket: string }[] => [
  { projection: importRules, bucket: RULES_BUCKET },
];

/** Reads what a rule is to do; the first fault, in the order of the rejection codes, is what comes. */
function termsOf({ kind, category: path, rename: name, tags: words, payee, note }: SetImportRule): ImportRuleTerms | Rejection {
  if (kind !== undefined && kind !== 'income' && kind !== 'expense') {
    return reject('kind-invalid', 'A rule is about income or expense, or about both when it is left out.', 'kind');
  }
  const category = path === undefined ? undefined : parseCategory(path);
  if (isRejection(category)) return category;
  const rename = name === undefined ? undefined : parsePayee(name, 'rename');
  if (isRejection(rename)) return rename;
  const tags = words === undefined ? undefined : parseTags(words);
  if (isRejection(tags)) return tags;
  const patterns = patternsOf({ payee, note });
  if (isRejection(patterns)) return patterns;
  if (category === undefined && rename === undefined && tags === undefined) {
    return reject('nothing-to-change', 'A rule gives a category, tags or a name. Give it one of them.');
  }
  return {
    ...patterns,
    ...(kind === undefined ? {} : { kind }),
    ...(category === undefined ? {} : { category }),
    ...(tags === undefined ? {} : { tags }),
    ...(rename === undefined ? {} : { rename }),
  };
}

function patternsOf(texts: {
  readonly payee: string | undefined;
  readonly note: string | undefined;
}): Pick<ImportRuleTerms, 'payee' | 'note'> | Rejection {
  const payee = texts.payee === undefined ? undefined : parsePattern(texts.payee, 'payee');
  if (isRejection(payee)) return payee;
  const note = texts.note === undefined ? undefined : parsePattern(texts.note, 'note');
  if (isRejection(note)) return note;
  if (payee === undefined && note === undefined) {
    return reject('pattern-invalid', 'A rule has a pattern for the payee or for the note.', 'payee');
  }
  return { ...(payee === undefined ? {} : { payee }), ...(note === undefined ? {} : { note }) };
}

function isSame(a: ImportRuleTerms, b: ImportRuleTerms): boolean {
  const texts = ({ payee, note, kind, category, rename, tags }: ImportRuleTerms): string =>
    JSON.stringify([payee, note, kind, category, rename, tags]);
  return texts(a) === texts(b);
}

export const setImportRuleRule: Rule<SetImportRule> = {
  needs,
  decide({ command }, state) {
    const rule = termsOf(command);
    const ruleId = parseRuleId(command.ruleId);
    if (isRejection(rule) && (rule.code !== 'nothing-to-change' || !isRejection(ruleId))) return refuse(rule);
    if (isRejection(ruleId)) return refuse(ruleId);
    if (isRejection(rule)) return refuse(rule);
    const rules = importRulesOf(state);
    const before = Object.hasOwn(rules, ruleId) ? rules[ruleId] : undefined;
    if (before === undefined && Object.keys(rules).length >= MAX_RULES) {
      return refuse(reject('too-many-rules', `A wallet has at most ${MAX_RULES} rules. Remove one first.`));
    }
    if (before !== undefined && isSame(before, rule)) {
      return refuse(reject('nothing-to-change', 'The rule is set like this already.'));
    }
    return accept({ type: 'ImportRuleSet', ruleId, rule, ...(before === undefined ? {} : { before }) });
  },
};

export const removeImportRuleRule: Rule<RemoveImportRule> = {
  needs,
  decide({ command: { ruleId } }, state) {
    const rules = importRulesOf(state);
    const before = Object.hasOwn(rules, ruleId) ? rules[ruleId] : undefined;
    if (before === undefined) return refuse(reject('rule-unknown', 'There is no such rule in this wallet.', 'ruleId'));
    return accept({ type: 'ImportRuleRemoved', ruleId, before });
  },
};

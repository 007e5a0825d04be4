import { read, send } from '../api/client.ts';
import type { ImportRule, RuleList, RulesApplied, RulesPreview, RuleTerms, RuleWritten } from '../api/rule-types.ts';
import { PerWallet } from '../state/resource.ts';
import type { Deed } from '../state/undo.ts';
import { undoable } from '../state/undo-change.ts';
import { newKey, perform } from '../state/writes.ts';
import { ruleInWords } from './rule-words.ts';

const pathOf = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}/import-rules`;

export const rules = new PerWallet((id) => read<RuleList>(pathOf(id)));

export async function setRule(walletId: string, { id, ...terms }: ImportRule): Promise<Deed> {
  const path = `${pathOf(walletId)}/${encodeURIComponent(id)}`;
  const { version } = await perform<RuleWritten>({ method: 'PUT', path, body: bodyOf(terms), key: newKey() });
  return undoable(walletId, version, { said: `Rule set: ${ruleInWords(terms)}.`, undone: 'The rule is as it was before.' });
}

/** What is not set is left out. */
function bodyOf({ tags, ...terms }: RuleTerms): object {
  const set = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== null));
  return tags.length === 0 ? set : { ...set, tags };
}

export async function removeRule(walletId: string, rule: ImportRule): Promise<Deed> {
  const path = `${pathOf(walletId)}/${encodeURIComponent(rule.id)}`;
  const { version } = await perform<RuleWritten>({ method: 'DELETE', path, key: newKey() });
  const said = ruleInWords(rule);
  return undoable(walletId, version, { said: `Rule removed: ${said}.`, undone: `Rule back: ${said}.` });
}

/** What the rules would change of the entries that are there. */
export async function previewRules(walletId: string): Promise<RulesPreview> {
  return send<RulesPreview>({ method: 'POST', path: `${pathOf(walletId)}/apply`, body: { dryRun: true }, key: newKey() });
}

export async function applyRules(walletId: string): Promise<{ readonly deed: Deed; readonly remaining: number }> {
  const path = `${pathOf(walletId)}/apply`;
  const { changed, remaining, version } = await perform<RulesApplied>({ method: 'POST', path, body: {}, key: newKey() });
  const what = changed === 1 ? '1 entry' : `${changed.toLocaleString()} entries`;
  const deed = undoable(walletId, version, { said: `Changed ${what} by rules.`, undone: `${what} as before the rules.` });
  return { deed, remaining };
}

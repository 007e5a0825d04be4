import type { RuleChange, RulesPreview } from '@kakeibo/core';
import { operation, type Operation } from '../operation.ts';
import { read, written } from '../respond.ts';
import {
  applyImportRules,
  importRuleChanged,
  importRuleList,
  payeeList,
  payeeQuery,
  rulesApplied,
  rulesPreview,
  setImportRule,
} from '../schemas/import-rules.ts';
import { summaryOf, walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Import and export';
const PATH = '/wallets/{walletId}/import-rules/{ruleId}';
const SHOWN_CHANGES = 200;

export const importRuleOperations: readonly Operation[] = [
  walletRead({
    path: '/import-rules',
    tag: TAG,
    summary: 'The rules for the rows of files, in the order in which they are tried',
    answer: importRuleList,
    async body({ wallet }) {
      const { items, version } = await wallet.importRules();
      return { items: items.map(ruleOf), version };
    },
  }),
  // Before the rule of an id, so that the methods of this address are told right.
  operation({
    method: 'post',
    path: '/wallets/{walletId}/import-rules/apply',
    tag: TAG,
    summary: 'Applies the rules to entries that are there, as one change; with dryRun it only tells what would change',
    body: applyImportRules,
    answer: rulesPreview.or(rulesApplied),
    codes: ['wallet-unknown', 'wallet-closed', 'nothing-to-change'],
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const { dryRun = false, filter = {} } = call.body ?? {};
      await summaryOf(wallet);
      if (dryRun) return read(previewOf(await wallet.previewRules(filter)));
      return written(await wallet.applyRules(filter, call.command), (applied, at) => ({ ...applied, ...at }));
    },
  }),
  operation({
    method: 'put',
    path: PATH,
    tag: TAG,
    summary: 'Sets a rule for the rows of files: payees or notes that fit a pattern get a category, tags or another name',
    body: setImportRule,
    answer: importRuleChanged,
    codes: [
      'wallet-unknown',
      'wallet-closed',
      'kind-invalid',
      'category-missing',
      'category-invalid',
      'category-too-long',
      'category-too-deep',
      'payee-invalid',
      'payee-too-long',
      'tags-invalid',
      'rule-id-invalid',
      'pattern-invalid',
      'too-many-rules',
      'nothing-to-change',
    ],
    async handle(call, service) {
      const ruleId = call.params.ruleId ?? '';
      const outcome = await walletOf(call, service).setImportRule(ruleId, call.body, call.command);
      return written(outcome, (_, at) => ({ ruleId, ...at }));
    },
  }),
  operation({
    method: 'delete',
    path: PATH,
    tag: TAG,
    summary: 'Removes a rule; what it made of entries stays',
    answer: importRuleChanged,
    codes: ['wallet-unknown', 'wallet-closed', 'rule-unknown'],
    async handle(call, service) {
      const ruleId = call.params.ruleId ?? '';
      const outcome = await walletOf(call, service).removeImportRule(ruleId, call.command);
      return written(outcome, (_, at) => ({ ruleId, ...at }));
    },
  }),
  walletRead({
    path: '/payees',
    tag: TAG,
    summary: 'Payees that begin with some letters, those that come most often first, with the category that each had last',
    query: payeeQuery,
    answer: payeeList,
    async body({ wallet, query }) {
      const { items, version } = await wallet.payees(query);
      return { items, version };
    },
  }),
];

type Listed = Awaited<ReturnType<ReturnType<typeof walletOf>['importRules']>>['items'][number];

function ruleOf({ id, payee, note, kind, category, tags, rename }: Listed): object {
  return {
    id,
    payee: payee ?? null,
    note: note ?? null,
    kind: kind ?? null,
    category: category ?? null,
    tags: tags ?? [],
    rename: rename ?? null,
  };
}

function previewOf({ changes, remaining }: RulesPreview): object {
  return { changed: changes.length, remaining, items: changes.slice(0, SHOWN_CHANGES).map(changeOf) };
}

function changeOf({ entryId, rules, before, category, payee, tags }: RuleChange): object {
  const sorted = (facts: Pick<RuleChange, 'category' | 'payee' | 'tags'>): object => ({
    category: facts.category ?? null,
    payee: facts.payee ?? null,
    tags: facts.tags ?? [],
  });
  const after = {
    ...before,
    ...(category === undefined ? {} : { category }),
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
  };
  return { entryId, rules, before: sorted(before), after: sorted(after) };
}

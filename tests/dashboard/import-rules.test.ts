import { expect, test } from 'vitest';
import type { PreviewRow } from '../../packages/http/dashboard/src/api/import-types.ts';
import { changed, withChoice } from '../../packages/http/dashboard/src/import/row-choices.ts';
import {
  conditionInWords,
  effectInWords,
  newRuleId,
  patternOf,
  ruleFrom,
  typedOf,
} from '../../packages/http/dashboard/src/import/rule-words.ts';

const NOTHING = { payee: null, note: null, kind: null, category: null, tags: [], rename: null } as const;

test('what is typed is contained, unless it has stars of its own', () => {
  expect([' rewe ', 'rewe*', ''].map(patternOf)).toEqual(['*rewe*', 'rewe*', '']);
  expect(['*rewe*', 'rewe*', '*', '**', '*re*we*'].map(typedOf)).toEqual(['rewe', 'rewe*', '*', '**', '*re*we*']);
});

test.each(['rewe', 'rewe*', 'a*b', '*re*we*'])('%s is typed, kept and typed again without a change', (typed) => {
  expect(patternOf(typedOf(patternOf(typed)))).toBe(patternOf(typed));
});

test('a rule is told in words', () => {
  expect(conditionInWords({ ...NOTHING, payee: '*rewe*', kind: 'expense' })).toBe('payee contains "rewe", money out');
  expect(conditionInWords({ ...NOTHING, payee: 'rewe*', note: 'card' })).toBe('payee is like "rewe*", note is "card"');
  expect(effectInWords({ ...NOTHING, category: 'Food', tags: ['weekly'], rename: 'REWE' })).toBe('Food, #weekly, called REWE');
});

const row: PreviewRow = {
  row: 0,
  line: 2,
  status: 'new',
  kind: 'expense',
  amount: '9.00',
  occurredOn: '2026-11-01',
  category: 'Food',
  categoryFrom: 'chosen',
  parts: null,
  payee: 'REWE SAGT DANKE 123',
  tags: [],
  note: 'card',
  rules: [],
  entryId: null,
  candidates: [],
};

test('a rule is made of a row by its payee, and by its note when it has none', () => {
  const rule = { ...NOTHING, payee: '*REWE SAGT DANKE 123*', kind: 'expense', category: 'Food' };
  expect(ruleFrom(row)).toEqual(rule);
  expect(ruleFrom({ ...row, payee: null })).toEqual({ ...rule, payee: null, note: '*card*' });
  expect(ruleFrom({ ...row, category: 'Unsorted', categoryFrom: null }).category).toBeNull();
});

test('a later rule has a later id, so that it is tried after those that are there', () => {
  const ids = [0, 1, 35, 36, 1_700_000_000_000, 1_800_000_000_000].map(newRuleId);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every((id) => /^[A-Za-z0-9._-]{1,64}$/.test(id))).toBe(true);
});

test('a row is linked or left out, not both, and an open row has no choice left', () => {
  const linked = withChoice({}, 3, { is: 'linked', entryId: 'e' });
  expect(linked).toEqual({ skipRows: [], matches: [{ row: 3, entryId: 'e' }], categories: [] });
  const out = withChoice(linked, 3, { is: 'left-out' });
  expect(out).toEqual({ skipRows: [3], matches: [], categories: [] });
  const sorted = withChoice(withChoice(out, 4, { is: 'sorted', category: 'Food' }), 4, { is: 'sorted', category: 'Gift' });
  expect(sorted).toEqual({ skipRows: [3], matches: [], categories: [{ row: 4, category: 'Gift' }] });
  expect(withChoice(sorted, 3, { is: 'open' }).skipRows).toEqual([]);
});

test('another reading of the file forgets what was said of single rows', () => {
  const settings = { dateOrder: 'dmy', skipRows: [1], matches: [{ row: 2, entryId: 'e' }] };
  expect(changed(settings, { skipRows: [1, 5] })).toEqual({ ...settings, skipRows: [1, 5] });
  expect(changed(settings, { columns: { date: 1 } })).toMatchObject({ dateOrder: 'dmy', skipRows: [], matches: [] });
});

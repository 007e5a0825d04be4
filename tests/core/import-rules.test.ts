import { ruleSet, type Wallet } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { workedMs } from '../worked.ts';
import { added, bring, lines, openWallet, preview, row } from './import-steps.ts';

describe('import rules', () => {
  test('are tried by id; of category, tags and name each comes from the first that fits', async () => {
    const rules = ruleSet({
      b: { payee: 'rewe*', category: 'Food', tags: ['weekly'], rename: 'REWE' },
      a: { note: '*wine*', category: 'Drinks' },
      c: { payee: '*', tags: ['other'], kind: 'income' },
    });
    expect(rules({ kind: 'expense', payee: 'RÉWE 17', note: 'Red Wine' })).toEqual({
      category: 'Drinks',
      payee: 'REWE',
      tags: ['weekly'],
      rules: ['a', 'b'],
    });
    expect(rules({ kind: 'expense', payee: 'Aldi' })).toEqual({ rules: [] });
    expect(rules({ kind: 'sent', payee: 'REWE' })).toEqual({ rules: [] });
  });

  test.each([
    ['rewe', 'REWE', true],
    ['rewe', 'REWE 7', false],
    ['*rewe', 'der REWE', true],
    ['re*we', 'REWE', true],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['a*b*c', 'a c b', false],
    ['a*b*c', 'a b b c', true],
    ['a.c', 'abc', false],
    ['*', '', true],
    ['Ärzte*', 'arztekammer', true],
  ])('the pattern %s and the payee %s: %s', (payee, name, fits) => {
    expect(ruleSet({ a: { payee, category: 'X' } })({ kind: 'expense', payee: name }).rules).toEqual(fits ? ['a'] : []);
  });

  test('are never slow, whatever the pattern', () => {
    const rules = ruleSet({ a: { note: `${'a*'.repeat(49)}b`, category: 'Food' } });
    const started = workedMs();
    for (let round = 0; round < 1_000; round += 1) rules({ kind: 'expense', note: 'a'.repeat(500) });
    expect(workedMs() - started).toBeLessThan(1_000);
  });

  test('give rows their category, after them the payee’s memory, and a person’s choice wins', async () => {
    const wallet = await openWallet();
    await added(wallet, { amount: '1', category: 'Coffee', payee: 'Cafe' });
    await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food', rename: 'REWE', tags: ['weekly'] });
    const rows = [
      row({ payee: 'REWE SAGT DANKE' }),
      row({ payee: 'CAFE' }),
      row({ payee: 'Nobody' }),
      row({ payee: 'rewe 2', category: 'Gifts', chosen: true }),
    ];
    expect(await preview(wallet, ...rows)).toMatchObject([
      { facts: { category: 'Food', payee: 'REWE', tags: ['weekly'] }, rules: ['market'], categoryFrom: 'rule' },
      { facts: { category: 'Coffee' }, categoryFrom: 'payee', rules: [] },
      { facts: { category: 'Unsorted' }, categoryFrom: null },
      { facts: { category: 'Gifts', payee: 'REWE' }, categoryFrom: 'chosen' },
    ]);
    await bring(wallet, ...rows);
    expect((await lines(wallet)).map(({ category }) => category ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'Coffee',
      'Coffee',
      'Food',
      'Gifts',
      'Unsorted',
    ]);
    expect(await wallet.payees({ prefix: 'RÉ', limit: 10 })).toMatchObject({
      items: [{ name: 'REWE', category: 'Gifts', times: 2 }],
    });
    expect((await wallet.payees({ limit: 10 })).items.find(({ name }) => name === 'Nobody')).toMatchObject({ category: null });
  });

  test('a payee that is nothing but an accent is remembered as it is', async () => {
    const wallet = await openWallet();
    await bring(wallet, row({ payee: '\u0301', category: 'Odd' }));
    expect((await wallet.payees({ limit: 10 })).items).toMatchObject([{ name: '\u0301', category: 'Odd', times: 1 }]);
    expect((await wallet.payees({ prefix: '\u0301', limit: 10 })).items).toHaveLength(1);
  });

  test('that are set between a command and its repeat change nothing of its answer', async () => {
    const wallet = await openWallet();
    const send = () => wallet.importEntries({ name: 'a', rows: [row({ payee: 'Rewe' })] }, { commandId: 'file-1' });
    const first = await send();
    await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food' });
    await added(wallet, { amount: '1', category: 'Gifts', payee: 'Rewe' });
    expect(await send()).toEqual({ ...first, kind: 'repeated' });
  });

  test('are applied to old entries on request, as one change that is made once', async () => {
    const wallet = await openWallet();
    await bring(wallet, row({ payee: 'Rewe 1' }), row({ payee: 'Rewe 2', occurredOn: '2026-09-01' }), row({ payee: 'Aldi' }));
    await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food', tags: ['weekly'] });
    expect(await wallet.previewRules({})).toMatchObject({ remaining: 0, changes: [{ rules: ['market'] }, {}] });
    expect(await wallet.previewRules({ from: '2026-10-01' as never })).toMatchObject({ changes: [{ category: 'Food' }] });
    const first = await wallet.applyRules({}, { commandId: 'once' });
    expect(first).toMatchObject({ kind: 'recorded', result: { changed: 2, remaining: 0 } });
    expect(await wallet.applyRules({}, { commandId: 'once' })).toMatchObject({ kind: 'repeated', result: { changed: 2 } });
    expect(await wallet.applyRules({})).toMatchObject({ rejection: { code: 'nothing-to-change' } });
    expect((await lines(wallet)).filter(({ category }) => category === 'Food')).toHaveLength(2);
  });

  test('are refused when they fit nothing, do nothing, or are too many', async () => {
    const wallet = await openWallet();
    const refused = async (id: string, rule: Parameters<Wallet['setImportRule']>[1]) => {
      const outcome = await wallet.setImportRule(id, rule);
      return outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind;
    };
    expect(await refused('a', { category: 'Food' })).toBe('pattern-invalid');
    expect(await refused('a', { payee: ' ', category: 'Food' })).toBe('pattern-invalid');
    expect(await refused('a', { payee: 'x'.repeat(101), category: 'Food' })).toBe('pattern-invalid');
    expect(await refused('a', { payee: 'x' })).toBe('nothing-to-change');
    expect(await refused('a', { payee: 'x', kind: 'refund', category: 'Food' })).toBe('kind-invalid');
    expect(await refused('__proto__', { payee: 'x', category: 'Food' })).toBe('rule-id-invalid');
    expect(await refused('a', { payee: 'x', category: 'Food' })).toBe('recorded');
    expect(await refused('a', { payee: 'x', category: 'Food' })).toBe('nothing-to-change');
    for (let index = 1; index < 500; index += 1) await wallet.setImportRule(`r${index}`, { payee: 'x', category: 'Food' });
    expect(await refused('z', { payee: 'x', category: 'Food' })).toBe('too-many-rules');
    expect(await wallet.removeImportRule('nope')).toMatchObject({ rejection: { code: 'rule-unknown' } });
    await wallet.removeImportRule('a');
    expect((await wallet.importRules()).items).toHaveLength(499);
  });
});

import { expect, test } from 'vitest';
import { done, openBooks } from './books.ts';

test('a rule for files is taken back to what it was, and forth again', async () => {
  const { open } = await openBooks();
  const wallet = await open('EUR');
  const rules = async () => (await wallet.importRules()).items.map(({ id, payee, category }) => ({ id, payee, category }));
  done(await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food' }));
  const first = await rules();
  done(await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food:Groceries' }));
  done(await wallet.undoLast());
  expect(await rules()).toEqual(first);
  done(await wallet.redoLast());
  expect(await rules()).toMatchObject([{ id: 'market', category: 'Food:Groceries' }]);
  done(await wallet.removeImportRule('market'));
  done(await wallet.undoLast());
  expect(await rules()).toMatchObject([{ id: 'market', category: 'Food:Groceries' }]);
});

test('a rule that was changed since is not taken back', async () => {
  const { open } = await openBooks();
  const wallet = await open('EUR');
  const set = await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food' });
  done(set);
  done(await wallet.setImportRule('market', { payee: 'rewe*', category: 'Home' }));
  const version = 'version' in set ? set.version : 0;
  expect(await wallet.undo(version)).toMatchObject({ kind: 'rejected', rejection: { code: 'changed-since' } });
});

import { decode, project, walletProjections, type ImportedRow } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { added, bring, lines, openWallet, preview, row } from './import-steps.ts';

describe('case 44: the same statement twice', () => {
  const coffees = [row(), row()];

  test('case 44: two equal coffees of one file are both kept, and the file again adds nothing', async () => {
    const wallet = await openWallet();
    expect(await bring(wallet, ...coffees)).toMatchObject({ added: 2, duplicates: 0 });
    expect(await bring(wallet, ...coffees)).toMatchObject({ added: 0, duplicates: 2 });
  });

  test('case 44: the same file with one equal coffee more adds one', async () => {
    const wallet = await openWallet();
    await bring(wallet, ...coffees);
    expect(await bring(wallet, row(), ...coffees)).toMatchObject({ added: 1, duplicates: 2 });
  });

  test('case 44: the same rows in another format, now with ids, add nothing', async () => {
    const wallet = await openWallet();
    await bring(wallet, ...coffees);
    expect(await bring(wallet, row({ bankId: 'A' }), row({ bankId: 'B' }))).toMatchObject({ added: 0, duplicates: 2 });
    expect(await bring(wallet, row({ bankId: 'A' }), row({ bankId: 'B' }), row({ bankId: 'C' }))).toMatchObject({ added: 1 });
    expect(await bring(wallet, ...coffees, row(), row())).toMatchObject({ added: 1, duplicates: 3 });
  });
});

describe('case 45: an id that says something else', () => {
  const pending = row({ bankId: 'F1', amount: '20.00', payee: 'HOTEL PENDING', note: 'authorised' });
  const posted = row({ bankId: 'F1', amount: '23.40', payee: 'Hotel Adler', note: 'room 7', occurredOn: '2026-10-16' });

  test('case 45: pending to posted corrects the entry and keeps its category', async () => {
    const wallet = await openWallet();
    await bring(wallet, pending);
    const [entry] = await lines(wallet);
    await wallet.correctEntry(entry?.id ?? '', { category: 'Travel' });
    expect(await preview(wallet, posted)).toMatchObject([
      { status: 'corrected', entryId: entry?.id, facts: { amount: '23.40' } },
    ]);
    expect(await bring(wallet, posted)).toMatchObject({ added: 0, duplicates: 0, corrected: 1, linked: 0 });
    expect(await lines(wallet)).toMatchObject([
      { id: entry?.id, amount: '23.40', payee: 'Hotel Adler', note: 'room 7', occurredOn: '2026-10-16', category: 'Travel' },
    ]);
    expect(await bring(wallet, posted)).toMatchObject({ added: 0, duplicates: 1, corrected: 0 });
    expect(await wallet.summary()).toMatchObject({ balance: '-23.40', entries: 1 });
  });

  test('case 45: what a person changed stays, also when the bank changes it again', async () => {
    const wallet = await openWallet();
    await bring(wallet, pending);
    const [entry] = await lines(wallet);
    await wallet.correctEntry(entry?.id ?? '', { note: 'With Ann', payee: 'Adler' });
    await bring(wallet, posted);
    await bring(wallet, { ...posted, amount: '24.00', note: 'room 8', fingerprint: 'again' });
    expect(await lines(wallet)).toMatchObject([{ amount: '24.00', payee: 'Adler', note: 'With Ann', occurredOn: '2026-10-16' }]);
  });

  test('case 45: an entry that a person split keeps its parts, in their ratios', async () => {
    const wallet = await openWallet();
    await bring(wallet, pending);
    const [entry] = await lines(wallet);
    await wallet.correctEntry(entry?.id ?? '', {
      parts: [
        { category: 'Travel', amount: '15.00' },
        { category: 'Food', amount: '5.00' },
      ],
    });
    await bring(wallet, posted);
    expect(await lines(wallet)).toMatchObject([{ amount: '23.40', parts: [{ amount: '17.55' }, { amount: '5.85' }] }]);
  });

  test('case 45: different ids never merge, though amount, day and payee are the same', async () => {
    const wallet = await openWallet();
    expect(await bring(wallet, row({ bankId: 'A' }), row({ bankId: 'B' }))).toMatchObject({ added: 2 });
    expect(await bring(wallet, row({ bankId: 'C' }))).toMatchObject({ added: 1, duplicates: 0 });
    expect(await bring(wallet, row({ bankId: 'A' }), row({ bankId: 'B' }), row({ bankId: 'C' }))).toMatchObject({
      duplicates: 3,
    });
  });

  test('case 45: an id that comes again months later is another transaction, and both are known from then on', async () => {
    const wallet = await openWallet();
    const [march, october] = [row({ bankId: '1', occurredOn: '2026-03-01' }), row({ bankId: '1' })];
    expect([await bring(wallet, march), await bring(wallet, october)]).toMatchObject([{ added: 1 }, { added: 1 }]);
    expect(await bring(wallet, march)).toMatchObject({ added: 0, duplicates: 1 });
    expect(await bring(wallet, october)).toMatchObject({ added: 0, duplicates: 1 });
  });

  test('two accounts use one id: each has its own transaction, told anew and taken back by itself', async () => {
    const wallet = await openWallet();
    const [one, other] = ['DE1', 'DE2'].map((bankAccount) => row({ bankId: '1', bankAccount }));
    expect(await bring(wallet, one ?? row(), other ?? row())).toMatchObject({ added: 2, duplicates: 0 });
    expect(await bring(wallet, one ?? row())).toMatchObject({ added: 0, duplicates: 1 });
    const { importId } = await bring(wallet, { ...row({ amount: '4.00' }), ...other, amount: '4.00', fingerprint: 'told anew' });
    expect((await lines(wallet)).map(({ amount }) => amount).toSorted()).toEqual(['3.50', '4.00']);
    await wallet.undoImport(importId);
    expect((await lines(wallet)).map(({ amount }) => amount)).toEqual(['3.50', '3.50']);
    expect(await preview(wallet, one ?? row(), other ?? row())).toMatchObject([{ status: 'duplicate' }, { status: 'duplicate' }]);
  });

  test('an id that came before accounts were told is found from each, and one that a file tells without from all', async () => {
    const wallet = await openWallet();
    await bring(wallet, row({ bankId: '1' }));
    const told = row({ bankId: '1', bankAccount: 'DE1', amount: '4.00' });
    expect(await bring(wallet, row({ bankId: '1', bankAccount: 'DE1' }))).toMatchObject({ added: 0, duplicates: 1 });
    expect(await bring(wallet, told)).toMatchObject({ added: 0, corrected: 1 });
    // From now on it is known whose it is.
    expect(await bring(wallet, row({ bankId: '1', bankAccount: 'DE2' }))).toMatchObject({ added: 1 });
    expect(await bring(wallet, { ...told, bankAccount: 'DE1' }, row({ bankId: '1' }))).toMatchObject({ added: 0, duplicates: 2 });
  });

  test('case 45: an expense of which money came back does not shrink below it', async () => {
    const wallet = await openWallet();
    await bring(wallet, pending);
    const [entry] = await lines(wallet);
    await wallet.addRefund({ amount: '20.00', refunds: entry?.id ?? '' });
    expect(await bring(wallet, { ...posted, amount: '5.00' })).toMatchObject({ corrected: 0, duplicates: 1 });
  });

  test('case 45: after the import was taken back its ids are free again, after a void by hand they stay known', async () => {
    const wallet = await openWallet();
    const { importId } = await bring(wallet, pending);
    const [entry] = await lines(wallet);
    await wallet.voidEntry(entry?.id ?? '');
    expect(await bring(wallet, pending)).toMatchObject({ added: 0, duplicates: 1 });
    expect(await bring(wallet, posted)).toMatchObject({ added: 0, duplicates: 1, corrected: 0 });
    await wallet.restoreEntry(entry?.id ?? '');
    await wallet.undoImport(importId);
    expect(await bring(wallet, posted)).toMatchObject({ added: 1 });
    expect(await bring(wallet, posted)).toMatchObject({ added: 0, duplicates: 1 });
  });

  test('case 45: taking the import back takes its correction back, unless the entry has moved on', async () => {
    const wallet = await openWallet();
    await bring(wallet, pending, row({ bankId: 'F2' }));
    const { importId } = await bring(wallet, posted, row({ bankId: 'F2', amount: '4.00' }));
    const moved = (await lines(wallet)).find(({ amount }) => amount === '4.00');
    await wallet.correctEntry(moved?.id ?? '', { note: 'kept' });
    expect(await wallet.undoImport(importId)).toMatchObject({ result: { voided: 0, reverted: 1 } });
    expect((await lines(wallet)).map(({ amount }) => amount).toSorted()).toEqual(['20.00', '4.00']);
    expect(await bring(wallet, posted)).toMatchObject({ corrected: 1 });
  });
});

test('case 46: of two rows with one id in one file the second is skipped, whatever it says', async () => {
  const wallet = await openWallet();
  const twice = [row({ bankId: 'F1' }), row({ bankId: 'F1', amount: '9.00' })];
  expect((await preview(wallet, ...twice)).map(({ status }) => status)).toEqual(['new', 'duplicate']);
  expect(await bring(wallet, ...twice)).toMatchObject({ added: 1, duplicates: 1, corrected: 0 });
  expect(await lines(wallet)).toMatchObject([{ amount: '3.50' }]);
});

test('case 47: a row that comes late with an old day is imported', async () => {
  const wallet = await openWallet();
  await bring(wallet, row({ bankId: 'B', occurredOn: '2026-10-31' }));
  const file = [row({ bankId: 'A', occurredOn: '2026-09-02' }), row({ bankId: 'B', occurredOn: '2026-10-31' })];
  expect(await bring(wallet, ...file)).toMatchObject({ added: 1, duplicates: 1 });
});

describe('case 48: a row that a person booked already', () => {
  test('case 48: entries of the same amount within four days are proposed, and nothing is linked by itself', async () => {
    const wallet = await openWallet();
    const near = await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-10', note: 'near' });
    const same = await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-14', note: 'same day' });
    await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-09', note: 'five days' });
    await added(wallet, { amount: '3.51', category: 'Food', occurredOn: '2026-10-14', note: 'another amount' });
    await wallet.addIncome({ amount: '3.50', occurredOn: '2026-10-14' });
    const [shown] = await preview(wallet, row());
    expect(shown?.candidates.map(({ entryId }) => entryId)).toEqual([same, near]);
    expect(await bring(wallet, row())).toMatchObject({ added: 1, linked: 0 });
  });

  test('case 48: a row that is confirmed is linked: one entry, as the person wrote it, and known from then on', async () => {
    const wallet = await openWallet();
    const entryId = await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-12', note: 'Mine' });
    const confirmed = row({ bankId: 'F1', matches: entryId });
    expect(await preview(wallet, confirmed)).toMatchObject([{ status: 'linked', entryId, facts: { note: 'Mine' } }]);
    const { importId, ...counts } = await bring(wallet, confirmed);
    expect(counts).toMatchObject({ added: 0, duplicates: 0, linked: 1 });
    expect(await lines(wallet)).toMatchObject([
      { id: entryId, occurredOn: '2026-10-12', note: 'Mine', category: 'Food', importId },
    ]);
    expect(await bring(wallet, row({ bankId: 'F1' }))).toMatchObject({ added: 0, duplicates: 1 });
    expect(await bring(wallet, row({ bankId: 'F1', amount: '3.60' }))).toMatchObject({ corrected: 1 });
    expect(await lines(wallet)).toMatchObject([{ amount: '3.60', occurredOn: '2026-10-12', note: 'Mine' }]);
    expect(await wallet.imports()).toMatchObject([
      { rows: 0, corrected: 1 },
      { rows: 0, linked: 1, voided: 0 },
    ]);
  });

  test('case 48: taking the import back leaves the entry as it was, and the row can come again', async () => {
    const wallet = await openWallet();
    const entryId = await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-12' });
    const { importId } = await bring(wallet, row({ bankId: 'F1', matches: entryId }));
    expect(await wallet.undoImport(importId)).toMatchObject({ result: { voided: 0, reverted: 1 } });
    expect(await lines(wallet)).toMatchObject([{ id: entryId, importId: null, void: false }]);
    expect(await bring(wallet, row({ bankId: 'F1' }))).toMatchObject({ added: 1 });
  });

  // Found by: invariant 11, seed 415778956.
  test('case 48: a file that is sent again is answered as it was, though its match is another row by now', async () => {
    const wallet = await openWallet();
    const matches = await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-14' });
    const rows = [row({ fingerprint: 'one', matches })];
    const send = () => wallet.importEntries({ name: 'bank.csv', rows }, { commandId: 'file' });
    const first = await send();
    if (!('result' in first)) throw new Error('the file comes in');
    await wallet.undoImport(first.result.importId);
    await bring(wallet, row({ fingerprint: 'other', matches }));
    expect(await send()).toEqual({ ...first, kind: 'repeated' });
    const altered = await wallet.importEntries(
      { name: 'bank.csv', rows: [row({ fingerprint: 'third', matches })] },
      { commandId: 'file' },
    );
    expect(altered).toMatchObject({ kind: 'rejected', rejection: { code: 'command-id-reused' } });
  });

  test('case 48: an entry that cannot be the row is refused before anything comes in', async () => {
    const wallet = await openWallet();
    const entryId = await added(wallet, { amount: '4.00', category: 'Food' });
    const early = Array.from({ length: 600 }, (_, index) => row({ occurredOn: '2026-01-01', note: `${index}` }));
    const refusal = async (...rows: readonly ImportedRow[]) => wallet.importEntries({ name: 'a', rows: [...early, ...rows] });
    expect(await refusal(row({ matches: entryId }))).toMatchObject({
      rejection: { code: 'match-invalid', field: 'rows[600].matches' },
    });
    expect(await refusal(row({ matches: 'nobody' }))).toMatchObject({ rejection: { code: 'entry-unknown' } });
    const both = [row({ amount: '4.00', matches: entryId }), row({ amount: '4.00', note: 'b', matches: entryId })];
    expect(await refusal(...both)).toMatchObject({ rejection: { code: 'match-invalid', field: 'rows[601].matches' } });
    expect(await refusal(row({ amount: '0' }))).toMatchObject({
      rejection: { code: 'amount-not-positive', field: 'rows[600].amount' },
    });
    expect(await wallet.summary()).toMatchObject({ entries: 1, version: 2 });
  });
});

test('what is folded many events at once is what is folded one by one', async () => {
  const wallet = await openWallet();
  const entryId = await added(wallet, { amount: '3.50', category: 'Food', occurredOn: '2026-10-12', payee: 'Cafe' });
  await bring(wallet, row({ bankId: 'A', matches: entryId }), row({ bankId: 'B' }), row(), row());
  const { importId } = await bring(wallet, row({ bankId: 'B', amount: '9.00' }), row({ tags: ['x'], payee: 'Éclair' }));
  await wallet.undoImport(importId);
  const history = (await wallet.events({ after: 0, limit: 1_000 })).map(decode);
  for (const projection of walletProjections) {
    for (const [bucket, view] of project(projection, history)) {
      expect([projection.name, await wallet.view(projection, bucket)]).toEqual([projection.name, view]);
    }
  }
});

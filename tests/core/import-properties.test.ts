import { decode, project, walletProjections, type ImportedRow } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { added, bring, lines, openWallet, row } from './import-steps.ts';

/** Few values, so that rows meet: by id, by text, and by both. */
const anyRow = fc.record({
  bankId: fc.option(fc.constantFrom('A', 'B', 'C', 'D'), { nil: undefined }),
  amount: fc.constantFrom('1.00', '2.00', '3.00'),
  occurredOn: fc.constantFrom('2026-01-10', '2026-10-14', '2026-10-16'),
  payee: fc.constantFrom('Cafe', 'Éclair', 'REWE 7'),
});

/** A file is of one account, whether it names it or not. */
const file: fc.Arbitrary<readonly ImportedRow[]> = fc
  .tuple(fc.constantFrom({}, { bankAccount: '1' }, { bankAccount: '2' }), fc.array(anyRow, { maxLength: 8 }))
  .map(([account, rows]) =>
    rows.map(({ bankId, ...said }) => row({ ...said, ...(bankId === undefined ? {} : { bankId, ...account }) })),
  );
const files = fc.array(file, { minLength: 1, maxLength: 5 });

test('a file that comes again adds, corrects and links nothing, whatever came before it', () =>
  fc.assert(
    fc.asyncProperty(files, async (all) => {
      const wallet = await openWallet();
      await wallet.setImportRule('market', { payee: 'rewe*', category: 'Food', rename: 'REWE' });
      for (const rows of all) {
        const first = await bring(wallet, ...rows);
        expect(first.added + first.duplicates + first.corrected + first.linked).toBe(rows.length);
        expect(await bring(wallet, ...rows)).toMatchObject({ added: 0, corrected: 0, linked: 0, duplicates: rows.length });
      }
    }),
    { numRuns: 150 },
  ));

test('imports taken back from the last to the first leave what a person booked, as it was', () =>
  fc.assert(
    fc.asyncProperty(files, fc.boolean(), async (all, isLinked) => {
      const wallet = await openWallet();
      const entryId = await added(wallet, { amount: '2.00', category: 'Gifts', occurredOn: '2026-10-15', note: 'Mine' });
      const before = await lines(wallet);
      const linking = isLinked ? [[row({ bankId: 'Z', amount: '2.00', matches: entryId })]] : [];
      const importIds: string[] = [];
      for (const rows of [...linking, ...all]) importIds.push((await bring(wallet, ...rows)).importId);
      for (const importId of importIds.toReversed()) await wallet.undoImport(importId);
      const after = await lines(wallet);
      expect(after.map(({ corrected: _, ...line }) => line)).toEqual(before.map(({ corrected: _, ...line }) => line));
      const again = await bring(wallet, ...(all[0] ?? []));
      expect(again).toMatchObject({ corrected: 0, linked: 0 });
      const history = (await wallet.events({ after: 0, limit: 1_000 })).map(decode);
      for (const projection of walletProjections) {
        for (const [bucket, view] of project(projection, history)) {
          expect([projection.name, await wallet.view(projection, bucket)]).toEqual([projection.name, view]);
        }
      }
    }),
    { numRuns: 100 },
  ));

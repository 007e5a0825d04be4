import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSplit, leftOf, shareOut, splitOf, type SplitValues } from '../../packages/http/dashboard/src/quick-add/split.ts';

const rows = (...figures: readonly string[]) => figures.map((figure) => ({ category: 'Food', figure, note: null }));
const byAmount = (...figures: readonly string[]): SplitValues => ({ by: 'amount', rows: rows(...figures) });
const byShare = (...figures: readonly string[]): SplitValues => ({ by: 'share', rows: rows(...figures) });

test('shares add up to the whole, and no share differs from its exact part by a whole unit', () => {
  const shares = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), shares, (whole, each) => {
      const paid = shareOut(whole, each);
      const all = each.reduce((total, share) => total + share, 0n);
      expect(paid.reduce((total, amount) => total + amount, 0n)).toBe(whole);
      for (const [index, amount] of paid.entries()) {
        const off = amount * all - whole * (each[index] ?? 0n);
        expect(off < all && off > -all).toBe(true);
      }
    }),
  );
});

test('the parts of a split add up to the amount exactly, or it says what is left or too much', () => {
  expect(checkSplit(byAmount('41.47', '15', '5'), '61.47', 2)).toMatchObject({
    parts: [{ amount: '41.47' }, { amount: '15.00' }, { amount: '5.00' }],
  });
  expect(checkSplit(byAmount('41.47', '15'), '61.47', 2)).toEqual({
    row: 1,
    fault: '5.00 is left. The parts add up to the amount.',
  });
  expect(checkSplit(byAmount('41.47', '25'), '61.47', 2)).toEqual({ row: 1, fault: '5.00 too much.' });
  expect(checkSplit(byAmount('61.47'), '61.47', 2)).toMatchObject({ fault: 'A split has two parts or more.' });
  expect(checkSplit(byAmount('61.47', ''), '61.47', 2)).toMatchObject({ row: 1 });
});

test('shares come to amounts, and one too small for its share is refused', () => {
  expect(checkSplit(byShare('1', '1', '1'), '10.00', 2)).toMatchObject({
    parts: [{ amount: '3.34' }, { amount: '3.33' }, { amount: '3.33' }],
  });
  expect(checkSplit(byShare('1', '1', '1'), '0.02', 2)).toMatchObject({ row: 2 });
  expect(checkSplit(byShare('1', '0'), '10.00', 2)).toMatchObject({ row: 1, fault: 'A share is a whole number.' });
});

test('what is left goes down as parts are written', () => {
  expect(leftOf(byAmount('', ''), 6147n, 2)).toBe(6147n);
  expect(leftOf(byAmount('41.47', 'x'), 6147n, 2)).toBe(2000n);
  expect(splitOf(null).rows).toEqual([]);
});

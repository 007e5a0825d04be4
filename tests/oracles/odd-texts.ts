import fc from 'fast-check';

/** What some tool, somewhere, takes for something else than text. */
const ODD: readonly string[] = [
  ...Array.from(';|()[]{}<>"\'`\\#@=*!?%,.&^~$€_-+/:'),
  '  ',
  '   ;',
  '\t',
  '\u00a0',
  '\u3000',
  '[1]',
  '[2026-01-05]',
  '[=2026/01/05]',
  'date:2026-01-01',
  'UUID: 1',
  ':tag:',
  'key:: value',
  '(USD 1)',
  '{USD 1}',
  'USD 12.50',
  '1',
  '2026-01-01',
  'X',
  'Xab',
  'X-',
  'a',
  'b',
  'Ж',
  'é',
  'ß',
  '日本',
  '現金',
  '😀',
  '👨‍👩‍👧',
  'שלום',
  'مرحبا',
  '\u200f',
  '\u202e',
  '\ufeff',
  '\u0301',
];

/** A text of a line with odd characters, never blank. */
export const oddText = (maxPieces: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...ODD) },
        { weight: 1, arbitrary: fc.constantFrom('Baker', 'rent', 'Ärger', 'tea') },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
      ),
      { minLength: 1, maxLength: maxPieces },
    )
    .map((pieces) => pieces.join('').trim() || 'x');

/** A text of several lines. */
export const oddLines: fc.Arbitrary<string> = fc
  .array(oddText(6), { minLength: 1, maxLength: 4 })
  .map((lines) => lines.join('\n'));

/** Categories that are parents of others, that differ only in what a tool cannot keep, or that nobody would choose. */
export const category: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'Food',
      'Food:Cafe',
      'Food:Cafe:Beans',
      'Rent',
      'Other',
      'Income',
      'a b',
      'a  b',
      'a;b',
      'a；b',
      'café',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(oddText(4), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part) => part.replaceAll(':', '').trim() || 'x').join(':')),
  },
);

export const tag: fc.Arbitrary<string> = oddText(3).map((text) => text.replaceAll(/[\s,#]/gu, '') || 'trip');

import { readOfx } from '@kakeibo/adapters/ofx';
import { ofxHead, ofxRows, ofxTail, type OfxOutFrame } from '@kakeibo/adapters/ofx-out';
import { money, parseDate, type CivilDate } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accountsOf, badLines, bytesOf, frameOf, inEuro } from './accounts.ts';
import { currencyOf } from './read.ts';

const eur = currencyOf('EUR');
const text = fc.oneof(
  fc.constantFrom('A & B', '<b>', ']]>', '&amp;', '&#38;', 'a\u0000b', '😀'.repeat(20), 'x'.repeat(300), '-5', ''),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
);
const row = fc.record({
  kind: fc.constantFrom('income', 'expense', 'refund', 'sent', 'received'),
  minor: fc.bigInt({ min: 1n, max: 10n ** 17n }),
  occurredOn: fc
    .date({ min: new Date('1400-01-02'), max: new Date('9998-12-30'), noInvalidDate: true })
    .map((date) => parseDate(date.toISOString().slice(0, 10)) as CivilDate),
  payee: text,
  note: text,
});

/** A text as a reader keeps it: on one line, tidy, of the length that the file bears. */
function kept(written: string, length: number): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  const plain = written.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, ' ');
  const cut = Array.from(plain).slice(0, length).join('');
  return (
    cut
      .normalize('NFC')
      // oxlint-disable-next-line no-control-regex -- the same
      .replace(/(?:[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate})+/gu, ' ')
      .trim()
  );
}

it('an OFX file is read back as the rows that were written: sign, sum, day, id and texts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 15 }),
      fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
      async (facts, closing) => {
        const rows = facts.map(({ minor, ...rest }, index) => ({ ...rest, id: `0198-${index}`, amount: money(minor, eur) }));
        const frame: OfxOutFrame = {
          account: 'wallet <1>',
          currency: eur,
          from: '2026-10-01' as CivilDate,
          to: '2026-10-31' as CivilDate,
          closing: money(closing, eur),
          writtenOn: '2026-11-01' as CivilDate,
        };
        const half = Math.floor(rows.length / 2);
        const written = ofxHead(frame) + ofxRows(rows.slice(0, half)) + ofxRows(rows.slice(half)) + ofxTail(frame);
        const [account] = accountsOf(await readOfx(bytesOf(written), inEuro));
        expect(badLines(account)).toEqual([]);
        expect(frameOf(account)).toMatch(/^wallet <1> EUR 2026-10-01\.\.2026-10-31 -?[\d.]+ 2026-10-31$/);
        expect(account?.closing).toEqual(frame.closing);
        expect(account?.rows.map(({ bankId, kind, amount, occurredOn }) => ({ id: bankId, kind, amount, occurredOn }))).toEqual(
          rows.map(({ id, kind, amount, occurredOn }) => {
            return { id, kind: kind === 'expense' || kind === 'sent' ? 'expense' : 'income', amount, occurredOn };
          }),
        );
        expect(account?.rows.map(({ payee = '' }) => payee)).toEqual(rows.map(({ payee }) => kept(kept(payee, 1_000), 100)));
        expect(account?.rows.map(({ tags = [] }) => tags.join())).toEqual(
          rows.map(({ kind }) => (/sent|rec/.test(kind) ? 'transfer' : '')),
        );
      },
    ),
    { numRuns: 200 },
  );
});

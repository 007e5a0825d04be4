import { csvExport } from '@kakeibo/adapters/csv';
import { countFingerprints, newRows, type StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, type BankFile } from './bank-file.ts';
import { bookedBy, currencyOf, statementOf, walletIn } from './read.ts';

const currency = currencyOf('EUR');

interface Transaction {
  readonly day: number;
  readonly cents: number;
  readonly note: string;
}

// Few values, so that equal rows are the rule.
const transaction: fc.Arbitrary<Transaction> = fc.record({
  day: fc.integer({ min: 13, max: 28 }),
  cents: fc.constantFrom(-350, -1_200, 4_500, 100_000),
  note: fc.constantFrom('Café', 'Market', 'Miete & Müll', ''),
});
const file = fc.array(transaction, { minLength: 1, maxLength: 25 });

interface Dress {
  readonly bytes: NonNullable<BankFile['bytes']>;
  readonly lineEnd: '\n' | '\r\n';
  readonly style: 'iso' | 'german' | 'sides';
}
const dress: fc.Arbitrary<Dress> = fc.record({
  bytes: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le-bom', 'windows-1252'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  style: fc.constantFrom('iso', 'german', 'sides'),
});

function written(transactions: readonly Transaction[], { bytes, lineEnd, style }: Dress): Uint8Array {
  const plain = (cents: number): string =>
    `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
  const rows = transactions.map(({ day, cents, note }) => {
    if (style === 'iso') return [`2026-01-${day}`, note, plain(cents)];
    if (style === 'german') return [`${day}.01.2026`, note, plain(cents).replace('.', ',')];
    return [`${day}/01/2026`, note, cents < 0 ? plain(-cents) : '', cents > 0 ? plain(cents) : ''];
  });
  const header = {
    iso: ['Date', 'Description', 'Amount'],
    german: ['Datum', 'Verwendungszweck', 'Betrag'],
    sides: ['Date', 'Details', 'Paid out', 'Paid in'],
  };
  const text = csvExport([header[style], ...rows]).replaceAll('\r\n', '\n');
  return encode(
    style === 'german'
      ? text
          .replaceAll(',', '\u0000')
          .replaceAll(/"([^"]*)"/g, (_, inner: string) => inner.replaceAll('\u0000', ','))
          .replaceAll('\u0000', ';')
      : text,
    { bytes, lineEnd },
  );
}

const plainDress: Dress = { bytes: 'utf-8', lineEnd: '\n', style: 'iso' };

/** What a wallet knows of imports: fingerprints with their counts, beside a wallet that must come to the same. */
class Known {
  counts: ReadonlyMap<string, number> = new Map();
  readonly #wallet = walletIn('EUR');

  async import(transactions: readonly Transaction[], worn: Dress = plainDress): Promise<number> {
    const { statementRows } = await statementOf(written(transactions, worn), currency);
    if (statementRows.length !== transactions.length) throw new Error('a row was not read');
    const added = newRows<StatementRow>(statementRows, this.counts).filter(({ status }) => status === 'new');
    const booked = await bookedBy(await this.#wallet, statementRows);
    if (booked !== added.length) throw new Error(`the wallet booked ${booked} rows, not ${added.length}`);
    this.counts = countFingerprints([...this.#all(), ...added.map(({ fingerprint }) => fingerprint)]);
    return added.length;
  }

  *#all(): Generator<string> {
    for (const [fingerprint, count] of this.counts) for (let at = 0; at < count; at += 1) yield fingerprint;
  }
}

function sorted(known: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...known].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe('importing', () => {
  it('the same file twice adds nothing, whatever dress it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(file, dress, dress, async (rows, first, second) => {
        const wallet = new Known();
        expect(await wallet.import(rows, first)).toBe(rows.length);
        expect(await wallet.import(rows, second)).toBe(0);
      }),
      { numRuns: 120 },
    );
  });

  it('a file and then one that holds it and more is importing the larger one', async () => {
    await fc.assert(
      fc.asyncProperty(file, file, async (f, g) => {
        const both = new Known();
        await both.import(f);
        expect(await both.import([...f, ...g])).toBe(g.length);
        const union = new Known();
        await union.import([...f, ...g]);
        expect(sorted(both.counts)).toEqual(sorted(union.counts));
      }),
      { numRuns: 80 },
    );
  });

  it('does not depend on the order of the rows', async () => {
    const shuffled = file.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    await fc.assert(
      fc.asyncProperty(shuffled, file, async ([rows, mixed], before) => {
        const [one, other] = [new Known(), new Known()];
        await one.import(before);
        await other.import(before);
        expect(await one.import(rows)).toBe(await other.import(mixed));
        expect(sorted(one.counts)).toEqual(sorted(other.counts));
      }),
      { numRuns: 80 },
    );
  });

  it('keeps two equal coffees, and adds the third that a later file has', async () => {
    const coffee = { day: 14, cents: -350, note: 'Café' };
    const wallet = new Known();
    expect(await wallet.import([coffee, coffee])).toBe(2);
    expect(await wallet.import([coffee, coffee, coffee])).toBe(1);
    expect([...wallet.counts]).toEqual([['2026-01-14 -350 EUR cafe', 3]]);
  });

  it('calls the later ones of equal rows new', () => {
    const rows = [1, 2, 3].map((line) => ({ line, fingerprint: 'same' }));
    expect(newRows(rows, new Map([['same', 1]])).map(({ status }) => status)).toEqual(['duplicate', 'new', 'new']);
  });
});

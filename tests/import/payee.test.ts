import { describe, expect, it } from 'vitest';
import { bytesOf } from './accounts.ts';
import { currencyOf, statementOf } from './read.ts';

async function payees(text: string, settings = {}): Promise<readonly string[]> {
  const { statementRows } = await statementOf(bytesOf(text), currencyOf('EUR'), settings);
  return statementRows.map(({ payee, note, fingerprint }) => [payee ?? '-', note ?? '-', fingerprint].join(' | '));
}

describe('the payee of a CSV row', () => {
  it('is what stands under a header that names the other side; note and fingerprint stay as they were', async () => {
    expect(
      await payees('Datum;Empfänger;Verwendungszweck;Betrag\n14.10.2026;REWE;Einkauf;-3,50\n15.10.2026;;Gebühr;-1,00\n'),
    ).toEqual(['REWE | REWE · Einkauf | 2026-10-14 -350 EUR rewe · einkauf', '- | Gebühr | 2026-10-15 -100 EUR gebuhr']);
  });

  it('is nobody where the row names both sides, or where no header names one', async () => {
    const both = 'Date,Ordenante,Beneficiario,Amount\n2026-10-14,Me,Shop,-3.50\n2026-10-15,,Shop,-3.50\n';
    expect((await payees(both)).map((row) => row.split(' | ')[0])).toEqual(['-', 'Shop']);
    expect(await payees('Date,Description,Amount\n2026-10-14,Shop,-3.50\n')).toEqual(['- | Shop | 2026-10-14 -350 EUR shop']);
  });

  it('is only in a column that a person left in the note, and has at most 100 characters', async () => {
    const text = `Date,Payee,Memo,Amount\n2026-10-14,${'x'.repeat(120)},Memo,-3.50\n`;
    const [row] = await payees(text);
    expect(row?.split(' | ')[0]).toBe('x'.repeat(100));
    expect(await payees(text, { columns: { date: 0, amount: 3, note: 2 } })).toEqual(['- | Memo | 2026-10-14 -350 EUR memo']);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printStatement, type StatementLine, type StatementToPrint } from '@kakeibo/adapters/pdf';
import { describe, expect, onTestFinished, test } from 'vitest';

function line(index: number): StatementLine {
  return {
    occurredOn: `2026-10-${String((index % 31) + 1).padStart(2, '0')}`,
    what: index === 3 ? 'Röststätte „Ångström“ · Кофе · ‏قهوة · €5' : `Entry ${index}`,
    category: 'Food:Groceries',
    amount: `-${index}.50`,
    balance: `${1000 - index}.00`,
  };
}

const statement: StatementToPrint = {
  wallet: 'Household',
  currency: 'EUR',
  from: '2026-10-01',
  through: '2026-10-31',
  opening: '1000.00',
  closing: '850.25',
  in: '0.00',
  out: '149.75',
  moved: '-25.00',
  days: Array.from({ length: 31 }, (_, index) => ({
    on: `2026-10-${String(index + 1).padStart(2, '0')}`,
    balance: `${500 - index * 30}.25`,
  })),
  spending: [
    { category: 'Food', total: '100.00', share: 67 },
    { category: 'Home', total: '49.75', share: 33 },
  ],
  lines: Array.from({ length: 120 }, (_, index) => line(index)),
  version: 77,
  position: 123,
  printedAt: new Date('2026-11-01T10:00:00Z'),
};

function textOf(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-pdf-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'statement.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', timeout: 100_000 });
}

describe.skipIf(spawnSync('pdftotext', ['-v']).error !== undefined)('a printed statement', () => {
  test('says every figure and every line, over as many pages as it needs', async () => {
    const text = textOf(await printStatement(statement));
    for (const words of ['Household', '2026-10-01 to 2026-10-31', '1000.00', '850.25', '−25.00', 'Food', '67 %', 'page 3 of 3']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('true for event 77 of the wallet (123 of the ledger)');
    for (const { what, amount } of statement.lines.filter((_, index) => index !== 3)) {
      expect(text).toMatch(new RegExp(`${what} .*${amount.replace('-', '−')}`));
    }
    expect(text).toContain('Röststätte „Ångström“ · Кофе');
    expect(text.match(/Day +What +Category/g)).toHaveLength(3);
  });

  test('is the same file every time', async () => {
    const [once, twice] = [await printStatement(statement), await printStatement(statement)];
    expect(Buffer.from(once).equals(twice)).toBe(true);
  });

  test('takes what is long, odd or empty', async () => {
    const odd = {
      ...statement,
      wallet: `${'A very long name '.repeat(10)}\n😀`,
      days: [],
      spending: [],
      lines: [{ ...line(1), what: `${'長い名前'.repeat(60)}\u0000`, amount: '-9999999999999999.99' }],
    };
    expect(textOf(await printStatement(odd))).toContain('−9999999999999999.99');
    expect(textOf(await printStatement({ ...odd, lines: [] }))).toContain('Opening balance');
  });
});

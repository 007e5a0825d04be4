import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beancountJournal, hledgerJournal, journalOf, ledgerJournal, money, parseCurrency } from '@kakeibo/core';
import type { CivilDate, CurrencyCode, Journal, JournalFacts, JournalWalletSource } from '@kakeibo/core';
import { afterAll, describe, expect, test } from 'vitest';
import { hasTools } from './agreement.ts';
import { differences } from './compare.ts';
import { runQuietly } from './programs.ts';
import { tools } from './tools.ts';

const currency = (code: string): CurrencyCode => parseCurrency(code) as CurrencyCode;
const EUR = currency('EUR');
const day = (text: string): CivilDate => text as CivilDate;

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-journals-'));
afterAll(() => rmSync(folder, { recursive: true }));

function walletOf(name: string, facts: readonly JournalFacts[], rest: Partial<JournalWalletSource> = {}): JournalWalletSource {
  return {
    id: `id of ${name}`,
    name,
    currency: EUR,
    entries: facts.map((one, at) => ({ id: `${name}-${at}`, version: at + 1, facts: one })),
    ...rest,
  };
}

function expense(amount: bigint, on: string, category: string, code: CurrencyCode = EUR): JournalFacts {
  return { kind: 'expense', amount: money(amount, code), occurredOn: day(on), category };
}

describe.runIf(hasTools)('journals that are not left to chance', () => {
  /** The tools read a file and check balances; months over thousands of years would be a table that hledger cannot hold. */
  async function accepted(journal: Journal): Promise<void> {
    const write = (name: string, lines: Iterable<string>): string => {
      const file = join(folder, name);
      writeFileSync(file, [...lines].join(''));
      return file;
    };
    const checks = 'each';
    await runQuietly('hledger', ['-f', write('a.journal', hledgerJournal(journal, { checks })), 'check', '--strict']);
    await runQuietly('ledger', [
      '--args-only',
      '-f',
      write('a.ledger', ledgerJournal(journal, { checks })),
      '--pedantic',
      'balance',
    ]);
    await runQuietly('bean-check', [write('a.beancount', beancountJournal(journal, { checks }))]);
  }

  test('the first and the last day there is', async () => {
    const days = ['1400-01-01', '1969-12-31', '2024-02-29', '9998-12-31'];
    await accepted(
      journalOf({
        wallets: [
          walletOf(
            'Cash',
            days.map((on) => expense(1_250n, on, 'Food')),
          ),
        ],
      }),
    );
  });

  test('the largest amounts, a thousand of them, in each number of decimals', async () => {
    const codes = ['JPY', 'EUR', 'KWD', 'CLF'].map(currency);
    const wallets = codes.map((code) =>
      walletOf(
        code,
        Array.from({ length: 1_000 }, () => expense(10n ** 18n - 1n, '2026-10-14', 'Food', code)),
        { currency: code },
      ),
    );
    for (const tool of tools) expect(await differences(tool, [{ seed: 0, wallets }], 'clean')).toEqual([]);
  });

  test('no wallet, and a wallet without an entry', async () => {
    await accepted(journalOf({ wallets: [] }));
    await accepted(journalOf({ wallets: [walletOf('Cash', [])] }));
  });

  test('a note of five hundred characters, a line each, and names of the greatest length', async () => {
    const deep = Array.from({ length: 8 }, () => '😀'.repeat(60)).join(':');
    const texts = { note: '\n'.repeat(500), payee: '円'.repeat(100) };
    const lines = { note: `${'😀\n'.repeat(250)}`, payee: ','.repeat(100) };
    await accepted(
      journalOf({
        wallets: [
          walletOf('円'.repeat(100), [
            { ...expense(1n, '2026-10-14', deep), ...texts },
            { ...expense(1n, '2026-10-14', deep), ...lines },
          ]),
        ],
      }),
    );
  });

  test('a balance that is not so is found by each tool', async () => {
    const journal = journalOf({ wallets: [walletOf('Cash', [expense(1_250n, '2026-10-14', 'Food')])] });
    const wrong = (lines: Iterable<string>): string =>
      [...lines].join('').replace(/(= EUR -|balance Assets:Cash {2}-)12\.50/, '$112.51');
    const files = {
      hledger: wrong(hledgerJournal(journal)),
      ledger: wrong(ledgerJournal(journal)),
      beancount: wrong(beancountJournal(journal)),
    };
    for (const tool of tools) {
      const file = join(folder, `wrong.${tool.name}`);
      writeFileSync(file, files[tool.name]);
      await expect(tool.read(file, new Set())).rejects.toThrow(/balance|Balance/);
    }
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beancountJournal, hledgerJournal, journalOf, ledgerJournal, money, parseCurrency } from '@kakeibo/core';
import type { CivilDate, CurrencyCode, Journal, JournalLimit } from '@kakeibo/core';
import { afterAll, describe, expect, test } from 'vitest';
import { hasTools } from './agreement.ts';
import { runQuietly } from './programs.ts';

const EUR = parseCurrency('EUR') as CurrencyCode;
const day = (text: string): CivilDate => text as CivilDate;
const folder = mkdtempSync(join(tmpdir(), 'kakeibo-budgets-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Given = Omit<JournalLimit, 'id' | 'amount' | 'startsOn'> & { readonly startsOn?: string; readonly amount?: bigint };

/** A wallet with an expense in each month and category, and some limits, each on a category of its own unless it has a scope. */
function books(limits: readonly Given[]): Journal {
  const named = limits.map(({ startsOn = '2026-05-14', amount = 10_000n, ...limit }, at): JournalLimit => ({
    scope: limit.tag === undefined ? `Scope${at}` : undefined,
    ...limit,
    id: `limit-${at}`,
    amount: money(amount, EUR),
    startsOn: day(startsOn),
  }));
  const scopes = [...new Set(named.flatMap(({ scope }) => scope ?? []))];
  const days = ['2026-01-02', '2026-05-20', '2026-08-20'].map(day);
  const entries = days
    .flatMap((occurredOn) => scopes.map((category) => ({ occurredOn, category })))
    .map((facts, at) => ({
      id: `e-${at}`,
      version: at + 1,
      facts: { kind: 'expense' as const, amount: money(100n, EUR), ...facts },
    }));
  return journalOf({ wallets: [{ id: 'w', name: 'Cash', currency: EUR, entries, limits: named }] });
}

function write(name: string, lines: Iterable<string>): string {
  const file = join(folder, name);
  writeFileSync(file, [...lines].join(''));
  return file;
}

/** The days on which hledger's budget begins anew, and with how much. */
async function hledgerBudget(journal: Journal, scope: string): Promise<readonly string[]> {
  const file = write('a.journal', hledgerJournal(journal));
  await runQuietly('hledger', ['-f', file, 'check', '--strict']);
  const asked = ['print', `acct:${scope}`, '--forecast=2026-01-01..2026-08-02', '-e', '2026-08-02', '-O', 'csv'];
  const said = await runQuietly('hledger', ['-f', file, ...asked]);
  return said.split('\n').flatMap((line) => {
    const cells = line.split('","');
    return cells[7]?.startsWith('(') === true ? [`${cells[1]} ${cells[8]}`] : [];
  });
}

/** The same of ledger, which says it with a minus. */
async function ledgerBudget(journal: Journal, scope: string): Promise<readonly string[]> {
  const file = write('a.ledger', ledgerJournal(journal));
  const format = '%(format_date(date, "%Y-%m-%d")) %(scrub(amount))\\n';
  const asked = ['--pedantic', '--budget', '--now', '2026/08/01', 'register', scope, '--format', format];
  const said = await runQuietly('ledger', ['--args-only', '-f', file, ...asked]);
  return said.split('\n').flatMap((line) => /^(\S+) EUR -(.*)$/.exec(line)?.slice(1, 3).join(' ') ?? []);
}

async function beancountLines(journal: Journal): Promise<readonly string[]> {
  const file = write('a.beancount', beancountJournal(journal));
  await runQuietly('bean-check', [file]);
  return [...beancountJournal(journal)]
    .join('')
    .split('\n')
    .filter((line) => line.includes('custom "budget"'));
}

describe.runIf(hasTools)('limits are budgets that each tool reads', () => {
  test('months and weeks begin anew on their first days', async () => {
    const journal = books([
      { period: 'month' },
      { period: 'week' },
      { period: 'week', firstDay: 3 },
      { period: 'quarter', amount: 123n },
      { period: 'year', endsOn: day('2026-08-01') },
    ]);
    const months = ['2026-05-01 100.00', '2026-06-01 100.00', '2026-07-01 100.00', '2026-08-01 100.00'];
    expect(await hledgerBudget(journal, 'Scope0')).toEqual(months);
    expect(await ledgerBudget(journal, 'Scope0')).toEqual(months);
    for (const budget of [hledgerBudget, ledgerBudget]) {
      expect((await budget(journal, 'Scope1')).slice(0, 3)).toEqual([
        '2026-05-11 100.00',
        '2026-05-18 100.00',
        '2026-05-25 100.00',
      ]);
      expect((await budget(journal, 'Scope2')).slice(0, 2)).toEqual(['2026-05-13 100.00', '2026-05-20 100.00']);
      expect(await budget(journal, 'Scope3')).toEqual(['2026-04-01 1.23', '2026-07-01 1.23']);
      expect(await budget(journal, 'Scope4')).toEqual(['2026-01-01 100.00']);
    }
    expect(await beancountLines(journal)).toEqual([
      '2026-05-01 custom "budget" Expenses:Scope0 "monthly" 100.00 EUR',
      '2026-05-11 custom "budget" Expenses:Scope1 "weekly" 100.00 EUR',
      '2026-05-13 custom "budget" Expenses:Scope2 "weekly" 100.00 EUR',
      '2026-04-01 custom "budget" Expenses:Scope3 "quarterly" 1.23 EUR',
      '2026-01-01 custom "budget" Expenses:Scope4 "yearly" 100.00 EUR',
      '2026-08-01 custom "budget" Expenses:Scope4 "yearly" 0.00 EUR',
    ]);
  });

  test('from pay day to pay day is what hledger can say, and a comment elsewhere', async () => {
    const journal = books([
      { period: 'month', firstDay: 31, startsOn: '2026-02-10' },
      { period: 'year', firstDay: 15, startsOn: '2026-01-15' },
      { period: 'quarter', firstDay: 15 },
    ]);
    expect((await hledgerBudget(journal, 'Scope0')).slice(0, 4)).toEqual(
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'].map((on) => `${on} 100.00`),
    );
    expect(await hledgerBudget(journal, 'Scope1')).toEqual(['2026-01-15 100.00']);
    expect(await hledgerBudget(journal, 'Scope2')).toEqual([]);
    expect(await ledgerBudget(journal, 'Scope')).toEqual([]);
    expect(await beancountLines(journal)).toEqual([]);
    for (const text of [hledgerJournal, ledgerJournal, beancountJournal].map((make) => [...make(journal)].join(''))) {
      expect(text).toMatch(
        /; Limit limit-2 of Cash, which no budget says: .*100\.00.* for Expenses:Scope2, quarter from day 15 of it, from 2026-04-15/,
      );
    }
  });

  test('a single stretch is a budget of one day, on its first', async () => {
    const journal = books([{ period: 'custom', startsOn: '2026-07-10', endsOn: day('2026-07-25') }]);
    expect(await hledgerBudget(journal, 'Scope0')).toEqual(['2026-07-10 100.00']);
    expect(await ledgerBudget(journal, 'Scope0')).toEqual(['2026-07-10 100.00']);
    expect(await beancountLines(journal)).toEqual([]);
  });

  test('an amount that changed is one budget after the other', async () => {
    const journal = books([
      { period: 'month', scope: 'Food', startsOn: '2026-05-01', endsOn: day('2026-07-01') },
      { period: 'month', scope: 'Food', startsOn: '2026-07-01', amount: 20_000n },
    ]);
    const days = ['2026-05-01 100.00', '2026-06-01 100.00', '2026-07-01 200.00', '2026-08-01 200.00'];
    expect(await hledgerBudget(journal, 'Food')).toEqual(days);
    expect(await ledgerBudget(journal, 'Food')).toEqual(days);
    expect(await beancountLines(journal)).toEqual([
      '2026-05-01 custom "budget" Expenses:Food "monthly" 100.00 EUR',
      '2026-07-01 custom "budget" Expenses:Food "monthly" 200.00 EUR',
    ]);
  });

  test('of two on one category the second is a comment, and so are a tag and what is carried on', async () => {
    const journal = books([
      { period: 'month', scope: 'Food', rollover: 'surplus', cap: money(5_000n, EUR) },
      { period: 'week', scope: 'Food' },
      { period: 'month', tag: 'trip' },
    ]);
    expect((await hledgerBudget(journal, 'Food')).length).toBe(4);
    expect((await ledgerBudget(journal, 'Food')).length).toBe(4);
    expect(await beancountLines(journal)).toHaveLength(1);
    for (const text of [hledgerJournal, ledgerJournal, beancountJournal].map((make) => [...make(journal)].join(''))) {
      expect(text).toContain('Limit limit-0 of Cash, what is left is carried on, at most 50.00 EUR\n');
      expect(text).toMatch(/; Limit limit-1 of Cash, which no budget says: /);
      expect(text).toMatch(/; Limit limit-2 of Cash, which no budget says: .* for the tag trip, month, from 2026-05-01\n/);
    }
  });
});

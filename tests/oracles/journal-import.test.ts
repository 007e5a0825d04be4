import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal } from '@kakeibo/adapters/journal';
import { formatAmount, hledgerJournal, journalOf, ledgerJournal, money, parseCurrency } from '@kakeibo/core';
import type { BankAccount, CivilDate, CurrencyCode, JournalFacts, JournalWalletSource } from '@kakeibo/core';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { hasTools } from './agreement.ts';
import { oddText } from './odd-texts.ts';
import { runQuietly } from './programs.ts';

const EUR = parseCurrency('EUR') as CurrencyCode;
const folder = mkdtempSync(join(tmpdir(), 'kakeibo-journal-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a journal must bring back of an entry. */
interface Told {
  readonly kind: 'income' | 'expense';
  readonly amount: string;
  readonly occurredOn: string;
  readonly category: string | undefined;
  readonly parts: readonly string[] | undefined;
  readonly payee: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly bankId: string | undefined;
}

function toldByRows(account: BankAccount | undefined): readonly Told[] {
  expect(account?.bad).toEqual([]);
  return (account?.rows ?? []).map((row) => ({
    kind: row.kind,
    amount: formatAmount(row.amount),
    occurredOn: row.occurredOn,
    category: row.category,
    parts: row.parts?.map((part) => `${part.category} ${formatAmount(part.amount)} ${part.note ?? ''}`),
    payee: row.payee ?? '',
    note: row.note ?? '',
    tags: row.tags ?? [],
    bankId: row.bankId,
  }));
}

function toldByEntries({ entries, name }: JournalWalletSource, ids: ReadonlyMap<string, string> = new Map()): readonly Told[] {
  return entries.map(({ id, facts }) => {
    const { kind, amount, occurredOn, category, parts, payee = '', note = '', tags = [] } = facts;
    const transfer = kind === 'sent' || kind === 'received';
    const other = name === 'Cash' ? 'Bank' : 'Cash';
    const said = transfer ? [note, `[Assets:${other}]`].filter(Boolean).join(' · ') : note;
    return {
      kind: kind === 'expense' || kind === 'sent' ? 'expense' : 'income',
      amount: formatAmount(amount),
      occurredOn,
      category: category ?? (kind === 'sent' ? 'Unsorted' : undefined),
      parts: parts?.map((part) => `${part.category} ${formatAmount(part.amount)} ${part.note ?? ''}`),
      payee,
      // A note that says what the payee says is not kept twice.
      note: said.toLowerCase() === payee.toLowerCase() ? '' : said,
      tags: transfer ? [...tags, 'transfer'].toSorted() : tags,
      bankId: ids.get(id) ?? id,
    };
  });
}

async function printed(program: 'hledger' | 'ledger' | 'none', wallets: readonly JournalWalletSource[]): Promise<string> {
  const journal = journalOf({ wallets });
  const lines = program === 'ledger' ? ledgerJournal(journal, { checks: 'each' }) : hledgerJournal(journal, { checks: 'each' });
  const text = [...lines].join('');
  if (program === 'none') return text;
  const file = join(folder, `a.${program}`);
  writeFileSync(file, text);
  return runQuietly(program, program === 'ledger' ? ['--args-only', '-f', file, 'print'] : ['-f', file, 'print']);
}

async function imported(text: string): Promise<readonly BankAccount[]> {
  const file = await readJournal(new TextEncoder().encode(text), { currency: EUR });
  if (file.kind === 'refused') throw new Error(`${file.code}: ${file.message}`);
  return file.accounts;
}

function walletOf(name: string, facts: readonly JournalFacts[]): JournalWalletSource {
  const entries = facts.map((one, at) => ({ id: `${name}-${at}`, version: at + 1, facts: one }));
  return { id: `id of ${name}`, name, currency: EUR, entries };
}

/** A text as a wallet keeps it, on one line. */
const text = oddText(4).map((odd) =>
  odd
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim(),
);

const on = (day: string): CivilDate => day as CivilDate;
const euro = (minor: bigint) => money(minor, EUR);

describe.runIf(hasTools).each(['hledger', 'ledger', 'none'] as const)(
  'our own journal, printed by %s, brings the entries back',
  (program) => {
    test('of every kind', async () => {
      const day = (at: number): CivilDate => on(`2026-02-${String(at).padStart(2, '0')}`);
      const transfer = (wallet: string) => ({ id: 't-1', wallet: `id of ${wallet}`, other: euro(7_000n) });
      const cash = walletOf('Cash', [
        { kind: 'income', amount: euro(123_456_789n), occurredOn: day(1), category: 'Salary', payee: 'Boss', note: 'a, b; c' },
        { kind: 'income', amount: euro(5n), occurredOn: day(2) },
        { kind: 'income', amount: euro(6n), occurredOn: day(3), category: 'Other' },
        {
          kind: 'expense',
          amount: euro(100_000n),
          occurredOn: day(4),
          category: 'Food:Cafe',
          note: 'only | a note',
          tags: ['fun', 'trip'],
        },
        {
          kind: 'expense',
          amount: euro(2_000n),
          occurredOn: day(5),
          parts: [
            { category: 'Food', amount: euro(1_250n), note: 'bread; part: of it' },
            { category: 'Home', amount: euro(750n) },
          ],
          payee: 'Coop | weekly',
        },
        { kind: 'refund', amount: euro(500n), occurredOn: day(6), category: 'Food', refunds: 'Cash-3', payee: '-x-' },
        {
          kind: 'sent',
          amount: euro(7_000n),
          occurredOn: day(7),
          transfer: transfer('Bank'),
          payee: 'Me',
          note: 'out',
          tags: ['save'],
        },
      ]);
      const bank = walletOf('Bank', [
        { kind: 'received', amount: euro(7_000n), occurredOn: day(7), transfer: transfer('Cash'), payee: 'Myself', note: 'in' },
      ]);
      const accounts = await imported(await printed(program, [cash, bank]));
      const of = (name: string) => toldByRows(accounts.find(({ account }) => account === `Assets:${name}`));
      expect(of('Cash')).toEqual(toldByEntries(cash));
      expect(of('Bank')).toEqual(toldByEntries(bank, new Map([['Bank-0', 'Cash-6']])));
    });

    test('whatever their texts are', async () => {
      const entry = fc.record({
        kind: fc.constantFrom('income', 'expense'),
        minor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
        payee: text,
        note: text,
        tag: fc.constantFrom('', 'a', 'é:b', '日本', '50%'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 20 }), async (some) => {
          const cash = walletOf(
            'Cash',
            some.map(({ kind, minor, payee, note, tag }) => ({
              kind: kind as 'income' | 'expense',
              amount: euro(minor),
              occurredOn: on('2026-02-01'),
              category: 'Food',
              ...(payee === '' ? {} : { payee }),
              ...(note === '' ? {} : { note }),
              tags: tag === '' ? [] : [tag],
            })),
          );
          const [account] = await imported(await printed(program, [cash]));
          expect(toldByRows(account)).toEqual(toldByEntries(cash));
        }),
        { numRuns: 20 },
      );
    });
  },
);

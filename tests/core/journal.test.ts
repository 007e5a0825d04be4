import {
  add,
  beancountPart,
  formatAmount,
  fromBeancountPart,
  journalOf,
  ledgerJournal,
  money,
  nameAccounts,
  parseCurrency,
  plainStyle,
} from '@kakeibo/core';
import type { CivilDate, CurrencyCode, EntryFacts, Journal, JournalFacts, JournalWalletSource, Money } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const currency = (code: string): CurrencyCode => parseCurrency(code) as CurrencyCode;
const EUR = currency('EUR');
const JPY = currency('JPY');
const day = (text: string): CivilDate => text as CivilDate;

function walletOf(
  id: string,
  facts: readonly (JournalFacts | [JournalFacts, 'void'])[],
  code = EUR,
  name = id,
): JournalWalletSource {
  const entries = facts.map((one, at) => ({
    id: `${id}-${at + 1}`,
    version: at + 1,
    facts: Array.isArray(one) ? (one as [JournalFacts, 'void'])[0] : (one as JournalFacts),
    void: Array.isArray(one),
  }));
  return { id, name, currency: code, entries };
}

function sent(id: string, wallet: string, amount: Money, other = amount, on = '2026-10-14'): JournalFacts {
  return { kind: 'sent', amount, occurredOn: day(on), transfer: { id, wallet, other } };
}

function received(id: string, wallet: string, amount: Money, other = amount, on = '2026-10-14'): JournalFacts {
  return { kind: 'received', amount, occurredOn: day(on), transfer: { id, wallet, other } };
}

function told({ transactions }: Journal): readonly string[] {
  return transactions.map(({ id, kind, postings }) => {
    const lines = postings.map(
      ({ account, amount }) => `${account.root}:${account.parts.join(':')} ${formatAmount(amount)} ${amount.currency}`,
    );
    return `${id} ${kind}: ${lines.join(', ')}`;
  });
}

const ten = money(1_000n, EUR);
const food: JournalFacts = { kind: 'expense', amount: ten, occurredOn: day('2026-10-14'), category: 'Food:Cafe' };

describe('a journal', () => {
  test('takes what a wallet keeps of an entry', () => {
    const facts: EntryFacts = {
      kind: 'expense',
      amount: ten,
      occurredOn: day('2026-10-14'),
      category: 'Food',
      tags: ['trip'],
      payee: 'Baker',
    };
    const [transaction] = journalOf({
      wallets: [{ id: 'a', name: 'a', currency: EUR, entries: [{ id: 'e', version: 2, facts }] }],
    }).transactions;
    expect(transaction).toMatchObject({ payee: 'Baker', tags: ['trip'] });
  });

  test('turns each kind of entry into one transaction that adds up to nothing', () => {
    const parts = [
      { category: 'Food', amount: money(300n, EUR) },
      { category: 'Rent', amount: money(700n, EUR) },
    ];
    const { category: _, ...uncategorised } = food;
    const journal = journalOf({
      wallets: [
        walletOf('a', [
          food,
          { ...food, kind: 'refund' },
          { ...food, kind: 'income' },
          { ...uncategorised, kind: 'income' },
          { ...uncategorised, parts },
        ]),
      ],
    });
    expect(told(journal)).toEqual([
      'a-1 expense: Expenses:Food:Cafe 10.00 EUR, Assets:a -10.00 EUR',
      'a-2 refund: Expenses:Food:Cafe -10.00 EUR, Assets:a 10.00 EUR',
      'a-3 income: Income:Food:Cafe -10.00 EUR, Assets:a 10.00 EUR',
      'a-4 income: Income:Other -10.00 EUR, Assets:a 10.00 EUR',
      'a-5 expense: Expenses:Food 3.00 EUR, Expenses:Rent 7.00 EUR, Assets:a -10.00 EUR',
    ]);
    for (const { postings } of journal.transactions) {
      expect(postings.map(({ amount }) => amount).reduce(add).minor).toBe(0n);
    }
  });

  test('leaves void entries out, or shows them and what takes them back', () => {
    const wallets = [walletOf('a', [[food, 'void'], { ...food, category: 'Rent' }])];
    expect(told(journalOf({ wallets }))).toEqual(['a-2 expense: Expenses:Rent 10.00 EUR, Assets:a -10.00 EUR']);
    expect(told(journalOf({ wallets, voids: 'audit' })).slice(0, 2)).toEqual([
      'a-1 expense: Expenses:Food:Cafe 10.00 EUR, Assets:a -10.00 EUR',
      'a-1-void reversal: Expenses:Food:Cafe -10.00 EUR, Assets:a 10.00 EUR',
    ]);
  });

  test('makes one transaction of the two sides of a transfer', () => {
    expect(
      told(journalOf({ wallets: [walletOf('a', [sent('t', 'b', ten)]), walletOf('b', [received('t', 'a', ten)])] })),
    ).toEqual(['a-1 transfer: Assets:b 10.00 EUR, Assets:a -10.00 EUR']);
  });

  test('changes currencies in four postings', () => {
    const yen = money(1_600n, JPY);
    const wallets = [walletOf('a', [sent('t', 'b', ten, yen)]), walletOf('b', [received('t', 'a', yen, ten)], JPY)];
    expect(told(journalOf({ wallets }))).toEqual([
      'a-1 transfer: Assets:b 1600 JPY, Equity:Conversion 10.00 EUR, Equity:Conversion -1600 JPY, Assets:a -10.00 EUR',
    ]);
  });

  test('keeps money in transit where only one side is there, or the sides fall on two days', () => {
    expect(told(journalOf({ wallets: [walletOf('a', [sent('t', 'b', ten)])] }))).toEqual([
      'a-1 sent: Assets:In transit 10.00 EUR, Assets:a -10.00 EUR',
    ]);
    const late = [walletOf('a', [sent('t', 'b', ten)]), walletOf('b', [received('t', 'a', ten, ten, '2026-10-16')])];
    expect(told(journalOf({ wallets: late }))).toEqual([
      'a-1 sent: Assets:In transit 10.00 EUR, Assets:a -10.00 EUR',
      'b-1 received: Assets:In transit -10.00 EUR, Assets:b 10.00 EUR',
    ]);
  });

  test('keeps the order of each wallet within a day, also where transfers cross', () => {
    const one = walletOf('a', [sent('t1', 'b', ten), food, received('t2', 'b', ten)]);
    const other = walletOf('b', [sent('t2', 'a', ten), food, received('t1', 'a', ten)]);
    const journal = journalOf({ wallets: [one, other] });
    for (const { id } of [one, other]) {
      const key = `wallet ${id}`;
      const own = journal.transactions.filter(({ postings }) => postings.some(({ account }) => account.key === key));
      const kinds = own.map(({ kind }) => kind);
      expect(kinds).toHaveLength(3);
      expect(kinds[1]).toBe('expense');
    }
    expect(told(journal).filter((line) => line.includes('In transit'))).toHaveLength(2);
  });

  test('does not run two wallets of one name into one, nor a wallet into money in transit', () => {
    const wallets = [walletOf('a', [sent('t', 'x', ten)], EUR, 'In transit'), walletOf('b', [food], EUR, 'In transit')];
    const { accounts } = journalOf({ wallets });
    expect([...nameAccounts(accounts, plainStyle).values()]).toEqual([
      'Assets:In transit',
      'Assets:In transit 2',
      'Assets:In transit 3',
      'Expenses:Food:Cafe',
    ]);
  });

  test('is written piece by piece, with the last balance of each wallet to be checked', () => {
    const lines = [...ledgerJournal(journalOf({ wallets: [walletOf('a', [food, food])] }))];
    expect(lines.filter((line) => line.includes('Assets:a '))).toEqual([
      '    Assets:a  EUR -10.00\n',
      '    Assets:a  EUR -10.00 = EUR -20.00\n',
    ]);
  });
});

describe('a part of a name for beancount', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('X', '-', ' ', 'a', 'F', '2', '日', 'é', '😀') }),
  );

  test('can be read back, whatever it says', () => {
    fc.assert(
      fc.property(text, (part) => {
        expect(fromBeancountPart(beancountPart(part))).toBe(part);
      }),
      { numRuns: 2_000 },
    );
  });

  test('begins with a capital letter or a digit, and goes on with letters, digits and -', () => {
    fc.assert(
      fc.property(text, (part) => {
        expect(beancountPart(part)).toMatch(/^[\p{Lu}0-9][\p{L}0-9-]*$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});

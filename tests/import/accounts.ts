import type { BankFileOptions } from '@kakeibo/adapters/bank-file';
import {
  fingerprintOf,
  formatAmount,
  money,
  type BankAccount,
  type BankFile,
  type BankFileRefusal,
  type CivilDate,
  type StatementRow,
} from '@kakeibo/core';
import fc from 'fast-check';
import { currencyOf } from './read.ts';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export const inEuro: BankFileOptions = { currency: currencyOf('EUR') };

/** The accounts of a file; throws when it is refused. */
export function accountsOf(file: BankFile | BankFileRefusal): readonly BankAccount[] {
  if (file.kind === 'refused') throw new Error(`${file.code}: ${file.message}`);
  return file.accounts;
}

/** A row on one line: `line date signed-amount category | payee | note | id | tags`, empty ends left out. */
function rowLine({ line, occurredOn, kind, amount, category, parts, payee, note, bankId, tags }: StatementRow): string {
  const split = parts?.map(
    (part) => `${part.category} ${formatAmount(part.amount)}${part.note === undefined ? '' : ` (${part.note})`}`,
  );
  const fields = [category ?? split?.join(' + ') ?? '-', payee, note, bankId, tags?.join(',')].map((field) => field ?? '');
  while (fields.at(-1) === '') fields.pop();
  return `${line} ${occurredOn} ${kind === 'expense' ? '-' : '+'}${formatAmount(amount)} ${fields.join(' | ')}`;
}

export function rowLines(account: BankAccount | undefined): readonly string[] {
  return (account?.rows ?? []).map(rowLine);
}

export function badLines(account: BankAccount | undefined): readonly string[] {
  return (account?.bad ?? []).map(({ line, code }) => `${line} ${code}`);
}

/** What a file says of its account beside the rows. */
export function frameOf(account: BankAccount | undefined): string {
  if (account === undefined) throw new Error('there is no such account');
  const { account: name, currency, from, to, closing, closingOn } = account;
  return `${name} ${currency} ${from}..${to} ${closing === null ? '-' : formatAmount(closing)} ${closingOn ?? '-'}`;
}

/** The code and the place of a refusal. */
export function refusalOf(file: BankFile | BankFileRefusal): string {
  if (file.kind !== 'refused') throw new Error('the file was read');
  if ('accounts' in file) throw new Error('a refused file has accounts');
  return [file.code, file.line, file.place].filter((part) => part !== undefined).join(' ');
}

const words = fc
  .stringMatching(/^[A-Za-z0-9äöüß&<>.,'-]{1,8}( [A-Za-z0-9äöüß&<>.,'-]{1,8}){0,3}$/)
  .filter((text) => /[a-z0-9]/i.test(text));

/** Rows as any format can tell them: a sign, a day, an amount with two decimals, two texts and an id of its own. */
export const someRows: fc.Arbitrary<readonly StatementRow[]> = fc
  .uniqueArray(
    fc.record({
      minor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      out: fc.boolean(),
      day: fc.date({ min: new Date('2000-01-01'), max: new Date('2067-12-31'), noInvalidDate: true }),
      payee: words,
      note: words,
      id: fc.stringMatching(/^[A-Z][A-Z0-9]{7,15}$/),
    }),
    { minLength: 1, maxLength: 20, selector: ({ id }) => id },
  )
  .map((facts) =>
    facts.map(({ minor, out, day, payee, note, id }, index): StatementRow => {
      const kind = out ? 'expense' : 'income';
      const amount = money(minor, currencyOf('EUR'));
      const occurredOn = day.toISOString().slice(0, 10) as CivilDate;
      const [lowPayee, lowNote] = [payee.toLowerCase(), note.toLowerCase()];
      const told = lowNote.includes(lowPayee) ? note : `${payee} · ${note}`;
      return {
        line: index,
        kind,
        amount,
        occurredOn,
        ...(out ? { category: 'Unsorted' } : {}),
        payee,
        ...(lowNote === lowPayee ? {} : { note }),
        bankId: id,
        fingerprint: fingerprintOf({ kind, amount, occurredOn, note: lowNote === lowPayee ? payee : told }),
      };
    }),
  );

/** Rows without their place in the file, which a writer chooses. */
export function placeless(rows: readonly StatementRow[], { withIds = true } = {}): readonly unknown[] {
  return rows.map(({ line: _, bankId, bankAccount: __, ...row }) => (withIds ? { ...row, bankId } : row));
}

export function signedOf({ kind, amount }: StatementRow): string {
  return `${kind === 'expense' ? '-' : ''}${formatAmount(amount)}`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalOf, nameAccounts, type Journal, type JournalVoids } from '@kakeibo/core';
import { figuresOf, type Figures } from './figures.ts';
import type { History } from './histories.ts';
import type { Tool } from './tools.ts';

/** Exports histories as one journal, lets a tool read it, and gives each difference from the slow figures. */
export async function differences(tool: Tool, histories: readonly History[], voids: JournalVoids): Promise<readonly string[]> {
  const wallets = histories.flatMap((history) => history.wallets);
  const journal = journalOf({ wallets, voids });
  const names = nameAccounts(
    journal.accounts.filter(({ parts }) => parts.length > 0),
    tool.style,
  );
  if (new Set(names.values()).size !== names.size) return ['two accounts have one name'];
  // Accounts that nothing is posted to in the end may have no name: their figures are zero.
  const slow = histories.flatMap((history) => history.expected ?? history.wallets);
  const expected = figuresOf(slow, voids, (key) => names.get(key) ?? key);
  const folder = await mkdtemp(join(tmpdir(), 'kakeibo-oracle-'));
  try {
    const file = join(folder, `books.${tool.name}`);
    await writeFile(file, [...tool.write(journal, { checks: 'each' })].join(''));
    const walletNames = new Set(journal.wallets.map(({ account }) => names.get(account.key) ?? ''));
    const actual = await tool.read(file, walletNames);
    return [...monthDifferences(expected, actual), ...registerDifferences(expected, actual, pairsIn(journal))];
  } catch (error) {
    return [`${tool.name} does not read it: ${(error as Error).message}`];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function monthDifferences(expected: Figures, actual: Figures): readonly string[] {
  const keys = new Set([...expected.months.keys(), ...actual.months.keys()]);
  return [...keys].flatMap((key) => {
    const [one, other] = [expected.months.get(key) ?? 0n, actual.months.get(key) ?? 0n];
    return one === other ? [] : [`${key}: ${one} expected, ${other} read`];
  });
}

/** A transfer that is one transaction bears the id of the entry that sent it. */
function pairsIn(journal: Journal): ReadonlyMap<string, string> {
  return new Map(
    journal.transactions.flatMap(({ id, metadata }) =>
      metadata.flatMap(([name, value]) => (name === 'received' ? [[value, id] as const] : [])),
    ),
  );
}

function registerDifferences(expected: Figures, actual: Figures, pairs: ReadonlyMap<string, string>): readonly string[] {
  const accounts = new Set([...expected.registers.keys(), ...actual.registers.keys()]);
  return [...accounts].flatMap((account) => {
    const [own, read] = [expected.registers.get(account) ?? [], actual.registers.get(account) ?? []];
    const found = Array.from({ length: Math.max(own.length, read.length) }, (_, at) => {
      const [one, other] = [own[at], read[at]];
      const id = one === undefined ? undefined : (pairs.get(one.id) ?? one.id);
      const isEqual =
        one?.date === other?.date &&
        id === other?.id &&
        one?.amount === other?.amount &&
        one?.running === other?.running &&
        (other?.note === undefined || one?.note === other.note);
      return isEqual ? [] : [`${account} row ${at + 1}: ${told(one)} expected, ${told(other)} read`];
    });
    return found.flat();
  });
}

function told(row: object | undefined): string {
  return row === undefined ? 'nothing' : Object.values(row).join(' ');
}

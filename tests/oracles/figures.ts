/** The figures that every tool must come to, computed the slow and obvious way from the entries. */
import {
  categoryAccount,
  conversion,
  inTransit,
  walletAccount,
  type JournalVoids,
  type JournalWalletSource,
  type Money,
} from '@kakeibo/core';

/** A posting to a wallet, and what the wallet holds after it. */
export interface RegisterRow {
  readonly date: string;
  readonly id: string;
  readonly amount: bigint;
  readonly running: bigint;
  /** The note as it reads back, where it is asked for. */
  readonly note?: string | undefined;
}

/** What a tool, or the slow code, makes of a journal: minor units, exactly. Months that come to nothing are left out. */
export interface Figures {
  /** By account, currency and month, joined by a tab. */
  readonly months: ReadonlyMap<string, bigint>;
  /** By the wallet's account. */
  readonly registers: ReadonlyMap<string, readonly RegisterRow[]>;
}

/** The key of a month's figure. */
export function monthKey(account: string, currency: string, month: string): string {
  return [account, currency, month].join('\t');
}

/** The figures; accounts bear the names that `nameOf` gives them by their key. */
export function figuresOf(
  wallets: readonly JournalWalletSource[],
  voids: JournalVoids,
  nameOf: (key: string) => string,
): Figures {
  const months = new Map<string, bigint>();
  const count = (key: string, { minor, currency }: Money, sign: bigint, on: string): void => {
    const place = monthKey(nameOf(key), currency, on.slice(0, 7));
    months.set(place, (months.get(place) ?? 0n) + sign * minor);
  };
  const registers = new Map<string, readonly RegisterRow[]>();
  for (const wallet of wallets) {
    const own = walletAccount(wallet).key;
    for (const { facts, void: isVoid } of wallet.entries) {
      if (isVoid === true) continue;
      const { kind, amount, occurredOn: on, transfer } = facts;
      const parts = facts.parts ?? [{ category: facts.category, amount }];
      if (kind === 'income') {
        count(own, amount, 1n, on);
        for (const part of parts) count(categoryAccount('Income', part.category).key, part.amount, -1n, on);
      } else if (kind === 'expense') {
        count(own, amount, -1n, on);
        for (const part of parts) count(categoryAccount('Expenses', part.category).key, part.amount, 1n, on);
      } else if (kind === 'refund') {
        count(own, amount, 1n, on);
        for (const part of parts) count(categoryAccount('Expenses', part.category).key, part.amount, -1n, on);
      } else if (kind === 'sent') {
        count(own, amount, -1n, on);
        count(inTransit.key, amount, 1n, on);
      } else {
        const given = transfer?.other ?? amount;
        count(own, amount, 1n, on);
        count(inTransit.key, given, -1n, on);
        count(conversion.key, given, 1n, on);
        count(conversion.key, amount, -1n, on);
      }
    }
    const rows = registerOf(wallet, voids);
    if (rows.length > 0) registers.set(nameOf(own), rows);
  }
  for (const [key, sum] of months) if (sum === 0n) months.delete(key);
  return { months, registers };
}

function registerOf({ entries }: JournalWalletSource, voids: JournalVoids): readonly RegisterRow[] {
  const sorted = [...entries].sort((one, other) =>
    one.facts.occurredOn === other.facts.occurredOn
      ? one.version - other.version
      : one.facts.occurredOn < other.facts.occurredOn
        ? -1
        : 1,
  );
  let running = 0n;
  const rows: RegisterRow[] = [];
  const push = (id: string, date: string, amount: bigint, note: string): void =>
    void rows.push({ id, date, amount, running: (running += amount), note });
  for (const { id, facts, void: isVoid } of sorted) {
    const signed = facts.kind === 'expense' || facts.kind === 'sent' ? -facts.amount.minor : facts.amount.minor;
    const note = (facts.note ?? '').toWellFormed();
    if (isVoid !== true || voids === 'audit') push(id, facts.occurredOn, signed, note);
    if (isVoid === true && voids === 'audit') push(`${id}-void`, facts.occurredOn, -signed, note);
  }
  return rows;
}

import type { EntryLine, ImportedRow, LimitDetails, ScheduleDetails } from '@kakeibo/core';
import { choose, dayOf, isRefusal, CATEGORIES } from './choices.ts';
import type { Step } from './history.ts';
import type { Purse, World } from './world.ts';

/** Limits of every scope, period, mode and roll-over. */
export function limitOf({ text }: Purse, step: Step): LimitDetails {
  const { at, day, minor } = step;
  const scope = at % 4 === 0 ? { scope: 'Food' } : at % 4 === 1 ? { tag: 'trip' } : at % 4 === 2 ? { scope: 'Food:Cafe' } : {};
  return {
    ...scope,
    period: choose(['month', 'week', 'month', 'quarter', 'year', 'day'], at) as string,
    amount: isRefusal(step) ? 'a lot' : text(minor * 2),
    mode: choose(['warn', 'warn', 'block'], day) as string,
    rollover: choose(['none', 'surplus', 'both'], minor) as string,
    ...(minor % 4 === 0 ? { cap: text(50) } : {}),
    ...(minor % 5 === 0 ? { thresholds: [50, 80, 100] } : {}),
    startsOn: dayOf(step),
  };
}

const RULES = [
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9',
  'FREQ=DAILY;INTERVAL=10',
  'FREQ=MONTHLY',
] as const;

/** A schedule that starts around today, also one of transfers. */
export function scheduleOf(world: World, { text, currency, wallet }: Purse, step: Step): ScheduleDetails {
  const { at, minor, day } = step;
  const target = choose(
    world.purses.filter((purse) => purse.wallet.id !== wallet.id),
    at,
  );
  const isTransfer = at % 4 === 3 && target !== undefined;
  return {
    amount: text(minor),
    rule: isRefusal(step) ? 'FREQ=NEVER' : (choose(RULES, at) as string),
    startsOn: world.day(day),
    shift: choose(['none', 'before', 'after'], day) as string,
    ...(isTransfer
      ? {
          kind: 'transfer',
          to: target.wallet.id,
          ...(target.currency === currency ? {} : { toAmount: target.text(minor) }),
        }
      : { kind: choose(['expense', 'income'], day) as string, category: choose(CATEGORIES, minor) as string }),
  };
}

/** Rows of few days, amounts and ids, so that they come again, told anew, or as what a person booked. */
export function rowsOf({ text }: Purse, step: Step, lines: readonly EntryLine[]): readonly ImportedRow[] {
  const rows = Array.from({ length: 1 + (step.at % 5) }, (_, index): ImportedRow => {
    const dice = step.minor + index * (1 + (step.day % 3));
    const [kind, minor] = [choose(['expense', 'income', 'expense'] as const, dice) ?? 'expense', 1 + (dice % 4)];
    const occurredOn = `2026-08-${String(10 + (dice % 7)).padStart(2, '0')}`;
    return {
      kind,
      amount: isRefusal(step) ? '0' : text(minor),
      occurredOn,
      category: 'Unsorted',
      payee: choose(['Cafe', 'Mill'], dice) as string,
      fingerprint: `${kind} ${minor}`,
      ...(dice % 3 === 0
        ? { bankId: `bank ${dice % 5}`, ...(dice % 2 === 0 ? { bankAccount: `account ${dice % 7}` } : {}) }
        : {}),
    };
  });
  const mine = lines.find(({ kind, importId, transfer }) => kind === 'expense' && importId === null && transfer === null);
  if (step.at % 3 !== 1 || mine === undefined) return rows;
  const { id, amount, occurredOn } = mine;
  const fingerprint = `match ${step.minor}`;
  return [...rows, { kind: 'expense', amount, occurredOn, category: 'Unsorted', fingerprint, matches: id }];
}

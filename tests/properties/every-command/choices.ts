import type { AddRefund, CivilDate, EntryDetails, EntryLine, Wallet } from '@kakeibo/core';
import { addDays } from '@kakeibo/core';
import type { Step } from './history.ts';
import { FIRST_DAY, type Purse } from './world.ts';

export const CATEGORIES = ['Food', 'Food:Cafe', 'Rent', 'Fun:Games'] as const;

export function choose<Item>(items: readonly Item[], at: number): Item | undefined {
  return items[at % Math.max(1, items.length)];
}

/** Whether it is to say something that is refused. */
export function isRefusal({ twist }: Step): boolean {
  return twist === 0;
}

/** The day of a step: some are in the past, some after today. */
export function dayOf({ day }: Step): CivilDate {
  return addDays(FIRST_DAY, day - 20);
}

export async function linesOf(wallet: Wallet, kind: 'exclude' | 'only'): Promise<readonly EntryLine[]> {
  return (await wallet.entries({ void: kind }, { limit: 500 })).items;
}

/** What an entry says: a category, or parts. */
export function detailsOf({ text }: Purse, step: Step): EntryDetails {
  const amount = isRefusal(step) ? '0' : text(step.minor + 1);
  const [category, other] = [choose(CATEGORIES, step.at) as string, choose(CATEGORIES, step.at + 1) as string];
  const said = {
    amount,
    occurredOn: dayOf(step),
    ...(step.at % 4 === 0 ? {} : { payee: choose(['Cafe', 'Mill', 'Éclair'], step.at) as string }),
    ...(step.at % 5 === 0 ? { tags: ['trip', 'kids'] } : {}),
    ...(step.at % 7 === 0 ? { note: `note ${step.minor}` } : {}),
  };
  if (step.at % 6 !== 0) return { ...said, category };
  return {
    ...said,
    parts: [
      { category, share: 2 },
      { category: other, share: 1, note: 'the rest' },
    ],
  };
}

/** Money that came back for an expense, or for nothing that is known. */
export function refundedBy(purse: Purse, step: Step, line: EntryLine | undefined): Omit<AddRefund, 'type'> {
  const amount = isRefusal(step) ? purse.text(9_999_999) : purse.text(1 + (step.minor % 40));
  if (line === undefined) return { amount, category: 'Food', occurredOn: dayOf(step) };
  return { amount, refunds: line.id, occurredOn: dayOf(step) };
}

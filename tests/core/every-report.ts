import { periodFrom, type CivilDate, type Period, type WalletReads } from '@kakeibo/core';

export const stretches = [
  periodFrom('2026-10-01', '2026-11-01'),
  periodFrom('2025-10-15', '2026-10-15'),
  periodFrom('2024-02-29', '2024-03-01'),
] as readonly Period[];

const compare = ['previous', 'year'] as const;

/** Everything that is read of a wallet and does not hang on its today, in one value. */
export async function everyReport(reads: WalletReads, on = '2026-10-14' as CivilDate) {
  const pages = await Promise.all(
    stretches.map(async (period) => ({
      spending: await reads.spending(period, { compare }),
      byMonth: await reads.spendingByMonth(period, { compare }),
      byPayee: await reads.spendingByName({ period, by: 'payee', compare }),
      byTag: await reads.spendingByName({ period, by: 'tag', compare, limit: 1 }),
      balance: await reads.balance({ period, by: 'month', on }),
      daily: await reads.balance({ period, by: 'day', on }),
      budget: await reads.budget(period),
      cashflow: await reads.cashflow(period),
      income: await reads.incomeStatement(period),
      statement: await reads.statement({ period, limit: 200 }),
      largest: await reads.largest({ period, limit: 5 }),
      unusual: await reads.unusual({ period, limit: 50 }),
      checks: await reads.checks(period),
    })),
  );
  return {
    pages,
    limits: await reads.limits(on),
    goals: await goalsOf(reads, on),
    schedules: await reads.schedules(),
    rates: await reads.rates(),
    entries: await reads.entries({ void: 'include' }, { limit: 200 }),
    totals: await reads.totals({}),
  };
}

async function goalsOf(reads: WalletReads, on: CivilDate) {
  const list = await reads.goals(on);
  return { list, each: await Promise.all(list.items.map(({ id }) => reads.goal(id, on))) };
}

/** Everything that is read of a wallet from its today on, in one value. */
export async function everyLookAhead(reads: WalletReads, to = '2027-02-01' as CivilDate) {
  return { forecast: await reads.forecast({ to }), upcoming: await reads.upcoming({ to }), plans: await reads.plans() };
}

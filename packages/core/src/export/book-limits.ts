import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import { money } from '../money.ts';
import { isEnd, type StoredHistory } from '../wallet/limit-terms.ts';
import type { JournalLimit } from './journal-source.ts';

/**
 * A wallet's limits as a journal takes them: each amount that was in force, from the first day of its first period to the first
 * that it rules no longer. What was replaced before a period came to its end never ruled one.
 */
export function bookLimits(limits: Readonly<Record<LimitId, StoredHistory>>, currency: CurrencyCode): readonly JournalLimit[] {
  return Object.entries(limits).flatMap(([id, history]) =>
    history.flatMap((terms, at): readonly JournalLimit[] => {
      if (isEnd(terms)) return [];
      const endsOn = earliest([
        ...history.slice(at + 1).map(({ since }) => since),
        ...(terms.range === undefined ? [] : [terms.range.to]),
      ]);
      if (endsOn !== undefined && endsOn <= terms.since) return [];
      const { period, firstDay, amount, since, scope, tag, rollover, cap } = terms;
      return [
        {
          id,
          period,
          firstDay,
          amount: money(BigInt(amount), currency),
          startsOn: since,
          endsOn,
          scope,
          tag,
          rollover: rollover === 'none' ? undefined : rollover,
          cap: cap === undefined ? undefined : money(BigInt(cap), currency),
        },
      ];
    }),
  );
}

function earliest(days: readonly CivilDate[]): CivilDate | undefined {
  return days.toSorted()[0];
}

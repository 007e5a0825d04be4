import { periodOf, type CivilDate } from '../calendar.ts';
import type { JournalLimit } from './journal-source.ts';

const ADVERBS = { day: 'daily', week: 'weekly', month: 'monthly', quarter: 'quarterly', year: 'yearly' } as const;
type Regular = keyof typeof ADVERBS;

function isRegular(period: string): period is Regular {
  return Object.hasOwn(ADVERBS, period);
}

/**
 * How often a limit begins anew and on which day first, as all three tools say it: they begin periods on their first day in the
 * calendar. A limit of a tag or of a period of its own has no such form.
 */
export function limitStartOf({
  period,
  startsOn,
  endsOn,
  tag,
}: JournalLimit): { readonly adverb: string; readonly from: CivilDate } | undefined {
  if (tag !== undefined || !isRegular(period)) return undefined;
  const from = period === 'quarter' ? quarterOf(startsOn) : periodOf(period, startsOn).from;
  return endsOn !== undefined && endsOn <= from ? undefined : { adverb: ADVERBS[period], from };
}

function quarterOf(date: CivilDate): CivilDate {
  const month = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${date.slice(0, 5)}${String(month).padStart(2, '0')}-01` as CivilDate;
}

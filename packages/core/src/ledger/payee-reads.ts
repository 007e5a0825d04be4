import type { CivilDate } from '../calendar.ts';
import { PAYEE_INITIALS, payeeBucket, payeeInitials, payeeKey, payees } from '../wallet/payees.ts';
import type { Views } from '../wallet/state.ts';
import type { AsOf } from './report-reads.ts';
import type { Session } from './session.ts';

/** Somebody whom the wallet paid, or who paid. */
export interface PayeeLine {
  readonly name: string;
  /** The category that the payee had last. */
  readonly category: string | null;
  readonly lastOn: CivilDate;
  readonly times: number;
}

const MAX_PAYEES = 200;

/** The payees that begin with some letters, in whatever case and accents; who comes most often first. */
export function readPayees(
  session: Session,
  stream: string,
  { prefix = '', limit }: { readonly prefix?: string; readonly limit: number },
): Promise<{ readonly items: readonly PayeeLine[] } & AsOf> {
  const start = payeeKey(prefix);
  const bucketsIn = (views: Views): readonly string[] =>
    start === '' ? views.get(payeeInitials, PAYEE_INITIALS) : [payeeBucket(start)];
  return session.read(stream, {
    needs(_, views) {
      const index = { projection: payeeInitials, bucket: PAYEE_INITIALS };
      if (!views.has(payeeInitials, PAYEE_INITIALS)) return [index];
      return [index, ...bucketsIn(views).map((bucket) => ({ projection: payees, bucket }))];
    },
    result(_, views, at) {
      const items = bucketsIn(views)
        .flatMap((bucket) => Object.entries(views.get(payees, bucket)))
        .filter(([key]) => key.startsWith(start))
        .map(([, { name, category, lastOn, times }]) => ({ name, category: category ?? null, lastOn, times }))
        .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1))
        .slice(0, Math.min(limit, MAX_PAYEES));
      return { items, ...at };
    },
  });
}

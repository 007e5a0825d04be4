import type { Limit } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { addDays, addMonths, partsOf } from '../days/day.ts';
import { monthName } from '../days/format-day.ts';
import { LimitRow, Scale, share } from '../limits/limit-bar.tsx';
import { Link } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { limits } from '../state/books.ts';

const MOST = 8;

export function gravestFirst(held: readonly Limit[]): readonly Limit[] {
  return held.toSorted(
    (left, right) => share(right.current.spent, right.current.budget) - share(left.current.spent, left.current.budget),
  );
}

export function LimitSheet({ wallet }: { readonly wallet: Wallet }) {
  const { day } = partsOf(wallet.today);
  const last = partsOf(addDays(addMonths(wallet.today, 1), -1)).day;
  return (
    <Sheet
      id="limits"
      title="Limits"
      class="c7"
      note={`${monthName(wallet.today)}, day ${day} of ${last}`}
      end={<Link to="/limits">All limits</Link>}
    >
      <Read from={limits.of(wallet.id)} rows={5}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              action={
                <Link class="btn" to="/limits?new=1">
                  Set a limit
                </Link>
              }
            >
              No limits yet. Set one and hear before it is too late.
            </Empty>
          ) : (
            <>
              <Scale first={items[0]?.thresholds[0] ?? 80} />
              <ul class="limits">
                {gravestFirst(items)
                  .slice(0, MOST)
                  .map((limit) => (
                    <LimitRow key={limit.id} limit={limit} currency={wallet.currency} />
                  ))}
              </ul>
              {items.length > MOST && (
                <p class="sheet__foot">
                  <Link to="/limits">{items.length - MOST} more</Link>
                </p>
              )}
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

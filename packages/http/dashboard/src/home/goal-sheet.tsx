import type { Goal, GoalState } from '../api/goal-types.ts';
import type { Wallet } from '../api/types.ts';
import { goals } from '../goals/goal-book.ts';
import { GoalRow } from '../goals/goal-row.tsx';
import { Amt } from '../money/amt.tsx';
import { Link } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';

const MOST = 4;
const URGENCY: Readonly<Record<GoalState, number>> = { overdue: 0, behind: 1, 'on-track': 2, open: 3, reached: 4 };

/** What needs a look first. */
function mostUrgentFirst(items: readonly Goal[]): readonly Goal[] {
  return items.toSorted((left, right) => URGENCY[left.state] - URGENCY[right.state] || right.percent - left.percent);
}

export function GoalSheet({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="goals" title="Goals" class="c5" end={<Link to="/goals">All goals</Link>}>
      <Read from={goals.of(wallet.id)} rows={4}>
        {({ items, balance, setAside, available }) =>
          items.length === 0 ? (
            <Empty
              action={
                <Link class="btn" to="/goals?new=1">
                  Set a goal
                </Link>
              }
            >
              No goals yet. Set one and see what it takes each week.
            </Empty>
          ) : (
            <>
              <ul class="limits">
                {mostUrgentFirst(items)
                  .slice(0, MOST)
                  .map((goal) => (
                    <GoalRow key={goal.id} goal={goal} currency={wallet.currency} />
                  ))}
              </ul>
              <p class="sheet__foot">
                <Amt value={setAside} /> of the <Amt value={balance} /> is set aside; <Amt value={available} /> is available.
              </p>
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

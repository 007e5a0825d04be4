import { readGoal } from '../api/goal-reads.ts';
import type { Goal, GoalStep } from '../api/goal-types.ts';
import type { Wallet } from '../api/types.ts';
import { dayInWords, instantInWords } from '../days/format-day.ts';
import { words } from '../money/amt.tsx';
import { Read, Sheet } from '../shell/sheet.tsx';
import { useOwnResource } from '../state/resource.ts';

interface GoalStoryProps {
  readonly wallet: Wallet;
  readonly goal: Goal;
  readonly close: () => void;
}

/** Everything that happened to a goal, newest first. */
export function GoalStory({ wallet, goal, close }: GoalStoryProps) {
  const detail = useOwnResource(() => readGoal(wallet.id, goal.id), `${wallet.id} ${goal.id}`, wallet.version);
  const shut = (
    <button class="textbtn" type="button" onClick={close}>
      Close<span class="sr"> the history</span>
    </button>
  );
  return (
    <Sheet id="goal-story" title={`What happened: ${goal.name}`} end={shut}>
      <Read from={detail} rows={4}>
        {({ history }) => (
          <div class="story">
            <ol>
              {history.map((step) => (
                <li key={step.version}>
                  {happened(step)}
                  <small>
                    {instantInWords(step.recordedAt, wallet.zone, wallet.today)}, event {step.version}
                  </small>
                </li>
              ))}
            </ol>
          </div>
        )}
      </Read>
    </Sheet>
  );
}

function happened({ type, amount, name, target, by }: GoalStep): string {
  if (type === 'MoneySaved') return `${words(amount ?? '0', { plus: true })} set aside`;
  if (type === 'SavingsReleased') return `${words(`-${amount ?? '0'}`)} released`;
  if (type === 'GoalRemoved') return 'Removed';
  const day = by === undefined ? '' : `, by ${dayInWords(by)} ${by.slice(0, 4)}`;
  return `Set: ${name ?? ''}, ${target === undefined ? '' : words(target)}${day}`;
}

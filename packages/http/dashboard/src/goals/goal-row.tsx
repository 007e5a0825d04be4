import type { ComponentChildren } from 'preact';
import type { Goal, GoalState } from '../api/goal-types.ts';
import { dayInWords } from '../days/format-day.ts';
import { minus, toMinor } from '../money/amount.ts';
import { Amt, words } from '../money/amt.tsx';
import { Icon, type IconName } from '../shell/icon.tsx';

const SAID: Readonly<Record<GoalState, { readonly text: string; readonly look: string; readonly icon?: IconName } | undefined>> =
  {
    reached: { text: 'reached', look: 'state--ok', icon: 'ok' },
    'on-track': { text: 'on track', look: 'quiet' },
    behind: { text: 'behind', look: 'state--near', icon: 'warn' },
    overdue: { text: 'overdue', look: 'state--near', icon: 'clock' },
    open: undefined,
  };

function State({ goal }: { readonly goal: Goal }) {
  const said = SAID[goal.state];
  if (said === undefined) return null;
  return (
    <span class={`state quiet ${said.look}`}>
      {said.icon !== undefined && <Icon name={said.icon} small />}
      {said.text}
    </span>
  );
}

/** What is to be done to reach it, and how far it is from where it should be. */
function Way({ goal }: { readonly goal: Goal }) {
  const { state, by, perWeek, weeksLeft, expected, saved } = goal;
  if (state === 'reached' || by === null) return null;
  const day = `${dayInWords(by)} ${by.slice(0, 4)}`;
  if (perWeek === null || weeksLeft === null) return <> · was due on {day}</>;
  const short = expected === null ? undefined : minus(expected, saved);
  return (
    <>
      {' · '}
      <Amt value={perWeek} /> a week for {weeksLeft === 1 ? '1 week' : `${weeksLeft} weeks`} reaches it by {day}
      {state === 'behind' && short !== undefined && toMinor(short) > 0n && (
        <>
          {', '}
          <Amt value={short} /> behind by now
        </>
      )}
    </>
  );
}

interface GoalRowProps {
  readonly goal: Goal;
  readonly currency: string;
  readonly actions?: ComponentChildren;
}

/** One goal: what is to go, the bar, and what it takes. */
export function GoalRow({ goal, currency, actions }: GoalRowProps) {
  const { name, saved, target, left, percent } = goal;
  const label = `${name}: ${words(saved)} of ${words(target)} ${currency} saved, ${percent} percent`;
  return (
    <li class="limit" id={`goal-${goal.id}`}>
      <div class="limit__name">
        <bdi>{name}</bdi>
        <State goal={goal} />
      </div>
      <div class="limit__left">
        <Amt value={left} /> <small>to go</small>
      </div>
      <div class="goal-bar" role="img" aria-label={label}>
        <i style={{ '--len': `${Math.min(percent, 100)}%` }} />
      </div>
      <div class="limit__of">
        <Amt value={saved} /> of <Amt value={target} />
        <Way goal={goal} />
      </div>
      <div class="limit__pct">{percent} %</div>
      {actions}
    </li>
  );
}

import { useSignal } from '@preact/signals';
import type { Goal, GoalList } from '../api/goal-types.ts';
import type { Wallet } from '../api/types.ts';
import { toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Bones, Empty, Read, Sheet } from '../shell/sheet.tsx';
import { useSettled } from '../state/resource.ts';
import { address, setQuery } from '../state/route.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { goals } from './goal-book.ts';
import { removeGoal } from './goal-deeds.ts';
import { GoalForm } from './goal-form.tsx';
import { GoalRow } from './goal-row.tsx';
import { GoalStory } from './goal-story.tsx';
import { type Move, MoveForm } from './move-form.tsx';

type Editing = { readonly goal: Goal | undefined } | undefined;
type Moving = { readonly id: string; readonly how: Move } | undefined;

export function GoalsPage({ wallet }: { readonly wallet: Wallet }) {
  const editing = useSignal<Editing>(address.peek().searchParams.has('new') ? { goal: undefined } : undefined);
  const told = useSignal<string | undefined>(undefined);
  const close = (): void => {
    editing.value = undefined;
    setQuery({ new: undefined });
  };
  if (!useSettled([goals.of(wallet.id)])) return <Bones rows={12} />;
  const form = editing.value;
  const story = goals.of(wallet.id).value.value?.items.find((goal) => goal.id === told.value);
  return (
    <>
      <Standing wallet={wallet} />
      <div class="cols">
        <div class="stack c8">
          {form !== undefined && (
            <Sheet id="goal-form" title={form.goal === undefined ? 'Set a goal' : `Change ${form.goal.name}`}>
              <GoalForm key={form.goal?.id} wallet={wallet} goal={form.goal} close={close} />
            </Sheet>
          )}
          <GoalsSheet
            wallet={wallet}
            edit={form === undefined ? (goal) => (editing.value = { goal }) : undefined}
            tell={(goal) => (told.value = goal.id)}
          />
        </div>
        <div class="stack c4">
          {story === undefined ? (
            <Sheet id="goals-how" title="How goals work">
              <p class="second">
                Money that is set aside stays in the wallet: the balance does not move. What is not set aside is available.
              </p>
            </Sheet>
          ) : (
            <GoalStory wallet={wallet} goal={story} close={() => (told.value = undefined)} />
          )}
        </div>
      </div>
    </>
  );
}

/** What is in the wallet, how much of it is set aside, and what is free. */
function Standing({ wallet }: { readonly wallet: Wallet }) {
  const read: Pick<GoalList, 'balance' | 'setAside' | 'available'> = goals.of(wallet.id).value.value ?? wallet;
  const short = toMinor(read.available) < 0n;
  return (
    <dl class="figures figures--three">
      <div class="figure figure--big">
        <dt>Available</dt>
        <dd class="num">
          <Amt value={read.available} />
          <span class="cur">{wallet.currency}</span>
        </dd>
        <dd class="basis">
          {short ? 'More was spent than was free. Release some of what is set aside.' : 'Balance, less what is set aside.'}
        </dd>
      </div>
      <div class="figure">
        <dt>Balance</dt>
        <dd class="num">
          <Amt value={read.balance} />
        </dd>
        <dd class="basis">in {wallet.name}</dd>
      </div>
      <div class="figure">
        <dt>Set aside</dt>
        <dd class="num">
          <Amt value={read.setAside} />
        </dd>
        <dd class="basis">for all goals together</dd>
      </div>
    </dl>
  );
}

interface GoalsSheetProps {
  readonly wallet: Wallet;
  readonly edit: ((goal: Goal | undefined) => void) | undefined;
  readonly tell: (goal: Goal) => void;
}

function GoalsSheet({ wallet, edit, tell }: GoalsSheetProps) {
  const moving = useSignal<Moving>(undefined);
  const none = goals.of(wallet.id).value.value?.items.length === 0;
  const set = (look: string) =>
    edit !== undefined && (
      <button class={look} type="button" onClick={() => edit(undefined)}>
        Set a goal
      </button>
    );
  return (
    <Sheet id="all-goals" title="All goals" note={wallet.currency} end={none ? undefined : set('btn')}>
      <Read from={goals.of(wallet.id)} rows={6}>
        {({ items, available }) =>
          items.length === 0 ? (
            <Empty action={set('btn btn--main')}>No goals yet. Set one and see what it takes each week.</Empty>
          ) : (
            <ul class="limits">
              {items.map((goal) => (
                <GoalRow
                  key={goal.id}
                  goal={goal}
                  currency={wallet.currency}
                  actions={
                    <>
                      <Actions
                        wallet={wallet}
                        goal={goal}
                        edit={() => edit?.(goal)}
                        tell={() => tell(goal)}
                        move={(how) => (moving.value = { id: goal.id, how })}
                      />
                      {moving.value?.id === goal.id && (
                        <MoveForm
                          key={moving.value.how}
                          wallet={wallet}
                          goal={goal}
                          how={moving.value.how}
                          available={available}
                          close={() => (moving.value = undefined)}
                        />
                      )}
                    </>
                  }
                />
              ))}
            </ul>
          )
        }
      </Read>
    </Sheet>
  );
}

interface ActionsProps {
  readonly wallet: Wallet;
  readonly goal: Goal;
  readonly edit: () => void;
  readonly tell: () => void;
  readonly move: (how: Move) => void;
}

function Actions({ wallet, goal, edit, tell, move }: ActionsProps) {
  const of = <span class="sr"> {goal.name}</span>;
  const remove = (): void => {
    removeGoal(wallet.id, goal).then(did, (error: unknown) => warn(`Not removed. ${reasonOf(error)}`));
  };
  return (
    <div class="limit__actions row-actions">
      <button class="textbtn" type="button" onClick={() => move('save')}>
        Set aside{of}
      </button>
      {toMinor(goal.saved) > 0n && (
        <button class="textbtn" type="button" onClick={() => move('release')}>
          Release{of}
        </button>
      )}
      <button class="textbtn" type="button" onClick={tell}>
        History{of}
      </button>
      <button class="textbtn" type="button" onClick={edit}>
        Change{of}
      </button>
      <button class="textbtn" type="button" onClick={remove}>
        Remove{of}
      </button>
    </div>
  );
}

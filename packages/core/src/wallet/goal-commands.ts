import type { GoalId } from '../ids.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

export interface SetGoal {
  readonly type: 'SetGoal';
  readonly goalId: GoalId;
  readonly name: string;
  readonly target: string;
  readonly by?: string;
}
export interface RemoveGoal {
  readonly type: 'RemoveGoal';
  readonly goalId: GoalId;
}
export interface SaveMoney {
  readonly type: 'SaveMoney';
  readonly goalId: GoalId;
  readonly amount: string;
}
export interface ReleaseSavings {
  readonly type: 'ReleaseSavings';
  readonly goalId: GoalId;
  readonly amount: string;
}

export type GoalState = 'reached' | 'on-track' | 'behind' | 'open' | 'overdue';

export interface GoalTerms {
  readonly name: string;
  readonly target: string;
  readonly by: string | null;
}

export interface Goal extends GoalTerms {
  readonly id: string;
  readonly since: string;
  readonly saved: string;
  readonly left: string;
  readonly percent: number;
  readonly state: GoalState;
  /** What a straight line to the day comes to today. */
  readonly expected: string | null;
  readonly weeksLeft: number | null;
  readonly perWeek: string | null;
}

export interface GoalList {
  readonly items: readonly Goal[];
  readonly balance: string;
  readonly setAside: string;
  readonly available: string;
  readonly version: number;
}

export interface GoalStep {
  readonly type: 'GoalSet' | 'GoalRemoved' | 'MoneySaved' | 'SavingsReleased';
  readonly version: number;
  readonly recordedAt: string;
  readonly amount?: string;
  readonly name?: string;
  readonly target?: string;
  readonly by?: string;
}

export interface GoalDetail extends Goal {
  /** Newest first. */
  readonly history: readonly GoalStep[];
}

export interface GoalWritten {
  readonly goalId: string;
  readonly version: number;
}

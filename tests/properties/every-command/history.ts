import type { WalletCommand } from '@kakeibo/core';
import fc from 'fast-check';

export type CommandType = WalletCommand['type'];

/** What befalls a ledger beside its commands. */
export type Happening = 'Time' | 'Settle' | 'Restart';

/**
 * One thing that is done or happens. All of them have the same few figures, so that a history shrinks by leaving steps out and by
 * smaller figures; which entry, plan or transfer a step is about is chosen among those there are when it comes.
 */
export interface Step {
  readonly type: CommandType | Happening;
  /** Which wallet. */
  readonly wallet: number;
  /** What it is about, among what there is. */
  readonly at: number;
  readonly minor: number;
  /** A day, counted from the first of the history. */
  readonly day: number;
  /** 0: it says something that is to be refused. */
  readonly twist: number;
}

/** How often each comes: a command that is not here does not compile. */
const WEIGHTS: Readonly<Record<Step['type'], number>> = {
  OpenWallet: 2,
  RenameWallet: 2,
  CloseWallet: 1,
  ReopenWallet: 4,
  AddIncome: 9,
  AddExpense: 12,
  AddRefund: 5,
  CorrectEntry: 6,
  CorrectEntries: 3,
  VoidEntry: 4,
  RestoreEntry: 4,
  PlanEntry: 6,
  BookPlan: 4,
  DropPlan: 3,
  ExpirePlans: 3,
  CheckBalance: 4,
  SendTransfer: 8,
  JoinTransfer: 3,
  ReceiveTransfer: 2,
  ReturnTransfer: 2,
  RecallTransfer: 4,
  GiveBackTransfer: 4,
  SetGoal: 6,
  RemoveGoal: 2,
  SaveMoney: 6,
  ReleaseSavings: 5,
  SetLimit: 8,
  RemoveLimit: 2,
  SetSchedule: 7,
  StopSchedule: 2,
  SkipOccurrence: 4,
  KeepOccurrence: 4,
  BookDue: 5,
  SetImportRule: 3,
  RemoveImportRule: 2,
  SetRate: 3,
  RemoveRate: 2,
  ImportEntries: 6,
  UndoImport: 3,
  UndoChange: 8,
  Time: 6,
  Settle: 4,
  Restart: 2,
};

const step: fc.Arbitrary<Step> = fc.record({
  type: fc.oneof(
    ...(Object.entries(WEIGHTS) as [Step['type'], number][]).map(([type, weight]) => ({ weight, arbitrary: fc.constant(type) })),
  ),
  // Most of it happens in one wallet, so that steps meet.
  wallet: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 3, 4),
  at: fc.nat(999),
  minor: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 90_000 })),
  day: fc.nat(90),
  twist: fc.nat(9),
});

/** What is done, and a few moments of it that are looked at. */
export interface History {
  readonly steps: readonly Step[];
  readonly moments: readonly number[];
}

export const history: fc.Arbitrary<History> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }),
  moments: fc.array(fc.nat(79), { maxLength: 2 }),
});

import type { WalletCommand } from './commands.ts';
import { giveBackTransferRule, receiveTransferRule } from './decide-arrivals.ts';
import { checkBalanceRule } from './decide-checks.ts';
import {
  addExpenseRule,
  addIncomeRule,
  correctEntriesRule,
  correctEntryRule,
  restoreEntryRule,
  voidEntryRule,
} from './decide-entries.ts';
import { releaseSavingsRule, removeGoalRule, saveMoneyRule, setGoalRule } from './decide-goals.ts';
import { importEntriesRule, undoImportRule } from './decide-imports.ts';
import { joinTransferRule } from './decide-joins.ts';
import { bookPlanRule, dropPlanRule, expirePlansRule, planEntryRule } from './decide-plans.ts';
import { removeRateRule, setRateRule } from './decide-rates.ts';
import { addRefundRule } from './decide-refunds.ts';
import { removeImportRuleRule, setImportRuleRule } from './decide-rules.ts';
import { bookDueRule, keepOccurrenceRule, setScheduleRule, skipOccurrenceRule, stopScheduleRule } from './decide-schedules.ts';
import { recallTransferRule, returnTransferRule, sendTransferRule } from './decide-transfers.ts';
import { undoChangeRule } from './decide-undo.ts';
import { closeWalletRule, openWalletRule, renameWalletRule, reopenWalletRule } from './decide-wallet.ts';
import type { Rule } from './decision.ts';
import { removeLimitRule, setLimitRule } from './limit-rules.ts';

type Named<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;

/** What there is to know of each command: a new one does not compile until it is here. */
const RULES: { readonly [Type in WalletCommand['type']]: Rule<Named<Type>> } = {
  OpenWallet: openWalletRule,
  RenameWallet: renameWalletRule,
  CloseWallet: closeWalletRule,
  ReopenWallet: reopenWalletRule,
  AddIncome: addIncomeRule,
  AddExpense: addExpenseRule,
  AddRefund: addRefundRule,
  CorrectEntry: correctEntryRule,
  CorrectEntries: correctEntriesRule,
  VoidEntry: voidEntryRule,
  RestoreEntry: restoreEntryRule,
  PlanEntry: planEntryRule,
  BookPlan: bookPlanRule,
  DropPlan: dropPlanRule,
  ExpirePlans: expirePlansRule,
  CheckBalance: checkBalanceRule,
  SendTransfer: sendTransferRule,
  JoinTransfer: joinTransferRule,
  ReceiveTransfer: receiveTransferRule,
  ReturnTransfer: returnTransferRule,
  RecallTransfer: recallTransferRule,
  GiveBackTransfer: giveBackTransferRule,
  SetGoal: setGoalRule,
  RemoveGoal: removeGoalRule,
  SaveMoney: saveMoneyRule,
  ReleaseSavings: releaseSavingsRule,
  SetLimit: setLimitRule,
  RemoveLimit: removeLimitRule,
  SetSchedule: setScheduleRule,
  StopSchedule: stopScheduleRule,
  SkipOccurrence: skipOccurrenceRule,
  KeepOccurrence: keepOccurrenceRule,
  BookDue: bookDueRule,
  SetImportRule: setImportRuleRule,
  RemoveImportRule: removeImportRuleRule,
  SetRate: setRateRule,
  RemoveRate: removeRateRule,
  ImportEntries: importEntriesRule,
  UndoImport: undoImportRule,
  UndoChange: undoChangeRule,
};

/** The rule of a command. */
export function ruleOf<Command extends WalletCommand>({ type }: Command): Rule<Command> {
  // Each rule stands under the name of its own command, which the compiler cannot follow through the look-up.
  return RULES[type] as unknown as Rule<Command>;
}

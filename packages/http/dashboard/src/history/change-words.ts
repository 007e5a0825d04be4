import type { ChangeFacts } from '../api/history-types.ts';
import type { Facts } from '../api/types.ts';
import { dayInWords } from '../days/format-day.ts';
import { words } from '../money/amt.tsx';
import { entryInWords, whatOf } from '../state/entry-words.ts';

const PLAIN: Readonly<Record<string, string>> = {
  WalletOpened: 'Wallet opened',
  WalletRenamed: 'Wallet renamed',
  WalletClosed: 'Wallet closed',
  WalletReopened: 'Wallet opened again',
  IncomeAdded: 'Booked',
  ExpenseAdded: 'Booked',
  ExpenseRefunded: 'Refund booked',
  EntryCorrected: 'Corrected',
  EntryVoided: 'Void',
  EntryRestored: 'Restored',
  EntriesImported: 'File brought in',
  ImportUndone: 'File taken back',
  LimitSet: 'Limit set',
  LimitRemoved: 'Limit removed',
  LimitRestored: 'Limit set again',
  TransferSent: 'Sent',
  TransferReceived: 'Received',
  TransferRefused: 'Transfer refused',
  TransferRecalled: 'Transfer asked back',
  TransferGivenBack: 'Transfer given back',
  TransferReturned: 'Transfer came back',
  EntryPlanned: 'Planned',
  PlanResolved: 'Plan settled',
  BalanceChecked: 'Balance checked',
  GoalSet: 'Goal set',
  GoalRemoved: 'Goal removed',
  MoneySaved: 'Set aside',
  SavingsReleased: 'Released',
  ScheduleSet: 'Schedule set',
  ScheduleStopped: 'Schedule stopped',
  OccurrenceSkipped: 'Occurrence skipped',
  OccurrenceKept: 'Occurrence kept',
  ScheduleCaughtUp: 'Schedule caught up',
  ImportRuleSet: 'Rule for files set',
  ImportRuleRemoved: 'Rule for files removed',
  RateSet: 'Rate set',
  RateRemoved: 'Rate removed',
  ChangeUndone: 'Undone',
};

/** "EntryPlanned" is "entry planned" when nobody has given it better words. */
function named(type: string): string {
  const spaced = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return PLAIN[type] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What a change did, in a line with its figures. */
export function changeInWords(what: ChangeFacts): string {
  const { type, entries, name, amount, on, entry, before, redoes, undoes } = what;
  if (type === 'ChangeUndone') return undoes === null ? 'Undone' : redoes === null ? 'An undoing' : 'Done again';
  const head = named(type);
  if (type === 'ExpenseAdded' && entry?.kind === 'sent') return `Sent: ${entryInWords(entry)}, with its fee`;
  if (entries > 1) return `${head}: ${name === null ? '' : `${name}, `}${entries} entries`;
  if (entry !== null) return `${head}: ${entryInWords(entry)}${before === null ? '' : differences(before, entry)}`;
  const rest = [name, amount === null ? null : words(amount), on === null ? null : dayInWords(on)].filter(
    (each) => each !== null,
  );
  return rest.length === 0 ? head : `${head}: ${rest.join(', ')}`;
}

function differences(before: Facts, after: Facts): string {
  const parts: string[] = [];
  if (before.amount !== after.amount) parts.push(`before ${words(before.amount)}`);
  if (before.category !== after.category && after.parts === null)
    parts.push(`${before.category ?? 'no category'} \u2192 ${after.category ?? 'none'}`);
  if (after.parts !== null && before.parts === null) parts.push(`split in ${after.parts.length}`);
  if (whatOf(before) !== whatOf(after)) parts.push(`before \u201c${whatOf(before)}\u201d`);
  if (before.occurredOn !== after.occurredOn)
    parts.push(`${dayInWords(before.occurredOn)} \u2192 ${dayInWords(after.occurredOn)}`);
  if (before.tags.join() !== after.tags.join())
    parts.push(after.tags.length === 0 ? 'no tags' : after.tags.map((tag) => `#${tag}`).join(' '));
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** The change at a version, if it is on this page. */
export function changeAt<C extends { readonly version: number; readonly to: number }>(
  changes: readonly C[],
  version: number,
): C | undefined {
  return changes.find((change) => change.version <= version && version <= change.to);
}

import type { Rejection } from '../outcome.ts';
import type { WalletCommand } from './commands.ts';
import { fields, flag, listOf, nullable, number, optional, shapeFault, text, textUpTo, type Shape } from './shape.ts';

// Types end where plain JavaScript begins. A rule that calls a method of a text would throw on anything else, and what throws
// takes those that wait with it; an id that is a number would be stored as one.

type Named<Type extends WalletCommand['type']> = Extract<WalletCommand, { type: Type }>;
type Shapes<Command> = { readonly [Field in Exclude<keyof Command, 'type'>]-?: Shape };

/** The most characters of what a file says of its rows: ids of banks, texts that equal rows share, the file's name. */
const MAX_MARK = 500;
const mark = textUpTo(MAX_MARK);

const parts = listOf(fields({ category: text, amount: optional(text), share: optional(number), note: optional(text) }));
const tags = optional(listOf(text));
const details = {
  amount: text,
  category: optional(text),
  parts: optional(parts),
  payee: optional(text),
  tags,
  note: optional(text),
  occurredOn: optional(text),
};
const changes = {
  category: nullable(text),
  payee: nullable(text),
  tags,
  note: nullable(text),
};
/** What several entries are given at once. */
export const changeShape = fields(changes);
const money = fields({ amount: text, currency: text });
const transferId = text;
const reason = optional(text);
const rowFields = {
  ...details,
  kind: text,
  occurredOn: text,
  fingerprint: mark,
  bankId: optional(mark),
  bankAccount: optional(mark),
  matches: optional(text),
  chosen: optional(flag),
};

/** A row of a file, before equal ones are counted. */
const rowShape = fields(rowFields);

/** What each field of each command is: a new one does not compile until it is here. */
const SHAPES: { readonly [Type in WalletCommand['type']]: Shapes<Named<Type>> } = {
  OpenWallet: { name: text, currency: text, zone: optional(text) },
  RenameWallet: { name: text },
  CloseWallet: {},
  ReopenWallet: {},
  AddIncome: details,
  AddExpense: details,
  AddRefund: { ...details, refunds: optional(text) },
  CorrectEntry: {
    ...changes,
    entryId: text,
    kind: optional(text),
    amount: optional(text),
    parts: nullable(parts),
    occurredOn: optional(text),
  },
  CorrectEntries: { changes: listOf(fields({ ...changes, entryId: text })) },
  VoidEntry: { entryId: text, reason },
  RestoreEntry: { entryId: text },
  PlanEntry: { ...details, kind: text, expiresOn: optional(text) },
  BookPlan: { ...details, planId: text, amount: optional(text) },
  DropPlan: { planId: text },
  ExpirePlans: {},
  CheckBalance: { counted: text, on: optional(text), category: optional(text) },
  SendTransfer: {
    from: text,
    to: text,
    amount: text,
    toCurrency: text,
    toAmount: optional(text),
    occurredOn: optional(text),
    payee: optional(text),
    tags,
    note: optional(text),
    fee: optional(fields({ amount: text, category: text })),
  },
  JoinTransfer: { entryId: text, wallet: text, other: money, counterpart: text },
  ReceiveTransfer: {
    transferId,
    from: text,
    amount: text,
    currency: text,
    sent: fields({ amount: text, currency: text, entryId: text }),
    occurredOn: text,
    note: optional(text),
    counterpart: optional(text),
  },
  ReturnTransfer: { transferId, reason },
  RecallTransfer: { transferId },
  GiveBackTransfer: { transferId, reason },
  SetGoal: { goalId: text, name: text, target: text, by: optional(text) },
  RemoveGoal: { goalId: text },
  SaveMoney: { goalId: text, amount: text },
  ReleaseSavings: { goalId: text, amount: text },
  SetLimit: {
    limitId: text,
    scope: nullable(text),
    tag: nullable(text),
    period: text,
    firstDay: optional(number),
    from: optional(text),
    to: optional(text),
    amount: text,
    thresholds: optional(listOf(number)),
    mode: optional(text),
    rollover: optional(text),
    cap: nullable(text),
    startsOn: optional(text),
  },
  RemoveLimit: { limitId: text },
  SetSchedule: {
    scheduleId: text,
    kind: text,
    to: optional(text),
    toAmount: optional(text),
    toCurrency: optional(text),
    rule: text,
    startsOn: optional(text),
    from: optional(text),
    monthEnd: optional(text),
    shift: optional(text),
    remindDays: optional(number),
    amount: text,
    category: optional(text),
    parts: optional(parts),
    payee: optional(text),
    tags,
    note: optional(text),
  },
  StopSchedule: { scheduleId: text, on: optional(text) },
  SkipOccurrence: { scheduleId: text, on: text },
  KeepOccurrence: { scheduleId: text, on: text },
  BookDue: { scheduleId: text, limit: optional(number) },
  SetImportRule: {
    ruleId: text,
    payee: optional(text),
    note: optional(text),
    kind: optional(text),
    category: optional(text),
    tags,
    rename: optional(text),
  },
  RemoveImportRule: { ruleId: text },
  SetRate: { quote: text, rate: text, on: optional(text) },
  RemoveRate: { quote: text, on: optional(text) },
  ImportEntries: {
    importId: text,
    name: mark,
    file: text,
    page: number,
    rows: listOf(fields({ ...rowFields, occurrence: number })),
  },
  UndoImport: { importId: text, page: number },
  UndoChange: { version: number },
};

const COMMANDS: Readonly<Record<string, Shape>> = Object.fromEntries(
  Object.entries(SHAPES).map(([type, shapes]) => [type, fields({ ...shapes, type: text })]),
);

/** Why a command cannot be read at all, whatever the wallet says; undefined when it can. */
export function malformed(command: WalletCommand): Rejection | undefined {
  const shape = COMMANDS[command.type];
  return shape === undefined ? undefined : shapeFault(shape, command);
}

/** Why a file of rows cannot be read at all. */
export function malformedFile(file: { readonly name?: unknown; readonly rows: unknown }): Rejection | undefined {
  return shapeFault(fields({ name: optional(mark), rows: listOf(rowShape) }), file);
}

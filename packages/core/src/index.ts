export { assert, AssertionError } from './assert.ts';
export {
  addDays,
  addMonths,
  dayAt,
  daysBetween,
  isDate,
  isZone,
  nextPeriod,
  parseDate,
  periodOf,
  previousPeriod,
  split,
  weekdayOf,
  PERIOD_KINDS,
} from './calendar.ts';
export type { CalendarKind, CivilDate, DateFault, Period, PeriodKind, PeriodRule } from './calendar.ts';
export { CURRENCIES, exponentOf, parseCurrency, type CurrencyCode } from './currency.ts';
export type { Decider, Decision } from './decider.ts';
export { digest, isCommandId } from './ids.ts';
export { parseJson } from './json.ts';
export { endOfDay, parseInstant } from './instant.ts';
export type { EntryId, GoalId, LimitId, PlanId, TransferId, WalletId } from './ids.ts';
export {
  add,
  allocate,
  apportion,
  formatAmount,
  formatMinor,
  money,
  negate,
  parseAmount,
  parseTotal,
  subtract,
  MAX_MINOR,
} from './money.ts';
export type { AmountFault, Money } from './money.ts';
export { derivedRate } from './derived-rate.ts';
export { REJECTION_CODES, type Outcome, type Rejection, type RejectionCode } from './outcome.ts';
export { convert, inverse, parseRate, rateOf, roundHalfEven, type Rate } from './rate.ts';
export { isRecurrence, parseRecurrence } from './recurrence.ts';
export type { Frequency, Recurrence, RecurrenceFault, RuleDay } from './recurrence.ts';
export { neverHappens, occurrences, type Course, type MonthEnd, type Stretch, type WeekendShift } from './occurrences.ts';
export { foldInto, project, type Projection, type Recorded } from './projection.ts';

export { MAX_EVENT_BYTES, StoreError } from './ports/event-store.ts';
export type {
  AppendResult,
  EventStore,
  Json,
  JsonObject,
  NewEvent,
  Position,
  Slice,
  StoredEvent,
  StoreErrorCode,
  Subscription,
  Version,
} from './ports/event-store.ts';
export type {
  Bucket,
  BucketPage,
  BucketRef,
  Draft,
  LoadedBuckets,
  SaveBuckets,
  StoredView,
  ViewPage,
  ViewStore,
} from './ports/view-store.ts';
export type { Hold, Lease, LeaseStore } from './ports/lease-store.ts';
export { DONE_KEPT, type Handled, type Message, type NewMessage, type Outbox } from './ports/outbox.ts';
export type { Clock } from './ports/clock.ts';
export type { Diagnosis, DiagnosisOptions } from './ports/diagnosis.ts';
export type { IdSource } from './ports/id-source.ts';
export type { Resource } from './ports/resource.ts';
export type { Stopwatch, Timer } from './ports/timer.ts';

export { decode, encode, UnknownEventError } from './wallet/codec.ts';
export type * from './wallet/entry-commands.ts';
export type * from './wallet/figure-commands.ts';
export type * from './wallet/goal-commands.ts';
export type * from './wallet/plan-commands.ts';
export type * from './wallet/rule-commands.ts';
export type * from './wallet/schedule-commands.ts';
export type * from './wallet/transfer-commands.ts';
export type * from './wallet/commands.ts';
export type * from './wallet/entry-facts.ts';
export type * from './wallet/figure-events.ts';
export type * from './wallet/goal-events.ts';
export type * from './wallet/plan-events.ts';
export type * from './wallet/rule-events.ts';
export type * from './wallet/schedule-events.ts';
export type * from './wallet/transfer-events.ts';
export type * from './wallet/events.ts';
export type * from './wallet/limit-events.ts';
export type { AnyProjection } from './wallet/state.ts';

export { createLedger, type Ledger, type LedgerOptions } from './ledger/ledger.ts';
export { walletProjections } from './ledger/session.ts';
export { rebuildLedger, type Books, type Progress } from './ledger/rebuild.ts';
export { MAX_SEARCHED_DAYS } from './ledger/line-reads.ts';
export { verifyLedger, type Verified } from './ledger/verify.ts';
export type { Finding, FindingKind } from './ledger/findings.ts';
export { periodFrom, type Wallet, type WalletChanged } from './ledger/wallet.ts';
export type { Alert, AlertPage } from './ledger/alert-feed.ts';
export type { Booked, Crossing, Effects } from './ledger/booked.ts';
export type { EntryDetail, EntryPage, EntryTotals, Facts, Happening } from './ledger/entry-reads.ts';
export type { Imported, ImportProgress, ImportSummary, UndoneImport } from './ledger/imports.ts';
export type { ImportedRow } from './ledger/import-rows.ts';
export type { ImportRule, RuleChange, RulesApplied, RulesPreview } from './ledger/import-rule-book.ts';
export type { PayeeLine } from './ledger/payee-reads.ts';
export { ruleSet, type Ruled, type RuleEffect, type RuleSet } from './wallet/apply-rules.ts';
export type { MatchCandidate, RowPreview } from './ledger/import-preview.ts';
export { journalWalletInSteps, type Book } from './ledger/book-reads.ts';
export type { Recategorised, Recategorising } from './ledger/recategorise.ts';
export type { WalletHistory } from './ledger/history.ts';
export type { Undone } from './ledger/undo-change.ts';
export type { ChangeFacts, ChangeLine } from './ledger/change-line.ts';
export type { EntryLine, RegisterCursor, RegisterFilter } from './ledger/register-query.ts';
export type { AsOfTimes } from './ledger/as-of.ts';
export type {
  LargestEntries,
  LargestOptions,
  Statement as WalletStatement,
  StatementPage,
  Unusual,
  UnusualEntries,
  UnusualOptions,
} from './ledger/line-reads.ts';
export type { AsOf, Comparing, SpendingByName } from './ledger/report-reads.ts';
export type { WalletReads } from './ledger/wallet-reads.ts';
export type { Request } from './ledger/request.ts';
export type { NetWorthOptions } from './ledger/net-worth-read.ts';
export type { RatesSet, RefusedRate } from './ledger/set-rates.ts';
export type { DueBooked } from './ledger/due.ts';
export type { SchedulePart, ScheduleSaying, ScheduleStatus, ScheduleTermsFrom, Upcoming } from './ledger/schedules.ts';
export type { WalletSummary } from './ledger/summary.ts';
export type { EntryRef, Joining, TransferProposal } from './ledger/joins.ts';
export type { Sending, TransferBooked } from './ledger/transfers.ts';
export type { TransferPage, WalletTransfer } from './ledger/transfer-list.ts';
export type { TransferInTransit } from './ledger/transit.ts';
export type { WalletTransfers } from './ledger/wallet-transfers.ts';
export { createRunner, type Runner, type RunnerOptions } from './runner/runner.ts';
export type { LeaseOptions } from './runner/lease-keeper.ts';
export { reactionList } from './runner/reaction-list.ts';
export type { Reaction } from './reactions/reaction.ts';
export type { Task, ToDoList } from './reactions/to-do.ts';
export { proposeTransfers, type Candidate, type Pair } from './projections/transfer-proposals.ts';
export type { Checked, RateChanged, RateLine, RateList, WalletFigures } from './ledger/wallet-figures.ts';
export type { Goal, GoalChanged, GoalList, WalletGoals } from './ledger/wallet-goals.ts';
export type { ScheduleChanged, WalletSchedules } from './ledger/wallet-schedules.ts';
export type { PlanBooked, PlanChanged, PlansExpired, WalletPlans } from './ledger/wallet-plans.ts';
export type { BalanceReport, BalanceStep } from './projections/balance.ts';
export type { BudgetedLimit, BudgetReport, BudgetRow } from './projections/budget.ts';
export type { CashflowMonth, CashflowReport } from './projections/cashflow.ts';
export { comparedWith, type Compared, type Comparison, type Drill, type WithComparisons } from './projections/compare.ts';
export type { IncomeStatement, IncomeStatementRow, IncomeStatementSide } from './projections/income-statement.ts';
export type { NamedSpending, NamedSpendingRow } from './projections/spending-names.ts';
export type { SpendingByMonth, SpendingMonth, SpendingReport, SpendingRow } from './projections/spending.ts';
export type { BalanceCheck } from './projections/checks.ts';
export type { GoalState, GoalStatus, GoalStep } from './projections/goal-status.ts';
export type { ForecastReport, ForecastStep } from './projections/forecast.ts';
export type { LimitHistoryRow, LimitStretch } from './projections/limit-history.ts';
export type { LimitCondition, LimitFigures, LimitStatus } from './projections/limit-status.ts';
export type {
  Converted,
  NetWorthReport,
  NetWorthStep,
  NetWorthWallet,
  NetWorthWanted,
  TransitMoney,
  Unconverted,
} from './projections/net-worth.ts';
export type { PlanLine, PlanList } from './projections/plan-list.ts';
export type { StatedRate, UsedRate } from './projections/rate-book.ts';

export { createMemoryEventStore } from './memory/event-store.ts';
export { createMemoryLeases, type MemoryLeases } from './memory/leases.ts';
export { createMemoryViewStore } from './memory/view-store.ts';

// For those who write a store: what every store asks of its callers and computes alike.
export {
  assertName,
  assertDrafts,
  assertPage,
  assertSave,
  assertSlice,
  decodeEvent,
  encodeAppend,
  formatRecordTime,
  MAX_NAME_BYTES,
  MAX_SLICE,
  nextRecordTime,
  oversizeOf,
  parseRecordTime,
  utf8Length,
} from './store-rules.ts';
export type { EncodedEvent, EncodedStoredEvent } from './store-rules.ts';
export { assertHold, assertMessageIds, assertSwap, encodeHandled, isSameLease } from './lease-rules.ts';
export { MAX_MESSAGES, REMOVED_AT_ONCE, type EncodedHandled, type EncodedMessage } from './lease-rules.ts';
export { endOfLog, followLog, type Follower } from './follow.ts';

// For those who read files: rows of text to statement rows, and back.
export { recognise, recogniseInSteps, type RecogniseOptions } from './import/recognise.ts';
export { unsettled, DATE_ORDERS } from './import/layout.ts';
export type {
  Columns,
  DateOrder,
  DecimalMark,
  ImportRefusal,
  ImportRefusalCode,
  ImportSettings,
  Layout,
  Question,
  Row,
} from './import/layout.ts';
export { readStatementInSteps, toStatement } from './import/statement.ts';
export type { BadRow, BadRowCode, Statement, StatementPart, StatementRow } from './import/statement.ts';
export { accountFor, BANK_FORMATS, refuseFile } from './import/bank-file.ts';
export type {
  BankAccount,
  BankFile,
  BankFileRefusal,
  BankFileRefusalCode,
  BankFormat,
  FileWarning,
  FileWarningCode,
} from './import/bank-file.ts';
export { bankFileInSteps, type BankFileFacts, type BankStatement } from './import/bank-account.ts';
export type { BankRecord, BankRecordPart, Writing } from './import/bank-record.ts';
export { writingInSteps } from './import/writing.ts';
export { currencyNamed } from './import/currency-names.ts';
export { fingerprintOf } from './import/fingerprint.ts';
export { countFingerprints, newRows, type Judged } from './import/duplicates.ts';
export { parsePriceLines, type PriceFault, type PriceFile, type PriceLine } from './import/price-lines.ts';
export { EXPORT_COLUMNS, exportHeader, exportRows } from './export/csv-rows.ts';
export type { ExportEntry, ExportOptions, ExportPart } from './export/csv-rows.ts';

// For those who keep their books elsewhere too: journals for hledger, ledger and beancount.
export { beancountPart, beancountStyle, fromBeancountPart, nameAccounts, plainStyle } from './export/account-names.ts';
export type { Account, AccountRoot, NameStyle } from './export/account-names.ts';
export { categoryAccount, conversion, inTransit, journalInSteps, journalOf, walletAccount } from './export/journal.ts';
export type { Journal, JournalKind, JournalOptions } from './export/journal.ts';
export type { JournalPosting, JournalTransaction, JournalWallet } from './export/journal.ts';
export type { JournalChecks } from './export/journal-checks.ts';
export type { JournalFacts, JournalLimit, JournalSource, JournalVoids, JournalWalletSource } from './export/journal-source.ts';
export { beancountJournal } from './export/beancount.ts';
export { hledgerJournal } from './export/hledger.ts';
export { ledgerJournal } from './export/ledger-cli.ts';
export { fromTagValue } from './export/tag-value.ts';
export type { JournalTextOptions } from './export/plain-journal.ts';

// For those who move a whole ledger: Kakeibo's own archive, out and in again.
export { archiveOf, type ArchiveEvent, type ArchiveHeader } from './export/archive.ts';
export { createArchiveReader, isArchiveFault, readArchive, MAX_ARCHIVE_EVENTS, MAX_ARCHIVE_LINE } from './import/archive.ts';
export type { Archive, ArchiveBatch, ArchiveFault, ArchiveFaultCode, ArchiveReader } from './import/archive.ts';
export { exportArchive, restoreArchive, type ArchiveProgress, type Restored } from './ledger/archive.ts';
export { copyLog, type Copied, type CopyOptions, type CopyProgress } from './ledger/copy.ts';
export type { LogDifference } from './ledger/compare-logs.ts';
export { digestLog, type LogDigest, type StreamDigest } from './ledger/log-digest.ts';

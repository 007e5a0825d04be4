import type { JsonObject, Position, Version } from './ports/event-store.ts';

/**
 * Every refusal the ledger knows, in order of precedence: when several apply, the first in this list is the one that comes, so
 * that a client, a test and a second implementation can predict it.
 */
export const REJECTION_CODES = [
  'command-id-invalid',
  'command-id-reused',
  'command-malformed',
  'wallet-unknown',
  'wallet-closed',
  'wallet-not-closed',
  'name-invalid',
  'currency-unknown',
  'zone-unknown',
  'entry-unknown',
  'entry-void',
  'entry-not-void',
  'entry-is-transfer',
  'entry-is-refund',
  'entry-refunded',
  'plan-unknown',
  'plan-resolved',
  'plan-expired',
  'transfer-unknown',
  'transfer-returned',
  'transfer-to-itself',
  'currency-differs',
  'limit-unknown',
  'goal-unknown',
  'rule-unknown',
  'rate-unknown',
  'schedule-unknown',
  'import-unknown',
  'change-unknown',
  'change-undone',
  'change-final',
  'changed-since',
  'too-many-entries',
  'match-invalid',
  'kind-invalid',
  'amount-malformed',
  'amount-too-precise',
  'amount-too-large',
  'amount-not-positive',
  'amounts-differ',
  'category-missing',
  'category-invalid',
  'category-too-long',
  'category-too-deep',
  'parts-invalid',
  'parts-differ',
  'payee-invalid',
  'payee-too-long',
  'tags-invalid',
  'note-invalid',
  'note-too-long',
  'date-invalid',
  'date-out-of-range',
  'entry-too-large',
  'limit-id-invalid',
  'goal-id-invalid',
  'rule-id-invalid',
  'pattern-invalid',
  'rate-invalid',
  'schedule-id-invalid',
  'rule-malformed',
  'rule-unsupported',
  'month-end-invalid',
  'shift-invalid',
  'remind-days-invalid',
  'rule-never-happens',
  'too-many-due',
  'period-invalid',
  'first-day-invalid',
  'scope-invalid',
  'thresholds-invalid',
  'mode-invalid',
  'rollover-invalid',
  'too-many-limits',
  'too-many-changes',
  'too-many-plans',
  'too-many-goals',
  'too-many-rules',
  'occurrence-unknown',
  'occurrence-booked',
  'schedule-too-large',
  'too-many-schedules',
  'nothing-to-change',
  'refund-too-large',
  'plan-exceeded',
  'savings-exceeded',
  'release-exceeded',
  'limit-exceeded',
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

/** A refusal: nothing was stored. `code` is for programs and never changes; `message` says what to do next. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  /** The field that was refused, when it was one (`amount`, `rows[3].occurredOn`). */
  readonly field?: string;
  /** Figures that belong to it: the limit in the way, the currency's decimals. */
  readonly detail?: JsonObject;
}

/**
 * What came of a command.
 *
 * - `recorded`: its events are on stable storage. `repeated`: they were already; this is what the first time answered.
 * - `rejected`: the ledger refused it. `conflict`: the caller expected another version.
 */
export type Outcome<Result> =
  | { readonly kind: 'recorded' | 'repeated'; readonly version: Version; readonly position: Position; readonly result: Result }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'conflict'; readonly expected: Version; readonly actual: Version };

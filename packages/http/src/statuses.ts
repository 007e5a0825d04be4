import {
  StoreError,
  type ArchiveFault,
  type ArchiveFaultCode,
  type BankFileRefusalCode,
  type ImportRefusalCode,
  type Rejection,
  type RejectionCode,
  type StoreErrorCode,
} from '@kakeibo/core';
import type { CsvRefusalCode } from './formats.ts';
import { Problem } from './problem.ts';

/** Unknown things are 404, what the state forbids 409, what the content lacks 422. */
const REJECTION_STATUS = {
  'command-id-invalid': 400,
  'command-id-reused': 422,
  'command-malformed': 422,
  'wallet-unknown': 404,
  'wallet-closed': 409,
  'wallet-not-closed': 409,
  'name-invalid': 422,
  'currency-unknown': 422,
  'zone-unknown': 422,
  'entry-unknown': 404,
  'entry-void': 409,
  'entry-not-void': 409,
  'entry-is-transfer': 409,
  'entry-is-refund': 409,
  'entry-refunded': 409,
  'plan-unknown': 404,
  'plan-resolved': 409,
  'plan-expired': 409,
  'transfer-unknown': 404,
  'transfer-returned': 409,
  'transfer-to-itself': 422,
  'currency-differs': 422,
  'goal-unknown': 404,
  'rule-unknown': 404,
  'rate-unknown': 404,
  'schedule-unknown': 404,
  'change-unknown': 404,
  'change-undone': 409,
  'change-final': 409,
  'changed-since': 409,
  'too-many-entries': 422,
  'match-invalid': 409,
  'kind-invalid': 422,
  'limit-unknown': 404,
  'import-unknown': 404,
  'amount-malformed': 422,
  'amount-too-precise': 422,
  'amount-too-large': 422,
  'amount-not-positive': 422,
  'amounts-differ': 422,
  'category-missing': 422,
  'category-invalid': 422,
  'category-too-long': 422,
  'category-too-deep': 422,
  'parts-invalid': 422,
  'parts-differ': 422,
  'payee-invalid': 422,
  'payee-too-long': 422,
  'tags-invalid': 422,
  'note-invalid': 422,
  'note-too-long': 422,
  'date-invalid': 422,
  'date-out-of-range': 422,
  'entry-too-large': 422,
  'limit-id-invalid': 422,
  'goal-id-invalid': 422,
  'rule-id-invalid': 422,
  'pattern-invalid': 422,
  'rate-invalid': 422,
  'schedule-id-invalid': 422,
  'rule-malformed': 422,
  'rule-unsupported': 422,
  'month-end-invalid': 422,
  'shift-invalid': 422,
  'remind-days-invalid': 422,
  'rule-never-happens': 422,
  'too-many-due': 422,
  'occurrence-unknown': 409,
  'occurrence-booked': 409,
  'schedule-too-large': 409,
  'period-invalid': 422,
  'first-day-invalid': 422,
  'scope-invalid': 422,
  'thresholds-invalid': 422,
  'mode-invalid': 422,
  'rollover-invalid': 422,
  'too-many-limits': 409,
  'too-many-changes': 409,
  'too-many-plans': 409,
  'too-many-goals': 409,
  'too-many-rules': 409,
  'too-many-schedules': 409,
  'refund-too-large': 409,
  'plan-exceeded': 409,
  'savings-exceeded': 409,
  'release-exceeded': 409,
  'nothing-to-change': 409,
  'limit-exceeded': 409,
} as const satisfies Record<RejectionCode, number>;

interface StoreProblem {
  readonly code: string;
  readonly detail: string;
  readonly retryAfterS?: number;
}

const STORE_PROBLEM = {
  busy: { code: 'storage-busy', detail: 'The store is busy and nothing was written. Send it again in a moment.', retryAfterS: 1 },
  'storage-full': {
    code: 'storage-full',
    detail: 'There is no room left to write; nothing was written. Make room and send it again.',
    retryAfterS: 30,
  },
  'read-only': { code: 'storage-read-only', detail: 'The store may be read, not written; nothing was written.' },
  unavailable: {
    code: 'storage-unavailable',
    detail: 'The store cannot be reached; nothing was written. Send it again later.',
    retryAfterS: 5,
  },
  refused: {
    code: 'storage-unavailable',
    detail: 'The store lets this service in no longer; nothing was written. Whoever runs the service finds out why in its log.',
    retryAfterS: 30,
  },
  'outcome-unknown': {
    code: 'outcome-unknown',
    detail: 'Nobody knows now whether this was written. Send it again with the same Idempotency-Key: it has its effect once.',
    retryAfterS: 1,
  },
  closed: { code: 'storage-unavailable', detail: 'The service is stopping. Send it again in a moment.', retryAfterS: 5 },
  incompatible: { code: 'storage-unavailable', detail: 'The store is in a format that this version does not read.' },
} as const satisfies Record<StoreErrorCode, StoreProblem>;

const FILE_STATUS = {
  'file-empty': 422,
  'file-not-csv': 422,
  'columns-unknown': 422,
  'too-many-columns': 422,
  'cell-too-long': 422,
  'import-too-large': 422,
  'date-order-ambiguous': 422,
  'decimal-mark-ambiguous': 422,
  'file-too-large': 413,
  'file-truncated': 422,
  'file-malformed': 422,
  'format-unknown': 422,
  'format-differs': 422,
  'encoding-unknown': 422,
  'encoding-invalid': 422,
  'doctype-refused': 422,
  'nesting-too-deep': 422,
  'text-too-long': 422,
  'statement-missing': 422,
  'currency-unknown': 422,
  'account-unknown': 422,
  'account-ambiguous': 422,
  'currency-differs': 422,
} as const satisfies Record<CsvRefusalCode | ImportRefusalCode | BankFileRefusalCode, number>;

/** The codes of files that are not read. */
export const FILE_CODES: readonly string[] = Object.keys(FILE_STATUS);

/** The ledger's refusal as a problem. */
export function rejected({ code, message, field, detail }: Rejection): Problem {
  return new Problem(REJECTION_STATUS[code], code, message, {
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { figures: detail }),
  });
}

/** A file that cannot be imported, as a problem. */
export function fileRefused(refusal: {
  readonly code: keyof typeof FILE_STATUS;
  readonly message: string;
  readonly line?: number;
  readonly place?: string;
}): Problem {
  const { code, message, line, place } = refusal;
  const figures = { ...(line === undefined ? {} : { line }), ...(place === undefined ? {} : { place }) };
  return new Problem(FILE_STATUS[code], code, message, Object.keys(figures).length === 0 ? {} : { figures });
}

const ARCHIVE_STATUS = {
  'archive-header-invalid': 422,
  'archive-version-unknown': 422,
  'archive-line-invalid': 422,
  'archive-line-too-long': 422,
  'archive-too-long': 422,
  'archive-event-unknown': 422,
  'archive-event-invalid': 422,
  'archive-version-gap': 422,
  'archive-id-twice': 422,
  'archive-time-invalid': 422,
  'archive-incomplete': 422,
  'archive-digest-wrong': 422,
} as const satisfies Record<ArchiveFaultCode, number>;
export const ARCHIVE_CODES: readonly string[] = Object.keys(ARCHIVE_STATUS);

/** An archive that is not whole, as a problem that names the line. */
export function archiveRefused({ code, line, message }: ArchiveFault): Problem {
  return new Problem(ARCHIVE_STATUS[code], code, `Line ${line}: ${message}`, { figures: { line } });
}

/** What went wrong as a problem. What nobody foresaw is `internal`, and says nothing about the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError) {
    const { code, detail, retryAfterS }: StoreProblem = STORE_PROBLEM[error.code];
    return new Problem(503, code, detail, retryAfterS === undefined ? {} : { headers: { 'Retry-After': String(retryAfterS) } });
  }
  if (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
  ) {
    // What serves the page's files refuses a range or a condition that cannot be met.
    return new Problem(error.status, 'request-invalid', 'This file cannot be sent as it was asked for.');
  }
  // Express and its router throw these for paths that cannot be decoded.
  if (error instanceof URIError) return new Problem(400, 'request-invalid', 'The path has an escape that cannot be decoded.');
  return new Problem(500, 'internal', 'Something broke here. The request id finds it in the log.');
}

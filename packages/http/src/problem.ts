import type { JsonObject } from '@kakeibo/core';

/** One thing that is wrong with a request, and where: `amount`, `columns.date`, `thresholds[2]`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** What a problem says beside its code and its sentence. */
export interface ProblemDetails {
  readonly errors?: readonly Fault[];
  /** The field that was refused, when it was one. */
  readonly field?: string;
  /** Figures that belong to it. */
  readonly figures?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is not answered as asked: a code for programs, a sentence that says what to do next. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(status: number, code: string, message: string, details: ProblemDetails = {}) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** A request whose shape is wrong. */
export function requestInvalid(errors: readonly Fault[]): Problem {
  const [first] = errors;
  const detail =
    first === undefined ? 'The request cannot be read.' : first.path === '' ? first.message : `${first.path}: ${first.message}`;
  return new Problem(400, 'request-invalid', detail, { errors });
}

/** The members of a problem (RFC 9457) as they are sent. */
export function problemBody(problem: Problem, place: { readonly instance: string; readonly requestId: string }): JsonObject {
  const { status, code, message, details } = problem;
  return {
    type: `urn:kakeibo:problem:${code}`,
    title: titleOf(code),
    status,
    code,
    detail: message,
    ...place,
    ...(details.field === undefined ? {} : { field: details.field }),
    ...(details.errors === undefined
      ? {}
      : { errors: details.errors.map(({ path, message: said }) => ({ path, message: said })) }),
    ...(details.figures === undefined ? {} : { figures: details.figures }),
  };
}

function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

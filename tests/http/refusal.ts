import type { CallOptions } from './service.ts';

/** What is sent, and the status and code that it is refused with. `{w}` is an open wallet in EUR, `{j}` one in JPY. */
export type Refusal = readonly [
  name: string,
  method: string,
  path: string,
  sent: CallOptions,
  status: number,
  code: string,
  field?: string,
];

/** An expense with something changed. */
export const expense = (changes: object): CallOptions => ({ body: { amount: '1.00', category: 'Food', ...changes } });

export const long = (length: number): string => 'x'.repeat(length);

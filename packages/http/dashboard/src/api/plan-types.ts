import type { Kind } from './types.ts';

/** An entry that is expected and not booked. */
export interface Plan {
  readonly id: string;
  readonly kind: Kind;
  readonly amount: string;
  readonly occurredOn: string;
  readonly category: string | null;
  readonly parts: readonly { readonly category: string; readonly amount: string; readonly note: string | null }[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  /** The first day on which it can no longer be booked. */
  readonly expiresOn: string | null;
  readonly expired: boolean;
}

export interface PlanList {
  /** By day. */
  readonly items: readonly Plan[];
  readonly in: string;
  readonly out: string;
  readonly version: number;
}

export interface PlanWritten {
  readonly planId: string;
  readonly version: number;
}

export interface PlanBooked extends PlanWritten {
  readonly booked: string;
  readonly released: string;
}

import type { Facts } from './types.ts';

export interface ChangeFacts {
  /** The event that stands for the change. */
  readonly type: string;
  readonly entries: number;
  readonly id: string | null;
  readonly name: string | null;
  readonly amount: string | null;
  readonly on: string | null;
  readonly entry: Facts | null;
  readonly before: Facts | null;
  readonly undoes: number | null;
  readonly redoes: number | null;
}

/** What one command did. */
export interface HistoryChange {
  readonly version: number;
  readonly to: number;
  readonly recordedAt: string;
  readonly actor: string | null;
  readonly what: ChangeFacts;
  readonly undone: boolean;
  readonly undoable: true | { readonly code: string; readonly reason: string };
}

export interface HistoryPage {
  readonly items: readonly HistoryChange[];
  readonly next: number | null;
  readonly version: number;
}

export interface Undone {
  readonly undone: number | null;
  readonly redone: number | null;
  readonly entries: number;
  readonly version: number;
}

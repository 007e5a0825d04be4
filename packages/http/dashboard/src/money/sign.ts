import type { EntryKind } from '../api/entry-types.ts';

/** Whether an entry of this kind adds to its wallet. */
export const comesIn = (kind: EntryKind): boolean => kind === 'income' || kind === 'refund' || kind === 'received';

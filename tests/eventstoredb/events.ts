/** Events for the tests of this folder. */
import type { NewEvent } from '@kakeibo/core';

let made = 0;

/** So many events that were never stored. */
export function someEvents(count = 1): readonly NewEvent[] {
  return Array.from({ length: count }, (_, at) => {
    made += 1;
    const id = `0a0a0a0a-0000-4000-8000-${made.toString(16).padStart(12, '0')}`;
    return { id, type: 'ExpenseAdded', data: { at }, meta: { actor: 'test' } };
  });
}

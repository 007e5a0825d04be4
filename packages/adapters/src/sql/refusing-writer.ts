/** Stands in where nothing can be written. */
import { StoreError } from '@kakeibo/core';

import type { SqlWriter } from './writer.ts';

/** Makes a writer that refuses every write for the reason that opening had. */
export function refusingWriter(cause: StoreError): SqlWriter {
  const refuse = (): Promise<never> =>
    Promise.reject(new StoreError('read-only', `nothing can be written: ${cause.message}`, { cause }));
  return {
    commit: refuse,
    resolve: refuse,
    save: refuse,
    drop: refuse,
    publish: refuse,
    swap: refuse,
    progress: refuse,
    settle: refuse,
    probe: refuse,
    close: async () => undefined,
  };
}

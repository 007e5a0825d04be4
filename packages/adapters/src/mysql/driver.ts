/** mysql2, which is there only for those who installed it. */
import { StoreError } from '@kakeibo/core';

type Driver = typeof import('mysql2');

/** Loads the driver, or says in a line what to install. */
export async function loadDriver(): Promise<Driver> {
  try {
    // A CommonJS module: what it exports is in `default`.
    return ((await import('mysql2')) as unknown as { readonly default: Driver }).default;
  } catch (cause) {
    throw new StoreError('refused', 'a MySQL store needs the package mysql2: npm install mysql2', { cause });
  }
}

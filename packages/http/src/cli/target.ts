import { access } from 'node:fs/promises';
import { StoreError } from '@kakeibo/core';
import { ConfigError } from '../config-error.ts';
import { readConfig, type Config } from '../config.ts';
import { openStore, type OpenOptions, type Store } from '../stores.ts';
import { EXIT, Failure } from './failure.ts';

/** Which ledger a command is about. */
export interface Target {
  /** A SQLite file. */
  readonly file?: string;
  /** Any store, by its address. */
  readonly store?: string;
  /** A running service. */
  readonly url?: string;
}

/** The settings for a ledger that is named on the command line, or else by the environment. */
export function configOf({ file, store }: Target): Config {
  if (file !== undefined && store !== undefined) throw new Failure('Give --file or --store, not both.', EXIT.usage);
  const { PORT: _, ...environment } = process.env;
  const named = store ?? (file === undefined ? undefined : `sqlite:${file}`);
  return asFailure(() =>
    readConfig({
      LOG_LEVEL: 'error',
      ...environment,
      PORT: '0',
      HOST: '127.0.0.1',
      KAKEIBO_WRITES_PER_MINUTE: 'unlimited',
      ...(named === undefined ? {} : { KAKEIBO_STORE: named }),
      // Said for the store that the environment names.
      ...(named === undefined || /^esdb:/i.test(named) ? {} : { KAKEIBO_VIEWS: undefined }),
    }),
  );
}

/** Opens a store for a command that looks at it itself. A mistyped name must not make a new, empty ledger. */
export async function openTarget(
  config: Pick<Config, 'store' | 'views'>,
  options: OpenOptions & { readonly create: boolean },
): Promise<Store> {
  const { create, ...rest } = options;
  if (!create) await mustExist(config);
  try {
    return await openStore(config, rest);
  } catch (error) {
    throw failureOf(error);
  }
}

/** What a command says when a store does not open. */
function failureOf(error: unknown): unknown {
  if (error instanceof ConfigError) return new Failure(error.message, EXIT.usage);
  if (error instanceof StoreError) return new Failure(`The ledger cannot be opened: ${error.message}`, EXIT.broken);
  return error;
}

async function mustExist({ store }: Pick<Config, 'store'>): Promise<void> {
  if (store.kind !== 'sqlite') return;
  await access(store.file).catch(() => {
    throw new Failure(
      `There is no ledger at ${store.file}. Name one with --file, --store or KAKEIBO_STORE, or make one with: kakeibo open`,
      EXIT.usage,
    );
  });
}

/** A command that works on a store itself is given a store, not a service. */
export function refuseUrl({ url }: Target, command: string): void {
  if (url === undefined) return;
  throw new Failure(`kakeibo ${command} works on the store itself: give --file or --store, not --url.`, EXIT.usage);
}

function asFailure<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw failureOf(error);
  }
}

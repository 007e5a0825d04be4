import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import { LOG_LEVELS } from './logging.ts';
import { readStoreAddress, type StoreAddress } from './store-address.ts';

/** What a service is started with. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where the ledger is. */
  readonly store: StoreAddress;
  /** Where its views are, when the store keeps events only. */
  readonly views?: StoreAddress;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly writesPerMinute: number | 'unlimited';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment.
 *
 * @example
 * readConfig({ PORT: '8080' }).port; // 8080
 */
export function readConfig(environment: Environment): Config {
  return {
    ...storesOf(environment),
    port: portOf(given(environment, 'PORT') ?? '3000'),
    host: hostOf(given(environment, 'HOST') ?? '127.0.0.1'),
    logLevel: levelOf(given(environment, 'LOG_LEVEL') ?? 'info'),
    writesPerMinute: rateOf(given(environment, 'KAKEIBO_WRITES_PER_MINUTE') ?? '12000'),
  };
}

/** A variable that is set to nothing is not set. */
function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw new ConfigError(`PORT is ${text}; it must be a whole number from 0 (any free port) to 65535`);
}

function hostOf(text: string): string {
  if (/^(?:localhost|::1|127(?:\.\d{1,3}){3})$/i.test(text)) return text;
  throw new ConfigError(
    `HOST is ${text}; before there are accounts the service listens on loopback only: 127.0.0.1, ::1 or localhost`,
  );
}

/** Where the events are; and where views are, when the first keeps none. */
function storesOf(environment: Environment): Pick<Config, 'store' | 'views'> {
  const folder = resolve(given(environment, 'KAKEIBO_DATA') ?? 'data');
  const store = addressOf(environment, 'KAKEIBO_STORE') ?? {
    kind: 'sqlite',
    file: resolve(folder, 'kakeibo.db'),
    shown: resolve(folder, 'kakeibo.db'),
  };
  const views = addressOf(environment, 'KAKEIBO_VIEWS');
  if (store.kind === 'esdb' && (views === undefined || views.kind === 'esdb'))
    throw new ConfigError(
      'KAKEIBO_VIEWS must name a SQL store beside esdb:, which keeps events only; like sqlite:/var/lib/kakeibo/views.db',
    );
  if (store.kind !== 'esdb' && views !== undefined)
    throw new ConfigError(`KAKEIBO_VIEWS goes with esdb: only; ${store.kind}: keeps its views itself`);
  return views === undefined ? { store } : { store, views };
}

function addressOf(environment: Environment, name: 'KAKEIBO_STORE' | 'KAKEIBO_VIEWS'): StoreAddress | undefined {
  const text = given(environment, name);
  const passwordFile = given(environment, `${name}_PASSWORD_FILE`);
  return text === undefined
    ? undefined
    : readStoreAddress(text, { name, ...(passwordFile === undefined ? {} : { passwordFile }) });
}

function levelOf(text: string): Config['logLevel'] {
  const level = LOG_LEVELS.find((known) => known === text.toLowerCase());
  if (level !== undefined) return level;
  throw new ConfigError(`LOG_LEVEL is ${text}; it must be one of ${LOG_LEVELS.join(', ')}`);
}

function rateOf(text: string): number | 'unlimited' {
  if (text.toLowerCase() === 'unlimited') return 'unlimited';
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ConfigError(`KAKEIBO_WRITES_PER_MINUTE is ${text}; it must be a whole number from 1, or unlimited`);
}

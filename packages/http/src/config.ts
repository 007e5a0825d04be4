import { resolve } from 'node:path';
import { LOG_LEVELS } from './logging.ts';

/** What a service is started with. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly store: { readonly kind: 'sqlite'; readonly file: string };
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly writesPerMinute: number | 'unlimited';
}

/** A setting that cannot be used: what it is and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment.
 *
 * @example
 * readConfig({ PORT: '8080' }).port; // 8080
 */
export function readConfig(environment: Environment): Config {
  const folder = resolve(given(environment, 'KAKEIBO_DATA') ?? 'data');
  return {
    port: portOf(given(environment, 'PORT') ?? '3000'),
    host: hostOf(given(environment, 'HOST') ?? '127.0.0.1'),
    store: storeOf(given(environment, 'KAKEIBO_STORE') ?? `sqlite:${resolve(folder, 'kakeibo.db')}`),
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

function storeOf(text: string): Config['store'] {
  const [, scheme = '', rest = ''] = /^([a-z0-9+]+):(.*)$/is.exec(text) ?? [];
  if (scheme.toLowerCase() !== 'sqlite') {
    throw new ConfigError(
      `KAKEIBO_STORE is ${scheme === '' ? text : `${scheme}:…`}; this version has sqlite only, like sqlite:/var/lib/kakeibo/kakeibo.db`,
    );
  }
  if (rest === '' || rest.startsWith(':'))
    throw new ConfigError('KAKEIBO_STORE names no file; write it like sqlite:/var/lib/kakeibo/kakeibo.db');
  return { kind: 'sqlite', file: resolve(rest) };
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

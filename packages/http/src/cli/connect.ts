import { access } from 'node:fs/promises';
import { StoreError } from '@kakeibo/core';
import { readConfig, ConfigError } from '../config.ts';
import { plug } from '../plug.ts';
import { serve } from '../serve.ts';
import { createClient, type Client } from './client.ts';
import { EXIT, Failure } from './failure.ts';

/** Which ledger a command is about. */
export interface Target {
  /** A SQLite file. */
  readonly file?: string;
  /** A running service. */
  readonly url?: string;
}

/** A ledger that can be asked. */
export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * Reaches a ledger: a service at its address, or a file. A file is opened by a service of our own, on a free port of this machine,
 * so that there is one way to ask, whatever is asked.
 */
export async function connect({ file, url }: Target, options: { readonly create: boolean }): Promise<Connection> {
  if (url !== undefined && file !== undefined) throw new Failure('Give --file or --url, not both.', EXIT.usage);
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new Failure(`${url} is no address; it looks like http://127.0.0.1:3000`, EXIT.usage);
    return { client: createClient(url), close: () => Promise.resolve() };
  }
  try {
    const { PORT: _, ...environment } = process.env;
    const config = readConfig({
      LOG_LEVEL: 'error',
      ...environment,
      PORT: '0',
      HOST: '127.0.0.1',
      KAKEIBO_WRITES_PER_MINUTE: 'unlimited',
      ...(file === undefined ? {} : { KAKEIBO_STORE: `sqlite:${file}` }),
    });
    if (!options.create) await mustExist(config.store.file);
    const plugged = await plug(config);
    const serving = await serve(plugged.app, config);
    plugged.begin();
    return {
      client: createClient(serving.url),
      async close() {
        const drained = serving.drain();
        await plugged.quiet();
        await drained;
        await plugged.close();
      },
    };
  } catch (error) {
    if (error instanceof ConfigError) throw new Failure(error.message, EXIT.usage);
    if (error instanceof StoreError) throw new Failure(`The ledger cannot be opened: ${error.message}`, EXIT.broken);
    throw error;
  }
}

/** A mistyped name must not make a new, empty ledger. */
async function mustExist(file: string): Promise<void> {
  await access(file).catch(() => {
    throw new Failure(
      `There is no ledger at ${file}. Name one with --file or KAKEIBO_STORE, or make one with: kakeibo open`,
      EXIT.usage,
    );
  });
}

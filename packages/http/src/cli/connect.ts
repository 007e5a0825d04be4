import { plug } from '../plug.ts';
import { serve } from '../serve.ts';
import { createClient, type Client } from './client.ts';
import { EXIT, Failure } from './failure.ts';
import { configOf, openTarget, type Target } from './target.ts';

/** A ledger that can be asked. */
export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * Reaches a ledger: a service at its address, or a store. A store is opened by a service of our own, on a free port of this machine,
 * so that there is one way to ask, whatever is asked.
 */
export async function connect(target: Target, options: { readonly create: boolean }): Promise<Connection> {
  const { file, store, url } = target;
  if (url !== undefined) {
    if (file !== undefined || store !== undefined) throw new Failure('Give one of --file, --store and --url.', EXIT.usage);
    if (!URL.canParse(url)) throw new Failure(`${url} is no address; it looks like http://127.0.0.1:3000`, EXIT.usage);
    return { client: createClient(url), close: () => Promise.resolve() };
  }
  const config = configOf(target);
  const plugged = plug(config, await openTarget(config, options));
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
}

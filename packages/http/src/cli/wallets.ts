import { z } from 'zod';
import type { Client } from './client.ts';
import { EXIT, Failure } from './failure.ts';

const wallet = z.looseObject({
  id: z.string(),
  name: z.string(),
  currency: z.string(),
  balance: z.string(),
  status: z.string(),
  entries: z.number(),
});
export type Wallet = z.output<typeof wallet>;

/** Every wallet of the ledger. */
export async function walletsOf(client: Client): Promise<readonly Wallet[]> {
  const { items } = await client.ask('GET', '/wallets', z.looseObject({ items: z.array(wallet) }));
  return items;
}

/** The wallet that is meant: by id or name; the only open one when none is named. */
export async function walletNamed(client: Client, name: string | undefined): Promise<Wallet> {
  const all = await walletsOf(client);
  if (name === undefined) {
    const [first, ...others] = all.filter(({ status }) => status === 'open');
    if (first !== undefined && others.length === 0) return first;
    const message = first === undefined ? 'There is no wallet yet. Open one with: kakeibo open' : `Which wallet? ${listOf(all)}`;
    throw new Failure(message, EXIT.usage);
  }
  const found = all.filter(({ id, name: own }) => id === name || own === name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const message =
    first === undefined
      ? `There is no wallet ${name}. ${listOf(all)}`
      : `${found.length} wallets are called ${name}: give an id. ${listOf(found)}`;
  throw new Failure(message, EXIT.usage);
}

function listOf(wallets: readonly Wallet[]): string {
  return wallets.length === 0
    ? 'There is none.'
    : `There are: ${wallets.map(({ id, name }) => `${name} (${id})`).join(', ')}. Name one with --wallet.`;
}

import { z } from 'zod';
import { table } from './output.ts';
import type { Given } from './given.ts';
import { walletsOf } from './wallets.ts';

/** `kakeibo open NAME` */
export async function openWallet(
  { connection, output, options }: Given<{ readonly currency: string; readonly zone?: string }>,
  name = '',
): Promise<number> {
  const { currency, zone } = options;
  const opened = await connection.client.ask('POST', '/wallets', z.looseObject({ id: z.string() }), {
    json: { name, currency, ...(zone === undefined ? {} : { zone }) },
  });
  output.result(opened, () => [`Opened ${name} (${currency}): ${opened.id}`]);
  return 0;
}

/** `kakeibo wallets` */
export async function listWallets({ connection, output }: Given<object>): Promise<number> {
  const wallets = await walletsOf(connection.client);
  output.result({ items: wallets }, () =>
    table(
      ['name', 'balance', 'currency', 'entries', 'status', 'id'],
      wallets.map(({ name, balance, currency, entries, status, id }) => [name, balance, currency, String(entries), status, id]),
    ),
  );
  return 0;
}

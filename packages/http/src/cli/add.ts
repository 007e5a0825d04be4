import { z } from 'zod';
import type { Given } from './given.ts';
import { walletNamed } from './wallets.ts';

interface AddOptions {
  readonly wallet?: string;
  readonly income?: true;
  readonly payee?: string;
  readonly tag?: readonly string[];
  readonly note?: string;
  readonly on?: string;
}

const booked = z.looseObject({
  entryId: z.string(),
  balance: z.string(),
  crossed: z.array(z.looseObject({ limitId: z.string(), threshold: z.number(), spent: z.string(), amount: z.string() })),
});

/** `kakeibo add AMOUNT [CATEGORY]` */
export async function addEntry(
  { connection: { client }, output, options }: Given<AddOptions>,
  amount = '',
  category?: string,
): Promise<number> {
  const wallet = await walletNamed(client, options.wallet);
  const { income, payee, tag, note, on } = options;
  const answer = await client.ask('POST', `/wallets/${wallet.id}/${income === true ? 'income' : 'expenses'}`, booked, {
    json: {
      amount,
      ...(category === undefined ? {} : { category }),
      ...(payee === undefined ? {} : { payee }),
      ...(tag === undefined ? {} : { tags: tag }),
      ...(note === undefined ? {} : { note }),
      ...(on === undefined ? {} : { occurredOn: on }),
    },
  });
  output.result(answer, () => [
    `Booked ${income === true ? '+' : '-'}${amount} ${wallet.currency} in ${wallet.name}. Balance: ${answer.balance}`,
    ...answer.crossed.map(
      ({ limitId, threshold, spent, amount: of }) => `Limit ${limitId}: ${threshold} % reached, ${spent} of ${of}`,
    ),
  ]);
  return 0;
}

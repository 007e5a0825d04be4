import { z } from 'zod';
import { day, figure, position, version } from './basics.ts';

export const openWallet = z.strictObject({
  name: z.string().meta({ description: '1 to 100 characters', example: 'Household' }),
  currency: z.string().meta({ description: 'An active code of ISO 4217', example: 'EUR' }),
  zone: z.string().exactOptional().meta({ description: 'An IANA zone; UTC when left out', example: 'Europe/Berlin' }),
});

export const changeWallet = z
  .strictObject({
    name: z.string().exactOptional(),
    closed: z.literal(false, { error: 'Only false: DELETE closes a wallet.' }).exactOptional(),
  })
  .refine(({ name, closed }) => (name === undefined) !== (closed === undefined), 'Give one of name and closed.');

export const wallet = z
  .object({
    id: z.uuid(),
    name: z.string(),
    currency: z.string(),
    decimals: z.int(),
    zone: z.string(),
    status: z.enum(['open', 'closed']),
    openedOn: day,
    today: day,
    balance: figure,
    setAside: figure,
    available: figure,
    planned: z.object({ in: figure, out: figure }),
    entries: z.int(),
    version,
    position,
  })
  .meta({ id: 'Wallet' });

export const walletList = z.object({ items: z.array(wallet) });

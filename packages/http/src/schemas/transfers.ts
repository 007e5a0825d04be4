import { z } from 'zod';
import { amount, asOfQuery, category, cursor, day, figure, instant, note, pageSize, queryDay, version } from './basics.ts';
import { booked } from './entries.ts';

const walletId = z.string().max(100).meta({ description: 'The id of a wallet' });
const entryRef = z.strictObject({ walletId, entryId: z.string().max(100) });

export const sendTransfer = z.strictObject({
  to: walletId,
  amount,
  toAmount: amount.exactOptional().meta({ description: 'What arrives, when the other wallet has another currency' }),
  occurredOn: day.exactOptional(),
  payee: z.string().exactOptional(),
  tags: z.array(z.string()).max(100).exactOptional(),
  note: note.exactOptional(),
  fee: z
    .strictObject({ amount, category })
    .exactOptional()
    .meta({ description: 'What sending cost: an expense, in the currency of the sender' }),
});

export const takeBack = z.strictObject({ reason: note.exactOptional() }).optional();
export const joinTransfer = z.strictObject({ from: entryRef, to: entryRef });

export const transferBooked = z.object({ transferId: z.uuid(), ...booked.shape }).meta({ id: 'TransferBooked' });

const openState = z.enum(['sent', 'refused', 'recalled', 'given-back']);
const rate = z
  .string()
  .nullable()
  .meta({ description: 'The ratio of the two amounts, to ten digits; null within one currency', example: '1.0842' });

const walletTransfer = z
  .object({
    transferId: z.uuid(),
    entryId: z.uuid(),
    direction: z.enum(['out', 'in']),
    state: z.enum([...openState.options, 'arrived', 'returned']),
    walletId: z.string(),
    amount: figure,
    currency: z.string(),
    otherAmount: figure,
    otherCurrency: z.string(),
    derivedRate: rate,
    occurredOn: day,
    payee: z.string().nullable(),
    note: z.string().nullable(),
    version,
  })
  .meta({ id: 'WalletTransfer' });
export const transferQuery = z.strictObject({ after: cursor.exactOptional(), limit: pageSize });
export const transferPage = z.object({ items: z.array(walletTransfer), next: z.string().nullable() });

const inTransit = z
  .object({
    transferId: z.uuid(),
    state: openState,
    recalled: z.boolean(),
    from: z.string(),
    to: z.string(),
    entryId: z.uuid(),
    amount: figure,
    currency: z.string(),
    toAmount: figure,
    toCurrency: z.string(),
    derivedRate: rate,
    occurredOn: day,
    reason: z.string().nullable(),
    since: instant,
  })
  .meta({ id: 'TransferInTransit' });
export const transitQuery = z.strictObject(asOfQuery);
export const transitList = z.object({ items: z.array(inTransit), count: z.int() });

const proposal = z
  .object({
    from: z.object({ walletId: z.string(), entryId: z.uuid() }),
    to: z.object({ walletId: z.string(), entryId: z.uuid() }),
    amount: figure,
    currency: z.string(),
    leftOn: day,
    arrivedOn: day,
  })
  .meta({ id: 'TransferProposal' });
export const proposalQuery = z.strictObject({ from: queryDay.exactOptional(), to: queryDay.exactOptional() });
export const proposalList = z.object({ from: day, to: day, items: z.array(proposal) });

import type { Wallet } from '../api/types.ts';
import { parseAmount } from '../money/parse-amount.ts';
import type { TransferBody } from './transfer-deeds.ts';

export interface TransferValues {
  readonly to: string;
  readonly amount: string;
  readonly arrives: string;
  readonly fee: string;
  readonly feeCategory: string;
  readonly occurredOn: string;
  readonly note: string;
}

export type TransferField = keyof TransferValues;
export interface TransferFault {
  readonly field: TransferField | 'form';
  readonly text: string;
}

type CheckedTransfer = { readonly body: TransferBody } | TransferFault;

/** Checks the fields in their order and names the first that needs something. */
export function checkTransfer(values: TransferValues, from: Wallet, to: Wallet | undefined): CheckedTransfer {
  if (to === undefined) return { field: 'to', text: 'Choose where it goes.' };
  const amount = parseAmount(values.amount, from.decimals);
  if (!amount.ok) return { field: 'amount', text: amount.reason };
  const arrives = to.currency === from.currency ? undefined : parseAmount(values.arrives, to.decimals);
  if (arrives?.ok === false) return { field: 'arrives', text: arrives.reason };
  const fee = values.fee.trim() === '' ? undefined : parseAmount(values.fee, from.decimals);
  if (fee?.ok === false) return { field: 'fee', text: fee.reason };
  const category = values.feeCategory.trim();
  if (fee !== undefined && category === '') return { field: 'feeCategory', text: 'The fee is an expense: it needs a category.' };
  if (values.occurredOn === '') return { field: 'occurredOn', text: 'Choose a day.' };
  const note = values.note.trim();
  return {
    body: {
      to: to.id,
      amount: amount.amount,
      occurredOn: values.occurredOn,
      ...(arrives === undefined ? {} : { toAmount: arrives.amount }),
      ...(fee === undefined ? {} : { fee: { amount: fee.amount, category } }),
      ...(note === '' ? {} : { note }),
    },
  };
}

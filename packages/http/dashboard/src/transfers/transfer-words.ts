import type { TransferState } from '../api/transfer-types.ts';

/** The reason of the service where nobody gave one. */
const TAKEN_BACK = 'recalled';

/** What became of a transfer. One that came back says why, where somebody gave a reason. */
export function stateInWords(state: TransferState, reason?: string): string {
  switch (state) {
    case 'sent':
      return 'in transit';
    case 'refused':
      return 'refused, on its way back';
    case 'recalled':
      return 'asked back';
    case 'given-back':
      return 'given back, on its way';
    case 'arrived':
      return 'arrived';
    case 'returned':
      return reason === undefined || reason === TAKEN_BACK ? 'taken back' : `came back. ${reason}`;
  }
}

export const isOpen = (state: TransferState): boolean => state !== 'arrived' && state !== 'returned';

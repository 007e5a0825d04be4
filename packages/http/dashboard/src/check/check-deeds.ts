import type { Checked } from '../api/check-types.ts';
import { toMinor } from '../money/amount.ts';
import { words } from '../money/amt.tsx';
import { refreshSoon } from '../state/books.ts';
import type { Deed } from '../state/undo.ts';
import { undoable } from '../state/undo-change.ts';
import { newKey, perform } from '../state/writes.ts';

interface Counted {
  readonly counted: string;
  readonly on: string;
  /** Where the difference is booked; left out when it only is written down. */
  readonly category?: string;
}

/** Writes down what was counted. It moves no figure, so that there is something to undo only where the difference was booked. */
export async function checkBalance(walletId: string, body: Counted): Promise<Deed> {
  const answer = await perform<Checked>({
    method: 'POST',
    path: `/wallets/${encodeURIComponent(walletId)}/checks`,
    body,
    key: newKey(),
  });
  if (answer.entryId !== null) {
    const amount = words(answer.difference, { plus: true });
    const said = `Booked ${amount}, so that the balance is what you counted.`;
    return undoable(walletId, answer.version, { said, undone: `Void: ${amount}. What you counted stays.` });
  }
  refreshSoon(walletId);
  const agrees = toMinor(answer.difference) === 0n;
  return { said: agrees ? 'Written down: it agrees.' : `Written down: ${words(answer.difference, { plus: true })} differs.` };
}

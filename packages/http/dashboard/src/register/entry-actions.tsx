import { useSignal } from '@preact/signals';
import { readEntry } from '../api/reads.ts';
import type { Entry, Wallet } from '../api/types.ts';
import { fromMinor, toMinor } from '../money/amount.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { factsAlone } from '../state/bookings.ts';
import { refund, restoreEntry, voidEntry } from '../state/entry-deeds.ts';
import { reasonOf, warn } from '../state/toast.ts';
import type { Deed } from '../state/undo.ts';
import { takeBack } from '../transfers/transfer-deeds.ts';

interface EntryActionsProps {
  readonly wallet: Wallet;
  readonly entry: Entry;
  readonly attempt: (deed: Promise<Deed>) => void;
}

/** What else can be done with an entry, besides correcting it. */
export function EntryActions({ wallet, entry, attempt }: EntryActionsProps) {
  const { transfer } = entry;
  if (entry.void) {
    if (transfer !== null) return null;
    return (
      <button class="btn" type="button" onClick={() => attempt(restoreEntry(wallet.id, entry.id, factsAlone(entry)))}>
        Restore
      </button>
    );
  }
  if (transfer !== null) {
    const { id, walletId } = transfer;
    return (
      <button
        class="btn btn--bare at-end"
        type="button"
        onClick={() => attempt(takeBack({ walletId: wallet.id, transferId: id, other: walletId, amount: entry.amount }))}
      >
        {entry.kind === 'sent' ? 'Take the transfer back' : 'Give the transfer back'}
      </button>
    );
  }
  return (
    <>
      {entry.kind === 'expense' && <RefundButton wallet={wallet} entry={entry} attempt={attempt} />}
      <VoidButton voidIt={(reason) => attempt(voidEntry(wallet.id, entry.id, factsAlone(entry), reason))} />
    </>
  );
}

/** Books what came back for this expense, all that did not yet unless less is written. */
function RefundButton({ wallet, entry, attempt }: EntryActionsProps) {
  const amount = useSignal<string | undefined>(undefined);
  const open = async (): Promise<void> => {
    const { refunded } = await readEntry(wallet.id, entry.id);
    const left = toMinor(entry.amount) - toMinor(refunded);
    if (left > 0n) amount.value = fromMinor(left, wallet.decimals);
    else warn('All of it came back already.');
  };
  if (amount.value === undefined) {
    return (
      <button
        class="btn"
        type="button"
        onClick={() => void open().catch((error: unknown) => warn(`No refund can be booked now. ${reasonOf(error)}`))}
      >
        Refund
      </button>
    );
  }
  const go = (): void => {
    const parsed = parseAmount(amount.peek() ?? '', wallet.decimals);
    if (parsed.ok) attempt(refund(wallet.id, entry, parsed.amount, wallet.today));
    else warn(parsed.reason);
  };
  return (
    <span class="refund-how">
      <input
        class="input input--amt"
        aria-label={`What came back today, ${wallet.currency}`}
        inputMode="decimal"
        autocomplete="off"
        value={amount.value}
        ref={(element) => element?.focus()}
        onInput={(event) => (amount.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          go();
        }}
      />
      <button class="btn" type="button" onClick={go}>
        Book the refund
      </button>
    </span>
  );
}

/** Voiding asks for no confirmation, since it can be undone; it takes a reason if there is one. */
function VoidButton({ voidIt }: { readonly voidIt: (reason: string) => void }) {
  const reason = useSignal<string | undefined>(undefined);
  if (reason.value === undefined) {
    return (
      <button class="btn btn--bare at-end" type="button" onClick={() => (reason.value = '')}>
        Void this entry
      </button>
    );
  }
  const go = (): void => voidIt(reason.peek()?.trim() ?? '');
  return (
    <span class="void-why at-end">
      <input
        class="input"
        aria-label="Reason, may be left empty"
        placeholder="Reason, may be left empty"
        maxLength={200}
        value={reason.value}
        ref={(element) => element?.focus()}
        onInput={(event) => (reason.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          go();
        }}
      />
      <button class="btn" type="button" onClick={go}>
        Void it
      </button>
    </span>
  );
}

import type { Wallet } from '../api/types.ts';
import { Amt } from '../money/amt.tsx';
import { filters, isNarrowed } from './filters.ts';
import type { Pager } from './pager.ts';
import { selecting } from './selection.tsx';

/** What all the rows below come to, whether they are here yet or not. */
export function Totals({ wallet, pager }: { readonly wallet: Wallet; readonly pager: Pager }) {
  const totals = pager.totals.value;
  const voids = (pager.rows.value ?? []).filter((entry) => entry.void).length;
  return (
    <p class="sheet__foot totals" role="status">
      {totals !== undefined && (
        <>
          <span>
            <b>{totals.entries.toLocaleString()}</b> {totals.entries === 1 ? 'entry' : 'entries'}
            {voids > 0 && `, ${voids} void`}
          </span>
          <span>
            in <Amt value={totals.in} strong />
          </span>
          <span>
            out <Amt value={totals.out} strong />
          </span>
        </>
      )}
      {totals !== undefined && !/^[0.]+$/.test(totals.sent) && (
        <span>
          sent <Amt value={totals.sent} strong />
        </span>
      )}
      {totals !== undefined && !/^[0.]+$/.test(totals.received) && (
        <span>
          received <Amt value={totals.received} strong />
        </span>
      )}
      {totals !== undefined && !isNarrowed(filters.value) && (
        <span>
          balance <Amt value={wallet.balance} strong />
        </span>
      )}
      {totals !== undefined && totals.entries > 0 && (
        <button
          class="textbtn at-end"
          type="button"
          aria-pressed={selecting.value}
          onClick={() => (selecting.value = !selecting.peek())}
        >
          Select rows
        </button>
      )}
    </p>
  );
}

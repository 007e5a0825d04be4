import type { Wallet } from '../api/types.ts';
import { Amt } from '../money/amt.tsx';
import { filters, isNarrowed } from './filters.ts';
import type { Pager } from './pager.ts';

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
            {voids > 0 && ` and ${voids} void`}
          </span>
          <span>
            in <Amt value={totals.in} strong />
          </span>
          <span>
            out <Amt value={totals.out} strong />
          </span>
        </>
      )}
      {totals !== undefined && !isNarrowed(filters.value) && (
        <span>
          balance <Amt value={wallet.balance} strong />
        </span>
      )}
    </p>
  );
}

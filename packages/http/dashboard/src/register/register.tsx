import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Wallet } from '../api/types.ts';
import { startBooking } from '../shell/overlays.ts';
import { Bones, Empty, Fault, saidAbove } from '../shell/sheet.tsx';
import { Link } from '../shell/link.tsx';
import { latest } from '../state/books.ts';
import { useResource } from '../state/resource.ts';
import { FilterBar } from './filter-bar.tsx';
import { clearFilters, filters, isNarrowed, queryOf } from './filters.ts';
import { Pager } from './pager.ts';
import { RegisterTable } from './register-table.tsx';
import { Totals } from './totals.tsx';

export function Register({ wallet }: { readonly wallet: Wallet }) {
  const held = filters.value;
  const pager = usePager(wallet);
  const rows = pager.rows.value;
  const fault = pager.fault.value;
  return (
    <>
      <section class="sheet" aria-label="Find entries">
        <FilterBar wallet={wallet} />
        <Totals wallet={wallet} pager={pager} />
      </section>
      <section class="sheet sheet--register" aria-labelledby="reg-h">
        <h2 class="sr" id="reg-h">
          Entries
        </h2>
        {fault !== undefined && !saidAbove(fault, rows) && (
          <Fault error={fault} stale={rows !== undefined} again={() => void pager.refresh()} />
        )}
        {rows === undefined ? (
          fault === undefined && <Bones rows={12} />
        ) : rows.length === 0 ? (
          isNarrowed(held) ? (
            <Empty
              action={
                <button class="btn" type="button" onClick={clearFilters}>
                  Show all entries
                </button>
              }
            >
              No entry is like this.
            </Empty>
          ) : (
            <Empty
              action={
                <span class="row-actions">
                  <button class="btn btn--main" type="button" onClick={startBooking}>
                    Book an entry
                  </button>
                  <Link class="btn" to="/import">
                    Import a file
                  </Link>
                </span>
              }
            >
              No entries yet.
            </Empty>
          )
        ) : (
          <RegisterTable wallet={wallet} pager={pager} />
        )}
      </section>
    </>
  );
}

/** A pager for what the address asks; it reads again when the wallet has moved on. */
function usePager(wallet: Wallet): Pager {
  const ask = queryOf(filters.value);
  const key = JSON.stringify(ask);
  const pager = useMemo(() => new Pager(wallet.id, ask), [wallet.id, key]);
  const moved = useResource(latest.of(wallet.id)).value;
  const read = useRef({ pager, state: moved.value });
  useEffect(() => {
    void pager.more();
    return () => pager.stop();
  }, [pager]);
  // Also while the first rows are on their way: they may have been read before.
  useEffect(() => {
    const seen = read.current;
    read.current = { pager, state: moved.value };
    if (seen.pager === pager && seen.state !== moved.value) void pager.refresh();
  }, [pager, moved.value]);
  return pager;
}

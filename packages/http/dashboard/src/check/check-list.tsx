import type { BalanceCheck } from '../api/check-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { checks } from './check-book.ts';

/** Every earlier check: what the entries came to then, and what they come to now. */
export function CheckListSheet({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="checks" title="Earlier checks" note="twelve months, newest first">
      <Read from={checks.of(wallet.id)} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>None yet. What you count is kept here, and you see when an old day changes afterwards.</Empty>
          ) : (
            <table class="tbl fold-table">
              <caption class="sr">Counted balances, newest first</caption>
              <thead>
                <tr>
                  <th scope="col">End of</th>
                  <th scope="col" class="n">
                    Counted
                  </th>
                  <th scope="col" class="n">
                    Entries then
                  </th>
                  <th scope="col" class="n">
                    Entries now
                  </th>
                  <th scope="col" class="n">
                    Difference now
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((check) => (
                  <Row key={check.version} check={check} today={wallet.today} />
                ))}
              </tbody>
            </table>
          )
        }
      </Read>
    </Sheet>
  );
}

function Row({ check, today }: { readonly check: BalanceCheck; readonly today: string }) {
  const { on, counted, expected, expectedNow, differenceNow, entryId } = check;
  const agrees = toMinor(differenceNow) === 0n;
  return (
    <tr>
      <th scope="row">
        {shortDay(on, today)}
        {entryId !== null && <small class="quiet check-booked">difference booked</small>}
      </th>
      <td class="n" data-l="Counted">
        <Amt value={counted} />
      </td>
      <td class="n" data-l="Then">
        <Amt value={expected} />
      </td>
      <td class="n" data-l="Now">
        <Amt value={expectedNow} />
      </td>
      <td class="n" data-l="Differs">
        {agrees ? (
          <span class="tag tag--ok">
            <Icon name="ok" small />
            agrees
          </span>
        ) : (
          <b class="state--near">
            <Amt value={differenceNow} plus />
          </b>
        )}
      </td>
    </tr>
  );
}

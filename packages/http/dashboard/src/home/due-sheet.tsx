import type { Upcoming } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { addMonths, monthStart } from '../days/day.ts';
import { monthName, shortDay } from '../days/format-day.ts';
import { negate, sum } from '../money/amount.ts';
import { Amt, EntryAmt } from '../money/amt.tsx';
import { nameOf, wayOf } from '../schedules/schedule-words.ts';
import { Link } from '../shell/link.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { upcoming } from '../state/ahead.ts';
import { useResource } from '../state/resource.ts';

const MOST = 8;
const signed = ({ kind, amount }: Upcoming): string => (kind === 'income' ? amount : negate(amount));

/** What schedules will have booked by the end of the month. */
export function DueSheet({ wallet }: { readonly wallet: Wallet }) {
  const end = addMonths(monthStart(wallet.today), 1);
  const read = useResource(upcoming.of(wallet.id)).value.value ?? [];
  const items = read.filter(({ on, skipped }) => !skipped && on < end);
  if (items.length === 0) return null;
  return (
    <Sheet id="due" title={`Still due in ${monthName(wallet.today)}`} end={<Link to="/schedules">All schedules</Link>}>
      <table class="tbl">
        <caption class="sr">Schedules still due in {monthName(wallet.today)}</caption>
        <thead class="sr">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Day</th>
            <th scope="col">{wallet.currency}</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, MOST).map((each) => (
            <tr key={`${each.scheduleId} ${each.on}`}>
              <th scope="row">{nameOf(each)}</th>
              <td class="delta">{shortDay(each.on, wallet.today)}</td>
              <td class="n">
                <EntryAmt kind={wayOf(each)} amount={each.amount} />
              </td>
            </tr>
          ))}
          {items.length > MOST && (
            <tr>
              <th scope="row" colSpan={2}>
                {items.length - MOST} more
              </th>
              <td class="n">
                <Amt value={sum(items.slice(MOST).map(signed), wallet.decimals)} plus />
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Together
            </th>
            <td class="n">
              <Amt value={sum(items.map(signed), wallet.decimals)} plus />
            </td>
          </tr>
        </tfoot>
      </table>
    </Sheet>
  );
}

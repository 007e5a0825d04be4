import { useSignal } from '@preact/signals';
import type { Proposal } from '../api/transfer-types.ts';
import { dayAndMonth } from '../days/format-day.ts';
import { Amt } from '../money/amt.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { proposals } from '../state/books.ts';
import { useResource } from '../state/resource.ts';
import { keep, recall } from '../state/storage.ts';
import { reasonOf, say, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { walletName } from '../state/wallets.ts';
import { join } from './transfer-deeds.ts';

const LEFT = 'kakeibo.transfers.left';
const MOST_LEFT = 500;
const MOST_SHOWN = 10;

const keyOf = ({ from, to }: Proposal): string => `${from.entryId} ${to.entryId}`;

/** Pairs of entries that look like one transfer. Nothing is joined before somebody says so. */
export function Proposals() {
  const found = useResource(proposals).value.value?.items ?? [];
  const left = useSignal<readonly string[]>(recall<readonly string[]>(LEFT) ?? []);
  const shown = found.filter((each) => !left.value.includes(keyOf(each)));
  const keepLeft = (keys: readonly string[]): void => {
    left.value = keys.slice(-MOST_LEFT);
    keep(LEFT, left.peek());
  };
  const leave = (each: Proposal): void => {
    keepLeft([...left.peek(), keyOf(each)]);
    say('Left as two entries.', () => keepLeft(left.peek().filter((key) => key !== keyOf(each))));
  };
  const joinThem = (each: Proposal): void => {
    join(each).then(did, (error: unknown) => warn(`Not joined. ${reasonOf(error)}`));
  };
  if (shown.length === 0) return null;
  const names = (each: Proposal): string => `${walletName(each.from.walletId)} and ${walletName(each.to.walletId)}`;
  return (
    <Sheet id="proposals" title="One transfer, or two entries?" note={`${shown.length} found`}>
      <ul class="moves">
        {shown.slice(0, MOST_SHOWN).map((each) => (
          <li class="move move--proposed" key={keyOf(each)}>
            <span class="move__what">
              {walletName(each.from.walletId)} to {walletName(each.to.walletId)}
            </span>
            <span class="move__amt">
              <Amt value={each.amount} /> <span class="quiet">{each.currency}</span>
            </span>
            <span class="move__basis quiet">
              Left on {dayAndMonth(each.leftOn)}, came in on {dayAndMonth(each.arrivedOn)}. Joined they are no income and no
              spending.
            </span>
            <span class="move__do row-actions">
              <button class="btn" type="button" onClick={() => joinThem(each)}>
                Join<span class="sr"> what {names(each)} have</span>
              </button>
              <button class="btn btn--bare" type="button" onClick={() => leave(each)}>
                Leave<span class="sr"> {names(each)} as they are</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

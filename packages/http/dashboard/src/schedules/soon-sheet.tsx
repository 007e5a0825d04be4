import type { Schedule, Upcoming } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { EntryAmt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { schedules, upcoming } from '../state/ahead.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { skip } from './schedule-deeds.ts';
import { distanceInWords, nameOf, wayOf } from './schedule-words.ts';

const MOST = 12;

interface SoonSheetProps {
  readonly wallet: Wallet;
  readonly edit: (schedule: Schedule, from: string) => void;
}

/** What comes in this month and the next; each may be left out, or be the first of something else. */
export function SoonSheet({ wallet, edit }: SoonSheetProps) {
  return (
    <Sheet id="soon" title="Due soon" note="this month and the next">
      <Read from={upcoming.of(wallet.id)} rows={5}>
        {(items) =>
          items.length === 0 ? (
            <Empty>Nothing comes in the next weeks.</Empty>
          ) : (
            <>
              <ul class="limits">
                {items.slice(0, MOST).map((each) => (
                  <SoonRow key={`${each.scheduleId} ${each.on}`} wallet={wallet} occurrence={each} edit={edit} />
                ))}
              </ul>
              {items.length > MOST && <p class="sheet__foot">{items.length - MOST} more.</p>}
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

interface SoonRowProps extends SoonSheetProps {
  readonly occurrence: Upcoming;
}

function SoonRow({ wallet, occurrence, edit }: SoonRowProps) {
  const { scheduleId, on, skipped, due, remind, amount } = occurrence;
  const verb = skipped ? 'keep' : 'skip';
  const name = nameOf(occurrence);
  const schedule = schedules.of(wallet.id).value.value?.find((each) => each.scheduleId === scheduleId);
  const turn = (): void => {
    skip(wallet.id, occurrence, wallet.today, verb).then(did, (error: unknown) => warn(`Not done. ${reasonOf(error)}`));
  };
  return (
    <li class={skipped ? 'limit schedule--skipped' : 'limit'}>
      <div class="limit__name">
        {name}
        {remind && (
          <span class="state state--near quiet">
            <Icon name="clock" small />
            reminder
          </span>
        )}
        {skipped && <small>skipped</small>}
      </div>
      <div class="limit__left">
        <EntryAmt kind={wayOf(occurrence)} amount={amount} />
      </div>
      <div class="limit__of">
        {shortDay(on, wallet.today)}, {due ? 'is being booked' : distanceInWords(wallet.today, on)}
      </div>
      <div class="row-actions schedule__turn">
        <button class="textbtn" type="button" onClick={turn}>
          {skipped ? 'Keep' : 'Skip'}
          <span class="sr">
            {' '}
            {name} on {shortDay(on, wallet.today)}
          </span>
        </button>
        {schedule !== undefined && !skipped && (
          <button class="textbtn" type="button" onClick={() => edit(schedule, on)}>
            Change from here<span class="sr">, {name}</span>
          </button>
        )}
      </div>
    </li>
  );
}

import type { Schedule, ScheduleTerms } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { dayInWords, shortDay } from '../days/format-day.ts';
import { EntryAmt } from '../money/amt.tsx';
import { PathLink } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { schedules } from '../state/ahead.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { wallets } from '../state/wallets.ts';
import { stopSchedule } from './schedule-deeds.ts';
import { nameOf, ruleInWords, wayOf } from './schedule-words.ts';

interface ScheduleListProps {
  readonly wallet: Wallet;
  readonly edit: (schedule: Schedule | undefined) => void;
  readonly setting: boolean;
}

/** What comes next stands first; what has ended stands last. */
function inOrder(items: readonly Schedule[]): readonly Schedule[] {
  const key = ({ next }: Schedule): string => next ?? '9999-99-99';
  return items.toSorted((left, right) => key(left).localeCompare(key(right)));
}

export function ScheduleList({ wallet, edit, setting }: ScheduleListProps) {
  const none = schedules.of(wallet.id).value.value?.length === 0;
  const set = (look: string) => (
    <button class={look} type="button" onClick={() => edit(undefined)}>
      Set a schedule
    </button>
  );
  return (
    <Sheet id="all-schedules" title="All schedules" note={wallet.currency} end={setting || none ? undefined : set('btn')}>
      <Read from={schedules.of(wallet.id)} rows={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty action={setting ? undefined : set('btn btn--main')}>
              No schedules yet. Set the rent, the salary, a subscription, and they are booked on their day.
            </Empty>
          ) : (
            <ul class="limits">
              {inOrder(items).map((schedule) => (
                <ScheduleRow key={schedule.scheduleId} wallet={wallet} schedule={schedule} edit={edit} />
              ))}
            </ul>
          )
        }
      </Read>
    </Sheet>
  );
}

/** Its category, over how many it is split, or where it is sent. */
function Purpose({ terms: { category, parts, to } }: { readonly terms: ScheduleTerms }) {
  const target = to === null ? undefined : wallets.value.value?.find(({ id }) => id === to.walletId);
  if (to !== null) return <>to {target?.name ?? 'another wallet'}</>;
  if (parts !== null) return <>{parts.length} parts</>;
  return category === null ? null : <PathLink category={category} />;
}

interface ScheduleRowProps {
  readonly wallet: Wallet;
  readonly schedule: Schedule;
  readonly edit: (schedule: Schedule) => void;
}

function ScheduleRow({ wallet, schedule, edit }: ScheduleRowProps) {
  const { terms, next, stopsOn, booked } = schedule;
  const [now, ...later] = terms;
  if (now === undefined) return null;
  const name = nameOf(now);
  const stop = (): void => {
    stopSchedule(wallet.id, schedule).then(did, (error: unknown) => warn(`Not stopped. ${reasonOf(error)}`));
  };
  return (
    <li class={next === null ? 'limit schedule--ended' : 'limit'}>
      <div class="limit__name">
        {name}
        <small>
          <Purpose terms={now} />
        </small>
      </div>
      <div class="limit__left">
        <EntryAmt kind={wayOf(now)} amount={now.amount} />
      </div>
      <div class="limit__of">{ruleInWords(now)}</div>
      <div class="limit__pct">{next === null ? (stopsOn === null ? 'has ended' : 'stopped') : shortDay(next, wallet.today)}</div>
      {later.map((change) => (
        <div class="limit__of schedule__more" key={change.from}>
          from {dayInWords(change.from)} on <EntryAmt kind={wayOf(change)} amount={change.amount} />
          {ruleInWords(change) !== ruleInWords(now) && `, ${ruleInWords(change)}`}
        </div>
      ))}
      <div class="limit__actions row-actions">
        <button class="textbtn" type="button" onClick={() => edit(schedule)}>
          {next === null ? 'Set again' : 'Change'}
          <span class="sr"> {name}</span>
        </button>
        {next !== null && (
          <button class="textbtn" type="button" onClick={stop}>
            Stop<span class="sr"> {name}</span>
          </button>
        )}
        <span class="quiet">
          {booked === 0 ? 'nothing booked yet' : `${booked} booked`}
          {next !== null && stopsOn !== null && `, stops on ${dayInWords(stopsOn)}`}
        </span>
      </div>
    </li>
  );
}

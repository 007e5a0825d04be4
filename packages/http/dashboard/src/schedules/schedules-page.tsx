import { useSignal } from '@preact/signals';
import type { Schedule } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { Bones, Sheet } from '../shell/sheet.tsx';
import { forecast, schedules, upcoming } from '../state/ahead.ts';
import { useSettled } from '../state/resource.ts';
import { address, setQuery } from '../state/route.ts';
import { ForecastSheet } from './forecast-sheet.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { ScheduleList } from './schedule-list.tsx';
import { nameOf } from './schedule-words.ts';
import { SoonSheet } from './soon-sheet.tsx';

/** A schedule that is being changed from an occurrence on, or a new one. */
interface Editing {
  readonly schedule: Schedule | undefined;
  readonly from?: string | undefined;
}

export function SchedulesPage({ wallet }: { readonly wallet: Wallet }) {
  const editing = useSignal<Editing | undefined>(address.peek().searchParams.has('new') ? { schedule: undefined } : undefined);
  const categories = useKnownCategories(wallet);
  const close = (): void => {
    editing.value = undefined;
    setQuery({ new: undefined });
  };
  const edit = (schedule: Schedule | undefined, from?: string): void => {
    editing.value = { schedule, from };
    scrollTo({ top: 0 });
  };
  const now = editing.value;
  const terms = now?.schedule?.terms.at(-1);
  if (!useSettled([schedules.of(wallet.id), upcoming.of(wallet.id), forecast.of(wallet.id)])) return <Bones rows={12} />;
  return (
    <div class="cols">
      <div class="stack c7">
        {now !== undefined && (
          <Sheet id="schedule-form" title={terms === undefined ? 'Set a schedule' : `Change ${nameOf(terms)}`}>
            <ScheduleForm
              key={`${now.schedule?.scheduleId} ${now.from}`}
              wallet={wallet}
              schedule={now.schedule}
              from={now.from}
              categories={categories}
              close={close}
            />
          </Sheet>
        )}
        <ScheduleList wallet={wallet} edit={edit} setting={now !== undefined} />
      </div>
      <div class="stack c5">
        <SoonSheet wallet={wallet} edit={edit} />
      </div>
      <ForecastSheet wallet={wallet} />
    </div>
  );
}

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Schedule } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { openWallets } from '../state/wallets.ts';
import { newKey } from '../state/writes.ts';
import { CourseFields } from './course-fields.tsx';
import { setSchedule } from './schedule-deeds.ts';
import { SayingFields } from './schedule-fields.tsx';
import { ruleInWords } from './schedule-words.ts';
import { bodyOf, courseTyped, fieldOf, termsOn, type Typed, typedOf, type Wrong } from './typed.ts';

interface ScheduleFormProps {
  readonly wallet: Wallet;
  readonly schedule: Schedule | undefined;
  /** The first occurrence that is to be another. */
  readonly from: string | undefined;
  readonly categories: readonly string[];
  readonly close: () => void;
}

const targetOf = ({ to }: Typed): Wallet | undefined => openWallets.peek().find(({ id }) => id === to);

export function ScheduleForm({ wallet, schedule, from: first, categories, close }: ScheduleFormProps) {
  const start = first ?? schedule?.next ?? wallet.today;
  const before = termsOn(schedule, start);
  const typed = useSignal<Typed>(typedOf(before, start));
  const wrong = useSignal<Wrong | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const fail = (fault: Wrong): void => {
    wrong.value = fault;
    form.current?.querySelector<HTMLElement>(`#schedule-${fault.field}`)?.focus();
  };
  const save = async (): Promise<void> => {
    const body = bodyOf(typed.peek(), { wallet, target: targetOf(typed.peek()), before });
    if ('field' in body) return fail(body);
    busy.value = true;
    try {
      did(await setSchedule(wallet.id, schedule?.scheduleId ?? newKey(), body, schedule));
      close();
    } catch (error) {
      fail({ field: error instanceof Problem ? fieldOf(error.code) : 'form', text: reasonOf(error) });
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy.peek()) void save();
  };
  const { from } = typed.value;
  const course = courseTyped(typed.value, before);
  return (
    <form
      class="edit__form"
      ref={form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && submit(event)}
    >
      <SayingFields
        wallet={wallet}
        typed={typed}
        wrong={wrong.value}
        categories={categories}
        split={before?.parts?.length ?? 0}
      />
      <CourseFields typed={typed} wrong={wrong.value} isChange={schedule !== undefined} />
      <p class="w6 quiet" role="status">
        {course.rule === '' ? 'Write a rule, like FREQ=MONTHLY;BYMONTHDAY=31.' : `Booked ${ruleInWords(course)}.`}{' '}
        {from < wallet.today && schedule === undefined && 'What lies before today is booked at once, each on its own day.'}
      </p>
      {wrong.value?.field === 'form' && (
        <p class="w6 band" role="alert">
          {wrong.value.text}
        </p>
      )}
      <div class="w6 row-actions">
        <button class="btn btn--main" type="submit" aria-disabled={busy.value}>
          Save <kbd class="wide-only">Ctrl Enter</kbd>
        </button>
        <button class="btn" type="button" onClick={close}>
          Close
        </button>
      </div>
    </form>
  );
}

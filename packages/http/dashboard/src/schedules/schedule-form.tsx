import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { Schedule, ScheduleTerms } from '../api/schedule-types.ts';
import type { Wallet } from '../api/types.ts';
import { isDay } from '../days/day.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { newKey } from '../state/writes.ts';
import { CourseFields } from './course-fields.tsx';
import { courseOf, ruleOf, suggestedOn } from './course.ts';
import { setSchedule, type TermsBody } from './schedule-deeds.ts';
import { fieldOf, SayingFields, type Typed, type Wrong } from './schedule-fields.tsx';
import { ruleInWords } from './schedule-words.ts';

interface ScheduleFormProps {
  readonly wallet: Wallet;
  readonly schedule: Schedule | undefined;
  /** The first occurrence that is to be another. */
  readonly from: string | undefined;
  readonly categories: readonly string[];
  readonly close: () => void;
}

const NO_REMINDER = '';

/** The terms that hold on a day, else the last there were. */
function termsOn(schedule: Schedule | undefined, day: string): ScheduleTerms | undefined {
  return schedule?.terms.findLast(({ from }) => from <= day) ?? schedule?.terms.at(-1);
}

function typedOf(terms: ScheduleTerms | undefined, from: string): Typed {
  const { every, on, rule } =
    terms === undefined ? { every: 'month' as const, on: suggestedOn('month', from), rule: '' } : courseOf(terms.rule);
  return {
    kind: terms?.kind ?? 'expense',
    amount: terms?.amount ?? '',
    category: terms?.category ?? '',
    note: terms?.note ?? '',
    payee: terms?.payee ?? '',
    from,
    every,
    on,
    rule,
    shift: terms?.shift ?? 'none',
    remindDays: terms?.remindDays === null || terms === undefined ? NO_REMINDER : `${terms.remindDays}`,
  };
}

/** What was typed, as terms; a rule that stays is reckoned from where it was. */
function bodyOf(typed: Typed, amount: string, before: ScheduleTerms | undefined): TermsBody {
  const { kind, from, shift, remindDays } = typed;
  const rule = ruleOf(typed);
  const category = typed.category.trim() || null;
  return {
    kind,
    amount,
    category,
    parts: category === null ? (before?.parts ?? null) : null,
    payee: typed.payee.trim() || null,
    tags: before?.tags ?? [],
    note: typed.note.trim() || null,
    rule,
    startsOn: before?.rule === rule ? before.startsOn : from,
    monthEnd: before?.monthEnd ?? 'last-day',
    shift,
    remindDays: remindDays === NO_REMINDER ? null : Number(remindDays),
    ...(before === undefined ? {} : { from }),
  };
}

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
    const amount = parseAmount(typed.peek().amount, wallet.decimals);
    if (!amount.ok) return fail({ field: 'amount', text: amount.reason });
    if (!isDay(typed.peek().from)) return fail({ field: 'from', text: 'Choose a day.' });
    const body = bodyOf(typed.peek(), amount.amount, before);
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
  const { from, shift } = typed.value;
  const rule = ruleOf(typed.value);
  const course = {
    rule,
    startsOn: before?.rule === rule ? before.startsOn : from,
    monthEnd: before?.monthEnd ?? 'last-day',
    shift,
  } as const;
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
        {rule === '' ? 'Write a rule, like FREQ=MONTHLY;BYMONTHDAY=31.' : `Booked ${ruleInWords(course)}.`}{' '}
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

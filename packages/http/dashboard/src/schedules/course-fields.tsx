import type { Signal } from '@preact/signals';
import type { Shift } from '../api/schedule-types.ts';
import { Choice } from './choice.tsx';
import { byWeek, DAY_CHOICES, EVERY, suggestedOn, WEEKDAY_CHOICES } from './course.ts';
import { TextField } from './schedule-fields.tsx';
import type { Typed, Wrong } from './typed.ts';

const SHIFTS: readonly (readonly [Shift, string])[] = [
  ['none', 'that day'],
  ['before', 'workday before'],
  ['after', 'workday after'],
];
const REMINDERS: readonly (readonly [string, string])[] = [
  ['', 'not at all'],
  ['0', 'on the day'],
  ['1', 'a day before'],
  ['3', '3 days before'],
  ['7', 'a week before'],
  ['14', 'two weeks before'],
];

interface CourseFieldsProps {
  readonly typed: Signal<Typed>;
  readonly wrong: Wrong | undefined;
  readonly isChange: boolean;
}

/** On which days it is booked. */
export function CourseFields({ typed, wrong, isChange }: CourseFieldsProps) {
  const set = (part: Partial<Typed>): void => {
    typed.value = { ...typed.peek(), ...part };
  };
  const { every, on, from, shift, remindDays } = typed.value;
  const reminders = REMINDERS.some(([days]) => days === remindDays)
    ? REMINDERS
    : [...REMINDERS, [remindDays, `${remindDays} days before`] as const];
  return (
    <>
      <Choice
        id="schedule-every"
        label="How often"
        look="w2 whole"
        value={every}
        choices={EVERY}
        change={(next) =>
          set({
            every: next,
            on: byWeek(next) === byWeek(every) && next !== 'own' && every !== 'own' ? on : suggestedOn(next, from),
          })
        }
      />
      {every === 'own' ? (
        <TextField typed={typed} wrong={wrong} name="rule" label="Rule (RRULE of RFC 5545)" look="w4 whole" />
      ) : (
        <>
          <Choice
            id="schedule-on"
            label="On"
            look="w2 whole"
            value={on}
            choices={byWeek(every) ? WEEKDAY_CHOICES : DAY_CHOICES}
            change={(next) => set({ on: next })}
          />
          <Choice
            id="schedule-shift"
            label="On a weekend"
            look="w2 whole"
            value={shift}
            choices={SHIFTS}
            change={(next) => set({ shift: next })}
          />
        </>
      )}
      <TextField
        typed={typed}
        wrong={wrong}
        name="from"
        type="date"
        look="w3 whole"
        label={isChange ? 'From this day on' : 'First day'}
        {...(isChange ? { hint: 'What comes before stays as it is.' } : {})}
      />
      <Choice
        id="schedule-remind"
        label="Remind me"
        look="w3 whole"
        value={remindDays}
        choices={reminders}
        change={(next) => set({ remindDays: next })}
      />
    </>
  );
}

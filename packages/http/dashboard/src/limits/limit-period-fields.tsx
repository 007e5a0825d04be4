import { WEEKDAYS } from '../days/format-day.ts';
import { type FieldSet, Term } from './limit-controls.tsx';
import { Choice } from '../shell/typed-field.tsx';
import { EACH } from './period-words.ts';

const PERIODS = { ...EACH, custom: 'once, for days of my own' };
const FIRST_WEEKDAYS: Readonly<Record<string, string>> = Object.fromEntries(
  WEEKDAYS.map((name, index) => [String(index + 1), name]),
);

/** The period, where it begins, and the day from which the amount counts. */
export function PeriodFields(fields: FieldSet) {
  const { period, firstDay } = fields.terms;
  return (
    <>
      <Choice
        id="limit-period"
        look="w2"
        label="Period"
        value={period}
        of={PERIODS}
        choose={(next) => fields.set({ period: next, firstDay: '1' })}
      />
      {period === 'week' && (
        <Choice
          id="limit-firstDay"
          look="w2"
          label="Week begins on"
          value={firstDay}
          of={FIRST_WEEKDAYS}
          choose={(next) => fields.set({ firstDay: next })}
        />
      )}
      {(period === 'month' || period === 'quarter' || period === 'year') && (
        <Term
          name="firstDay"
          look="w2"
          label="Begins on day"
          hint={period === 'month' ? 'Your pay day, if you like.' : 'Of its first month.'}
          kind="number"
          {...fields}
        />
      )}
      {period === 'custom' ? (
        <>
          <Term name="from" look="w2" label="First day" kind="day" {...fields} />
          <Term name="until" look="w2" label="Last day" kind="day" {...fields} />
        </>
      ) : (
        <Term
          name="startsOn"
          look="w2"
          label="Amount from"
          hint="Counts for the whole period that holds this day, and those after."
          kind="day"
          {...fields}
        />
      )}
    </>
  );
}

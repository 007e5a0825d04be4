import type { Wallet } from '../api/types.ts';
import { dayInWords } from '../days/format-day.ts';
import { Icon } from '../shell/icon.tsx';
import { TypedField } from '../shell/typed-field.tsx';
import { setQuery } from '../state/route.ts';
import { isReportDay, type Times } from './choice.ts';

const isSet = ({ occurredAsOf, recordedAsOf }: Times): boolean => occurredAsOf !== undefined || recordedAsOf !== undefined;

/** Two quiet fields: a report can be read as it stood. */
export function AsOfFields({ wallet, times }: { readonly wallet: Wallet; readonly times: Times }) {
  const set = (name: keyof Times, day: string): void => {
    if (day === '' || isReportDay(day)) setQuery({ [name]: day });
  };
  return (
    <details class="asof" open={isSet(times)}>
      <summary>As of</summary>
      <div class="asof__fields">
        <TypedField
          id="asof-occurred"
          label="What had occurred by"
          hint="Entries of later days do not count."
          kind="day"
          value={times.occurredAsOf ?? ''}
          change={(day) => set('occurredAsOf', day)}
        />
        <TypedField
          id="asof-recorded"
          label="What was known on"
          hint={`What was booked or corrected after that day, in ${wallet.zone}, is not seen.`}
          kind="day"
          value={times.recordedAsOf ?? ''}
          change={(day) => set('recordedAsOf', day)}
        />
      </div>
    </details>
  );
}

const full = (day: string): string => `${dayInWords(day)} ${day.slice(0, 4)}`;

/** Says that the figures are not those of now. */
export function AsOfBand({ times }: { readonly times: Times }) {
  if (!isSet(times)) return null;
  const { occurredAsOf, recordedAsOf } = times;
  const said = [
    occurredAsOf === undefined ? undefined : `what had occurred by ${full(occurredAsOf)}`,
    recordedAsOf === undefined ? undefined : `what was known on ${full(recordedAsOf)}`,
  ].filter((part) => part !== undefined);
  return (
    <div class="band band--page" role="status">
      <Icon name="clock" small />
      <p>
        <b>As of:</b> {said.join(', and ')}. These are not the figures of now.
      </p>
      <button class="btn" type="button" onClick={() => setQuery({ occurredAsOf: undefined, recordedAsOf: undefined })}>
        Back to now
      </button>
    </div>
  );
}

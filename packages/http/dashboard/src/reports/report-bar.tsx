import { addDays } from '../days/day.ts';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { TypedField } from '../shell/typed-field.tsx';
import { address, setQuery } from '../state/route.ts';
import {
  type Chosen,
  isReportDay,
  type ReportName,
  REPORTS,
  rewritten,
  stepStretch,
  type StretchName,
  STRETCHES,
  stretchInWords,
} from './choice.ts';

const names = Object.keys(REPORTS).filter((name): name is ReportName => name in REPORTS);
const stretches = Object.keys(STRETCHES).filter((name): name is StretchName => name in STRETCHES);

export function ReportChoice({ chosen }: { readonly chosen: Chosen }) {
  return (
    <nav class="chips" aria-label="Reports">
      {names.map((name) => (
        <Link
          key={name}
          class="chip"
          current={name === chosen.report}
          to={`/reports${rewritten(address.value.searchParams, { report: name, stretch: undefined })}`}
        >
          {REPORTS[name]}
        </Link>
      ))}
    </nav>
  );
}

/** The month, quarter, year or own days that the report is about, and the way to the one before and after. */
export function StretchChoice({ chosen }: { readonly chosen: Chosen }) {
  const { stretch, from, to } = chosen;
  const choose = (name: StretchName): void => setQuery({ stretch: name, from, to: name === 'own' ? to : undefined });
  const move = (step: -1 | 1): void => {
    const next = stepStretch(chosen, step);
    setQuery({ stretch, from: next.from, to: stretch === 'own' ? next.to : undefined });
  };
  return (
    <div class="stretch">
      <div class="chips" role="group" aria-label="Stretch">
        {stretches.map((name) => (
          <button key={name} class="chip" type="button" aria-pressed={name === stretch} onClick={() => choose(name)}>
            {STRETCHES[name]}
          </button>
        ))}
      </div>
      <div class="stretch__step">
        <button class="iconbtn iconbtn--back" type="button" aria-label="The stretch before" onClick={() => move(-1)}>
          <Icon name="down" />
        </button>
        <b role="status">{stretchInWords(from, to)}</b>
        <button class="iconbtn iconbtn--on" type="button" aria-label="The stretch after" onClick={() => move(1)}>
          <Icon name="down" />
        </button>
      </div>
      {stretch === 'own' && <OwnDays from={from} to={to} />}
    </div>
  );
}

function OwnDays({ from, to }: { readonly from: string; readonly to: string }) {
  const last = addDays(to, -1);
  return (
    <div class="stretch__own">
      <TypedField
        id="report-from"
        label="From"
        kind="day"
        value={from}
        change={(day) => {
          if (isReportDay(day) && day < to) setQuery({ stretch: 'own', from: day, to });
        }}
      />
      <TypedField
        id="report-to"
        label="To the end of"
        kind="day"
        value={last}
        change={(day) => {
          if (isReportDay(day) && day >= from) setQuery({ stretch: 'own', from, to: addDays(day, 1) });
        }}
      />
    </div>
  );
}

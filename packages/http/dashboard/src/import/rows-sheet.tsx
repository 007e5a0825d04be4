import { useSignal } from '@preact/signals';
import type { ImportPreview } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { Icon } from '../shell/icon.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { badRowsCsv, download } from './bad-rows.ts';
import { RowsTable, type Shown, SHOWN_NAMES } from './rows-table.tsx';
import { rows, run } from './run.ts';

interface RowsSheetProps {
  readonly wallet: Wallet;
  readonly preview: ImportPreview;
}

const CHIPS: readonly Exclude<Shown, 'all'>[] = ['new', 'duplicate', 'corrected', 'linked', 'skipped', 'bad'];
/** These stand there even when there are none. */
const ALWAYS: ReadonlySet<Shown> = new Set<Shown>(['new', 'duplicate', 'bad']);

/** The rows as they would be booked: new, already there, told anew, linked, left out, to mend. */
export function RowsSheet({ wallet, preview }: RowsSheetProps) {
  const shown = useSignal<Shown>('all');
  const { counts } = preview;
  const chip = (value: Shown, count: number) => (
    <button key={value} class="chip" type="button" aria-pressed={shown.value === value} onClick={() => (shown.value = value)}>
      {SHOWN_NAMES[value]} {count.toLocaleString()}
    </button>
  );
  return (
    <Sheet
      id="rows"
      title="Rows"
      end={
        <span class="chips" role="group" aria-label="Show">
          {chip('all', counts.rows)}
          {CHIPS.filter((each) => ALWAYS.has(each) || counts[each] > 0).map((each) => chip(each, counts[each]))}
        </span>
      }
    >
      <RowsTable wallet={wallet} preview={preview} shown={shown.value} />
      {counts.rows > preview.rows.length + preview.bad.length && (
        <p class="quiet">
          The first {preview.rows.length} are shown; all {counts.rows.toLocaleString()} are counted, and booked.
        </p>
      )}
      <BottomLine wallet={wallet} preview={preview} />
      {preview.questions.length > 0 && <p class="quiet">Answer the question above first; then the rows can be booked.</p>}
      <Booking />
    </Sheet>
  );
}

/** "2 new rows, 1 already there, 1 told anew, 0 to mend" */
function countsInWords({ counts }: ImportPreview): string {
  const some = (count: number, name: string): string => (count === 0 ? '' : `, ${count.toLocaleString()} ${name}`);
  return `${counts.new.toLocaleString()} new ${counts.new === 1 ? 'row' : 'rows'}, ${counts.duplicate.toLocaleString()} already there${some(counts.corrected, 'told anew')}${some(counts.linked, 'linked')}${some(counts.skipped, 'left out')}, ${counts.bad.toLocaleString()} to mend`;
}

function BottomLine({ wallet, preview }: RowsSheetProps) {
  const { counts } = preview;
  const busy = run.reading.value || run.progress.value !== undefined;
  const others = counts.corrected + counts.linked;
  return (
    <div class="sheet__foot bottomline">
      <p role="status">{countsInWords(preview)}</p>
      <div class="row-actions">
        {counts.bad > 0 && preview.format === 'csv' && (
          <button
            class="btn"
            type="button"
            onClick={() => download('rows-to-mend.csv', badRowsCsv(preview.bad, preview.header, preview.delimiter))}
          >
            <Icon name="export" small />
            Rows to mend
          </button>
        )}
        <button class="btn" type="button" onClick={() => run.reset()}>
          Back
        </button>
        <button
          class="btn btn--main"
          type="button"
          disabled={preview.questions.length > 0 || busy || counts.new + others === 0}
          onClick={() => void run.book(wallet)}
        >
          {counts.new === 0 && others > 0
            ? `Take over ${others.toLocaleString()} ${others === 1 ? 'change' : 'changes'}`
            : `Book ${counts.new === 1 ? '1 new row' : `${counts.new.toLocaleString()} new rows`}`}
        </button>
      </div>
    </div>
  );
}

function Booking() {
  const progress = run.progress.value;
  if (progress === undefined) return null;
  const share = progress.total === 0 ? 0 : (progress.done / progress.total) * 100;
  return (
    <div class="booking">
      <div
        class="progress"
        role="progressbar"
        aria-label="Booking"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share)}
      >
        <i style={{ '--len': `${share}%` }} />
      </div>
      <p class="quiet">
        {progress.done.toLocaleString()} of {rows(progress.total)}. You may leave this page; starting again skips what is booked.
      </p>
    </div>
  );
}

import { useSignal } from '@preact/signals';
import type { BadRow, ImportPreview, PreviewRow } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { EntryAmt } from '../money/amt.tsx';
import { Icon, type IconName } from '../shell/icon.tsx';
import { Path } from '../shell/link.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { badRowsCsv, download } from './bad-rows.ts';
import { rows, run } from './run.ts';

type Shown = 'all' | 'new' | 'duplicate' | 'bad';

interface RowsSheetProps {
  readonly wallet: Wallet;
  readonly preview: ImportPreview;
}

/** The rows as they would be booked: new, already there, to mend. */
export function RowsSheet({ wallet, preview }: RowsSheetProps) {
  const shown = useSignal<Shown>('all');
  const { counts } = preview;
  const chip = (value: Shown, name: string, count: number) => (
    <button class="chip" type="button" aria-pressed={shown.value === value} onClick={() => (shown.value = value)}>
      {name} {count.toLocaleString()}
    </button>
  );
  const asking = preview.questions.length > 0;
  const busy = run.reading.value || run.progress.value !== undefined;
  return (
    <Sheet
      id="rows"
      title="Rows"
      end={
        <span class="chips" role="group" aria-label="Show">
          {chip('all', 'All', counts.rows)}
          {chip('new', 'New', counts.new)}
          {chip('duplicate', 'Already there', counts.duplicate)}
          {chip('bad', 'To mend', counts.bad)}
        </span>
      }
    >
      <RowsTable wallet={wallet} preview={preview} shown={shown.value} />
      {counts.rows > preview.rows.length + preview.bad.length && (
        <p class="quiet">
          The first {preview.rows.length} are shown; all {counts.rows.toLocaleString()} are counted, and booked.
        </p>
      )}
      <div class="sheet__foot bottomline">
        <p role="status">
          {counts.new.toLocaleString()} new {counts.new === 1 ? 'row' : 'rows'}, {counts.duplicate.toLocaleString()} already
          there, {counts.bad.toLocaleString()} to mend
        </p>
        <div class="row-actions">
          {counts.bad > 0 && (
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
            disabled={asking || busy || counts.new === 0}
            onClick={() => void run.book(wallet)}
          >
            Book {counts.new === 1 ? '1 new row' : `${counts.new.toLocaleString()} new rows`}
          </button>
        </div>
      </div>
      {asking && <p class="quiet">Answer the question above first; then the rows can be booked.</p>}
      <Booking />
    </Sheet>
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

interface RowsTableProps extends RowsSheetProps {
  readonly shown: Shown;
}

type Line = { readonly line: number; readonly good: PreviewRow } | { readonly line: number; readonly bad: BadRow };

function RowsTable({ wallet, preview, shown }: RowsTableProps) {
  const good: readonly Line[] =
    shown === 'bad'
      ? []
      : preview.rows.filter((row) => shown === 'all' || row.status === shown).map((row) => ({ line: row.line, good: row }));
  const bad: readonly Line[] = shown === 'all' || shown === 'bad' ? preview.bad.map((row) => ({ line: row.line, bad: row })) : [];
  const lines = [...good, ...bad].sort((left, right) => left.line - right.line);
  return (
    <div
      class={run.reading.value ? 'rows-scroll rows-scroll--old' : 'rows-scroll'}
      tabIndex={0}
      role="region"
      aria-label="Rows of the file"
    >
      <table class="entries rows entries--fold" role="table" aria-labelledby="rows-h">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="time">
              Day
            </th>
            <th role="columnheader" scope="col">
              What
            </th>
            <th role="columnheader" scope="col">
              Category
            </th>
            <th role="columnheader" scope="col">
              State
            </th>
            <th role="columnheader" scope="col" class="n">
              {wallet.currency}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.map((each) =>
            'good' in each ? (
              <GoodRow key={each.line} row={each.good} today={wallet.today} />
            ) : (
              <BadRowView key={`bad ${each.line}`} row={each.bad} />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

const Tag = ({ look, icon, children }: { readonly look: string; readonly icon: IconName; readonly children: string }) => (
  <span class={`tag tag--${look}`}>
    <Icon name={icon} small />
    {children}
  </span>
);

function GoodRow({ row, today }: { readonly row: PreviewRow; readonly today: string }) {
  const there = row.status === 'duplicate';
  return (
    <tr class={there ? 'e there' : 'e'} role="row">
      <td role="cell" class="time">
        {shortDay(row.occurredOn, today)}
      </td>
      <td role="cell" class="what">
        {row.note ?? ''} <span class="quiet">row {row.line}</span>
      </td>
      <td role="cell" class="cat">
        {row.category !== null && <Path category={row.category} />}
      </td>
      <td role="cell" class="rc">
        {there ? (
          <Tag look="there" icon="same">
            already there
          </Tag>
        ) : (
          <Tag look="new" icon="plus">
            new
          </Tag>
        )}
      </td>
      <td role="cell" class="n main">
        <EntryAmt kind={row.kind} amount={row.amount} />
      </td>
    </tr>
  );
}

function BadRowView({ row }: { readonly row: BadRow }) {
  return (
    <tr class="e bad" role="row">
      <td role="cell" class="time">
        row {row.line}
      </td>
      <td role="cell" class="what" colSpan={2}>
        {row.reason}{' '}
        <span class="quiet second">
          row {row.line}: {row.text}
        </span>
      </td>
      <td role="cell" class="rc">
        <Tag look="bad" icon="warn">
          to mend
        </Tag>
      </td>
      <td role="cell" class="n main" />
    </tr>
  );
}

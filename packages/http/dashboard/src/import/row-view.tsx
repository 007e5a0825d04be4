import type { BadRow, PreviewRow, RowStatus } from '../api/import-types.ts';
import { shortDay } from '../days/format-day.ts';
import { EntryAmt } from '../money/amt.tsx';
import { Icon, type IconName } from '../shell/icon.tsx';
import { Path } from '../shell/link.tsx';

type Look = RowStatus | 'ask';

const TAGS: Readonly<Record<Look, { readonly look: string; readonly icon: IconName; readonly words: string }>> = {
  new: { look: 'new', icon: 'plus', words: 'new' },
  duplicate: { look: 'there', icon: 'same', words: 'already there' },
  corrected: { look: 'new', icon: 'undo', words: 'told anew' },
  linked: { look: 'ok', icon: 'ok', words: 'linked' },
  skipped: { look: 'there', icon: 'x', words: 'left out' },
  ask: { look: 'bad', icon: 'warn', words: 'booked already?' },
};

const FROM: Readonly<Record<string, string>> = {
  chosen: 'chosen',
  rule: 'by a rule',
  payee: 'as last time',
  file: 'from the file',
};

const CHANGEABLE: ReadonlySet<RowStatus> = new Set<RowStatus>(['new', 'linked', 'skipped']);

interface GoodRowProps {
  readonly row: PreviewRow;
  readonly today: string;
  readonly open: boolean;
  readonly toggle: () => void;
}

export function GoodRow({ row, today, open, toggle }: GoodRowProps) {
  const quiet = row.status === 'duplicate' || row.status === 'skipped';
  const { look, icon, words } = TAGS[row.status === 'new' && row.candidates.length > 0 ? 'ask' : row.status];
  const what = row.payee ?? row.note ?? '';
  return (
    <tr class={quiet ? 'e there' : 'e'} role="row">
      <td role="cell" class="time">
        {shortDay(row.occurredOn, today)}
      </td>
      <td role="cell" class="what">
        {CHANGEABLE.has(row.status) ? (
          <button type="button" aria-expanded={open} onClick={toggle}>
            {what || `row ${row.line}`}
          </button>
        ) : (
          what
        )}{' '}
        {row.payee !== null && row.note !== null && <span class="quiet">{row.note}</span>}{' '}
        {row.tags.length > 0 && <span class="tags">{row.tags.map((tag) => `#${tag}`).join(' ')}</span>}{' '}
        <span class="quiet">row {row.line}</span>
      </td>
      <td role="cell" class="cat">
        <Category row={row} />
      </td>
      <td role="cell" class="rc">
        <span class={`tag tag--${look}`}>
          <Icon name={icon} small />
          {words}
        </span>
      </td>
      <td role="cell" class="n main">
        <EntryAmt kind={row.kind} amount={row.amount} />
      </td>
    </tr>
  );
}

function Category({ row }: { readonly row: PreviewRow }) {
  if (row.parts !== null) return <>{row.parts.map(({ category }) => category).join(', ')}</>;
  if (row.category === null) return null;
  return (
    <>
      <Path category={row.category} />
      {row.categoryFrom !== null && row.categoryFrom !== 'file' && <span class="quiet"> {FROM[row.categoryFrom]}</span>}
    </>
  );
}

export function BadRowView({ row }: { readonly row: BadRow }) {
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
        <span class="tag tag--bad">
          <Icon name="warn" small />
          to mend
        </span>
      </td>
      <td role="cell" class="n main" />
    </tr>
  );
}

import { useSignal } from '@preact/signals';
import type { BadRow, ImportPreview, PreviewRow, RowStatus } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { BadRowView, GoodRow } from './row-view.tsx';
import { RowDetail } from './row-detail.tsx';
import { run } from './run.ts';

export type Shown = 'all' | RowStatus | 'bad';

export const SHOWN_NAMES: Readonly<Record<Shown, string>> = {
  all: 'All',
  new: 'New',
  duplicate: 'Already there',
  corrected: 'Told anew',
  linked: 'Linked',
  skipped: 'Left out',
  bad: 'To mend',
};

interface RowsTableProps {
  readonly wallet: Wallet;
  readonly preview: ImportPreview;
  readonly shown: Shown;
}

type Line = { readonly line: number; readonly good: PreviewRow } | { readonly line: number; readonly bad: BadRow };

function linesOf({ rows, bad }: ImportPreview, shown: Shown): readonly Line[] {
  const good = rows.filter((row) => shown === 'all' || row.status === shown).map((row): Line => ({ line: row.line, good: row }));
  const wrong = shown === 'all' || shown === 'bad' ? bad.map((row): Line => ({ line: row.line, bad: row })) : [];
  return [...good, ...wrong].sort((left, right) => left.line - right.line);
}

export function RowsTable({ wallet, preview, shown }: RowsTableProps) {
  const open = useSignal<number | undefined>(undefined);
  const categories = useKnownCategories(wallet);
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
          {linesOf(preview, shown).map((each) => {
            if ('bad' in each) return <BadRowView key={`bad ${each.line}`} row={each.bad} />;
            const { row } = each.good;
            const isOpen = open.value === row;
            return [
              <GoodRow
                key={row}
                row={each.good}
                today={wallet.today}
                open={isOpen}
                toggle={() => (open.value = isOpen ? undefined : row)}
              />,
              isOpen && <RowDetail key={`detail ${row}`} wallet={wallet} row={each.good} categories={categories} />,
            ];
          })}
        </tbody>
      </table>
    </div>
  );
}

import type { Compared, ComparedStretch, Drill } from '../api/report-types.ts';
import type { Wallet } from '../api/types.ts';
import { Amt } from '../money/amt.tsx';
import { Path } from '../shell/link.tsx';
import { stretchInWords, type Times } from './choice.ts';
import { changeInWords, FigureLink } from './figure-link.tsx';
import type { Spending, SpendingLine } from './spending.ts';

interface SpendingTableProps {
  readonly spending: Spending;
  readonly wallet: Wallet;
  readonly times: Times;
  readonly head: 'Category' | 'Payee' | 'Tag';
  readonly slots: ReadonlyMap<string | null, number> | undefined;
}

export function SpendingTable({ spending, wallet, times, head, slots }: SpendingTableProps) {
  const { from, to, total, rows, rest } = spending;
  const beside = [spending.previous, spending.yearBefore].filter((each) => each !== undefined);
  return (
    <table class="tbl fold-table">
      <caption class="sr">
        Spending by {head.toLowerCase()} in {stretchInWords(from, to)}, beside earlier stretches
      </caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" class="n">
            {wallet.currency}
          </th>
          <th scope="col" class="n">
            Share
          </th>
          {beside.map((each) => [
            <th key={each.from} scope="col" class="n">
              {stretchInWords(each.from, each.to)}
            </th>,
            <th key={`${each.from} change`} scope="col" class="n">
              Change
            </th>,
          ])}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <Name row={row} head={head} slot={row.depth === 0 ? slots?.get(row.name) : undefined} />
            </th>
            <td class="n" data-l={wallet.currency}>
              <FigureLink value={row.total} drill={row.drill} times={times} />
            </td>
            <td class="n delta" data-l="Share">
              {row.share === null ? '—' : `${row.share} %`}
            </td>
            {besideCells(spending, row, { drill: row.drill, times })}
          </tr>
        ))}
        {rest !== undefined && (
          <tr>
            <th scope="row">{rest.names.toLocaleString()} more</th>
            <td class="n" data-l={wallet.currency}>
              <Amt value={rest.total} />
            </td>
            <td class="wide-only" colSpan={1 + beside.length * 2} />
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Out</th>
          <td class="n" data-l={wallet.currency}>
            <FigureLink value={total} drill={{ from, to }} times={times} />
          </td>
          <td class="n delta" data-l="Share">
            {slots === undefined ? '—' : '100 %'}
          </td>
          {besideCells(spending, spending, { drill: { from, to }, times })}
        </tr>
      </tfoot>
    </table>
  );
}

interface Beside {
  readonly previous: Compared | undefined;
  readonly yearBefore: Compared | undefined;
}

function besideCells(spending: Spending, line: Beside, at: { readonly drill: Drill; readonly times: Times }) {
  return [
    <BesideCells key="previous" stretch={spending.previous} compared={line.previous} {...at} />,
    <BesideCells key="year" stretch={spending.yearBefore} compared={line.yearBefore} {...at} />,
  ];
}

interface BesideCellsProps {
  readonly stretch: ComparedStretch | undefined;
  readonly compared: Compared | undefined;
  readonly drill: Drill;
  readonly times: Times;
}

/** What it was in another stretch, and how far it is from that. */
function BesideCells({ stretch, compared, drill, times }: BesideCellsProps) {
  if (stretch === undefined || compared === undefined) return null;
  const { from, to } = stretch;
  return (
    <>
      <td class="n delta" data-l={stretchInWords(from, to)}>
        <FigureLink value={compared.amount} drill={{ ...drill, from, to }} times={times} />
      </td>
      <td class="n delta" data-l="Change">
        <span>
          <Amt value={compared.difference} plus /> <span class="share">{changeInWords(compared.percent)}</span>
        </span>
      </td>
    </>
  );
}

function Name({ row, head, slot }: { readonly row: SpendingLine; readonly head: string; readonly slot: number | undefined }) {
  return (
    <span class="keyed" style={{ '--depth': row.depth }}>
      {slot !== undefined && <span class="key" style={{ '--k': `var(--chart-${slot})` }} />}
      {row.name === null || row.name === '' ? (
        <span class="quiet">Without a {head.toLowerCase()}</span>
      ) : head === 'Category' ? (
        <Path category={row.name} />
      ) : (
        <bdi>{head === 'Tag' ? `#${row.name}` : row.name}</bdi>
      )}
    </span>
  );
}

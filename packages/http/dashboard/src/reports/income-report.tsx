import { readIncome } from '../api/report-reads.ts';
import type { IncomeMonth, IncomeReport, IncomeSide } from '../api/report-types.ts';
import { monthAndYear, shortMonth } from '../days/format-day.ts';
import { toMinor } from '../money/amount.ts';
import { Path } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { useOwnResource } from '../state/resource.ts';
import { stretchInWords, type Times } from './choice.ts';
import { FigureLink } from './figure-link.tsx';
import type { ReportProps } from './report-props.ts';

/** Income and expenses by category, a column a month. */
export function IncomeView({ wallet, chosen }: ReportProps) {
  const { from, to, times } = chosen;
  const report = useOwnResource(
    () => readIncome(wallet.id, { from, to, ...times }),
    `${wallet.id} income ${JSON.stringify(chosen)}`,
    wallet.version,
  );
  return (
    <Sheet id="income" title="Income statement" note={`${stretchInWords(from, to)}, ${wallet.currency}`}>
      <Read from={report} rows={14}>
        {(statement) =>
          statement.income.rows.length + statement.expenses.rows.length === 0 ? (
            <Empty>Nothing came in or went out in {stretchInWords(from, to)}.</Empty>
          ) : (
            <div class="months-scroll" role="region" aria-label="Income statement by months" tabIndex={0}>
              <Months statement={statement} times={times} />
            </div>
          )
        }
      </Read>
    </Sheet>
  );
}

interface MonthsProps {
  readonly statement: IncomeReport;
  readonly times: Times;
}

const headOf = ({ from, to, partial }: IncomeMonth): string =>
  partial ? stretchInWords(from, to) : `${shortMonth(from)} ${from.slice(0, 4)}`;

function Months({ statement, times }: MonthsProps) {
  const { months, income, expenses, from, to, net } = statement;
  const many = months.length > 1;
  return (
    <table class={`tbl fold-table statement ${months.length > 4 ? 'statement--dense' : ''}`}>
      <caption class="sr">
        Income and expenses by category from {monthAndYear(from)}, in {months.length} months
      </caption>
      <thead>
        <tr>
          <th scope="col">Category</th>
          {many && (
            <th scope="col" class="n">
              Together
            </th>
          )}
          {months.map((month) => (
            <th key={month.from} scope="col" class="n">
              {headOf(month)}
            </th>
          ))}
        </tr>
      </thead>
      <Side name="Income" side={income} months={months} times={times} kind="income" span={{ from, to }} />
      <Side name="Expenses" side={expenses} months={months} times={times} span={{ from, to }} />
      <tfoot>
        <tr>
          <th scope="row">Stayed</th>
          {many && (
            <td class="n" data-l="Together">
              <FigureLink value={net} drill={{ from, to }} times={times} plus />
            </td>
          )}
          {months.map((month) => (
            <td key={month.from} class="n" data-l={headOf(month)}>
              <FigureLink value={month.net} drill={{ from: month.from, to: month.to }} times={times} plus />
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

interface SideProps {
  readonly name: string;
  readonly side: IncomeSide;
  readonly months: readonly IncomeMonth[];
  readonly times: Times;
  readonly kind?: 'income';
  readonly span: { readonly from: string; readonly to: string };
}

function Side({ name, side, months, times, kind, span }: SideProps) {
  const rows = [
    ...side.rows.map((row) => ({ ...row, key: row.category, whole: false })),
    {
      key: '',
      category: '',
      depth: 0,
      whole: true,
      total: side.total,
      amounts: side.amounts,
      drill: { ...span, ...(kind && { kind }) },
    },
  ];
  return (
    <tbody>
      <tr class="statement__side">
        <th scope="rowgroup" colSpan={months.length + (months.length > 1 ? 2 : 1)}>
          {name}
        </th>
      </tr>
      {rows.map(({ key, category, depth, whole, total, amounts, drill }) => (
        <tr key={key} class={whole ? 'statement__sum' : undefined}>
          <th scope="row">
            {whole ? (
              `${name} together`
            ) : (
              <span class="keyed" style={{ '--depth': depth }}>
                {category === '' ? <span class="quiet">Without a category</span> : <Path category={category} />}
              </span>
            )}
          </th>
          {months.length > 1 && (
            <td class="n" data-l="Together">
              <FigureLink value={total} drill={drill} times={times} />
            </td>
          )}
          {months.map((month, index) => (
            <td key={month.from} class={none(amounts[index]) ? 'n none' : 'n'} data-l={headOf(month)}>
              <FigureLink value={amounts[index] ?? '0'} drill={{ ...drill, from: month.from, to: month.to }} times={times} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const none = (amount: string | undefined): boolean => amount === undefined || toMinor(amount) === 0n;

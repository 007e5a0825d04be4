import { readCategorySpending, readNameSpending } from '../api/report-reads.ts';
import type { Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { dayInWords } from '../days/format-day.ts';
import { toLength } from '../money/amount.ts';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { useOwnResource } from '../state/resource.ts';
import { address, setQuery } from '../state/route.ts';
import { type Chosen, stretchInWords } from './choice.ts';
import type { ReportProps } from './report-props.ts';
import { SpendingTable } from './spending-table.tsx';
import { slotsOf, type Spending, spendingOfCategories, spendingOfNames } from './spending.ts';

const BY = { category: 'Category', payee: 'Payee', tag: 'Tag' } as const;
type By = keyof typeof BY;
const ways = Object.keys(BY).filter((name): name is By => name in BY);

async function load(walletId: string, { from, to, times }: Chosen, by: By): Promise<Spending> {
  const ask = { from, to, ...times };
  if (by === 'category') return spendingOfCategories(await readCategorySpending(walletId, ask));
  return spendingOfNames(await readNameSpending(walletId, ask, by));
}

/** What was spent, beside the stretch before and the same one a year before. */
export function SpendingView({ wallet, chosen }: ReportProps) {
  const asked = address.value.searchParams.get('by') ?? '';
  const by = ways.find((name) => name === asked) ?? 'category';
  const name = `${wallet.id} spending ${by} ${JSON.stringify(chosen)}`;
  const report = useOwnResource(() => load(wallet.id, chosen, by), name, wallet.version);
  return (
    <Sheet
      id="spending"
      title="Spending"
      note={stretchInWords(chosen.from, chosen.to)}
      end={
        <span class="chips" role="group" aria-label="By">
          {ways.map((each) => (
            <button key={each} class="chip" type="button" aria-pressed={each === by} onClick={() => setQuery({ by: each })}>
              {BY[each]}
            </button>
          ))}
        </span>
      }
    >
      <Read from={report} rows={12}>
        {(spending) =>
          spending.rows.length === 0 ? (
            <Empty>Nothing was spent in {stretchInWords(chosen.from, chosen.to)}.</Empty>
          ) : (
            <SpendingFigure spending={spending} wallet={wallet} chosen={chosen} by={by} />
          )
        }
      </Read>
    </Sheet>
  );
}

interface SpendingFigureProps {
  readonly spending: Spending;
  readonly wallet: Wallet;
  readonly chosen: Chosen;
  readonly by: By;
}

function SpendingFigure({ spending, wallet, chosen, by }: SpendingFigureProps) {
  const slots = slotsOf(spending);
  const tops = spending.rows.filter((row) => row.depth === 0);
  return (
    <>
      {by !== 'tag' && (
        <div class="strip" aria-hidden="true">
          {tops.map((row) => (
            <i
              key={row.name}
              style={{ '--w': Math.max(toLength(row.total), 0), '--k': `var(--chart-${slots.get(row.name) ?? 8})` }}
            />
          ))}
        </div>
      )}
      <SpendingTable
        spending={spending}
        wallet={wallet}
        times={chosen.times}
        head={BY[by]}
        slots={by === 'tag' ? undefined : slots}
      />
      <p class="sheet__foot">
        {wallet.today >= chosen.from && wallet.today < addDays(chosen.to, -1)
          ? `It runs until ${dayInWords(addDays(chosen.to, -1))}; the stretches beside it are whole. `
          : ''}
        {by === 'tag' && 'An entry with two tags counts under both, so tags may come to more than was spent.'}
        {by === 'category' && 'A category counts what lies under it. Refunds lower it.'}
        {by === 'payee' && 'Refunds lower what a payee got.'}
      </p>
    </>
  );
}

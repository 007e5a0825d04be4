import type { ComponentType } from 'preact';
import type { Wallet } from '../api/types.ts';
import { address } from '../state/route.ts';
import { AsOfBand, AsOfFields } from './as-of.tsx';
import { BudgetView } from './budget-report.tsx';
import { CashflowView } from './cashflow-report.tsx';
import { chosenIn, type ReportName } from './choice.ts';
import { EntriesView } from './entries-report.tsx';
import { IncomeView } from './income-report.tsx';
import { NetWorthView } from './networth-report.tsx';
import { ReportChoice, StretchChoice } from './report-bar.tsx';
import type { ReportProps } from './report-props.ts';
import { SpendingView } from './spending-report.tsx';
import { StatementView } from './statement-report.tsx';

const VIEWS: Readonly<Record<ReportName, ComponentType<ReportProps>>> = {
  spending: SpendingView,
  cashflow: CashflowView,
  income: IncomeView,
  budget: BudgetView,
  networth: NetWorthView,
  entries: EntriesView,
  statement: StatementView,
};

/** One report at a time; which one, of which days, and as of when stands in the address. */
export function ReportsPage({ wallet }: { readonly wallet: Wallet }) {
  const chosen = chosenIn(address.value.searchParams, wallet.today);
  const View = VIEWS[chosen.report];
  return (
    <>
      <div class="reports">
        <ReportChoice chosen={chosen} />
        <StretchChoice chosen={chosen} />
        <AsOfFields wallet={wallet} times={chosen.times} />
      </div>
      <AsOfBand times={chosen.times} />
      <View wallet={wallet} chosen={chosen} />
    </>
  );
}

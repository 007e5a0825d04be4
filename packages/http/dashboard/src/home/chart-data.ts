import type { ForecastReport } from '../api/schedule-types.ts';
import type { BalanceReport, CashflowReport } from '../api/types.ts';

export type ChartData =
  | {
      readonly sort: 'balance';
      readonly report: BalanceReport;
      readonly ahead?: ForecastReport | undefined;
      readonly by?: 'month';
    }
  | { readonly sort: 'flow'; readonly report: CashflowReport; readonly today: string };

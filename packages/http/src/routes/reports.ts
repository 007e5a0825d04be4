import type { Operation } from '../operation.ts';
import { balanceQuery, balanceReport, cashflowQuery, cashflowReport, spendingQuery, spendingReport } from '../schemas/reports.ts';
import { balanceStretch, cashflowStretch, spendingStretch, stretchOf } from './stretch.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Reports';

export const reportOperations: readonly Operation[] = [
  walletRead({
    followsDay: true,
    path: '/reports/spending',
    tag: TAG,
    summary: 'What was spent, by category or by month (the current month when no days are given)',
    query: spendingQuery,
    answer: spendingReport,
    body({ wallet, summary, query }) {
      const period = stretchOf(query, spendingStretch(summary.today), query.by);
      return query.by === 'month' ? wallet.spendingByMonth(period) : wallet.spending(period);
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/balance',
    tag: TAG,
    summary: 'The balance today, and how it moved by day or month (the last ninety days when no days are given)',
    query: balanceQuery,
    answer: balanceReport,
    body({ wallet, summary, query: { by, ...wanted } }) {
      return wallet.balance({ period: stretchOf(wanted, balanceStretch(summary.today), by), by, on: summary.today });
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/cashflow',
    tag: TAG,
    summary: 'What came in and went out, by month (the last twelve months when no days are given)',
    query: cashflowQuery,
    answer: cashflowReport,
    body: ({ wallet, summary, query }) => wallet.cashflow(stretchOf(query, cashflowStretch(summary.today), 'month')),
  }),
];

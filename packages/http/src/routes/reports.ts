import type { Comparison } from '@kakeibo/core';
import { readEntryCursor, writeEntryCursor } from '../cursor.ts';
import type { Operation } from '../operation.ts';
import {
  balanceQuery,
  balanceReport,
  budgetReport,
  cashflowReport,
  incomeReport,
  largestQuery,
  largestReport,
  spendingQuery,
  spendingReport,
  statementQuery,
  statementReport,
  stretchQuery,
  unusualQuery,
  unusualReport,
} from '../schemas/reports.ts';
import { readsAt } from './as-of.ts';
import { balanceStretch, cashflowStretch, searchStretchOf, spendingStretch, stretchOf } from './stretch.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Reports';

const COMPARISONS: Readonly<Record<'previous' | 'year' | 'both', readonly Comparison[]>> = {
  previous: ['previous'],
  year: ['year'],
  both: ['previous', 'year'],
};

export const reportOperations: readonly Operation[] = [
  walletRead({
    followsDay: true,
    path: '/reports/spending',
    tag: TAG,
    summary: 'What was spent, by category, month, payee or tag (the current month when no days are given)',
    query: spendingQuery,
    answer: spendingReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const period = stretchOf(query, spendingStretch(day), 'month');
      const compare = query.compare === undefined ? [] : COMPARISONS[query.compare];
      if (query.by === 'category') return reads.spending(period, { compare });
      if (query.by === 'month') return reads.spendingByMonth(period, { compare });
      return reads.spendingByName({ period, by: query.by, compare, limit: query.limit });
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/balance',
    tag: TAG,
    summary: 'The balance today, and how it moved by day or month (the last ninety days when no days are given)',
    query: balanceQuery,
    answer: balanceReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const { by } = query;
      return reads.balance({ period: stretchOf(query, balanceStretch(day), by), by, on: day });
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/cashflow',
    tag: TAG,
    summary: 'What came in, went out and was saved, by month (the last twelve months when no days are given)',
    query: stretchQuery,
    answer: cashflowReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.cashflow(stretchOf(query, cashflowStretch(day), 'month'));
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/income',
    tag: TAG,
    summary: 'The income statement: income and expenses by category, a column a month (the last twelve when no days are given)',
    query: stretchQuery,
    answer: incomeReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.incomeStatement(stretchOf(query, cashflowStretch(day), 'month'));
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/budget',
    tag: TAG,
    summary: 'Budget against actual: every limit, period by period (the last twelve months when no days are given)',
    query: stretchQuery,
    answer: budgetReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.budget(stretchOf(query, cashflowStretch(day), 'month'));
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/statement',
    tag: TAG,
    summary: 'Opening, every entry with the balance after it, and closing (the current month when no days are given)',
    query: statementQuery,
    answer: statementReport,
    async body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const { after, limit } = query;
      const page = { limit, ...(after === undefined ? {} : { after: readEntryCursor(after) }) };
      const statement = await reads.statement({ period: stretchOf(query, spendingStretch(day), 'month'), ...page });
      return { ...statement, next: statement.next === null ? null : writeEntryCursor(statement.next) };
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/largest',
    tag: TAG,
    summary: 'The largest entries of at most 400 days (the current month when no days are given)',
    query: largestQuery,
    answer: largestReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const { kind, limit } = query;
      return reads.largest({ period: searchStretchOf(query, spendingStretch(day)), kind, limit });
    },
  }),
  walletRead({
    followsDay: true,
    path: '/reports/unusual',
    tag: TAG,
    summary: 'Expenses of at most 400 days that are far above what their payee or category had in the twelve months before',
    query: unusualQuery,
    answer: unusualReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.unusual({ period: searchStretchOf(query, spendingStretch(day)), limit: query.limit });
    },
  }),
];

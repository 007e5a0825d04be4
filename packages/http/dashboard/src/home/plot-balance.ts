import type { EChartsCoreOption } from 'echarts/core';
import { dayAndMonth, monthAndYear, shortMonth } from '../days/format-day.ts';
import { toLength } from '../money/amount.ts';
import { aheadByDay } from './ahead-days.ts';
import type { ChartData } from './chart-data.ts';
import { frame, type Ink } from './plot-ink.ts';

function monthLabel(day: string): string {
  return day.slice(5, 7) === '01' ? `${shortMonth(day)} ${day.slice(0, 4)}` : shortMonth(day);
}

type BalanceData = Extract<ChartData, { readonly sort: 'balance' }>;

/** The balance as it was, and dashed as it is expected to be. */
export function balanceOption({ report, ahead, by }: BalanceData, ink: Ink): EChartsCoreOption {
  const coming = ahead === undefined ? [] : aheadByDay(ahead);
  const series = [...report.series, ...coming];
  const base = frame(ink);
  const end = report.series.length - 1;
  const long = series.length > 120;
  const showsLabel = (index: number): boolean => {
    const day = series[index]?.from ?? '';
    if (!day.endsWith('-01')) return !long && day.endsWith('-15');
    return !long || Number(day.slice(5, 7)) % 2 === 1;
  };
  return {
    animationDuration: 220,
    grid: base.grid,
    tooltip: {
      ...base.tooltip,
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const day = series[points[0]?.dataIndex ?? end];
        return day === undefined
          ? ''
          : `${by === 'month' ? monthAndYear(day.from) : `${dayAndMonth(day.from)} ${day.from.slice(0, 4)}`}   ${(points[0]?.dataIndex ?? 0) > end ? 'expected ' : ''}${ink.amount(day.balance)}`;
      },
    },
    xAxis: {
      ...base.xAxis,
      data: series.map((day) => day.from),
      boundaryGap: false,
      axisLabel: {
        ...base.text,
        interval: (index: number) => showsLabel(index),
        hideOverlap: true,
        formatter: (day: string) => (day.endsWith('-01') ? monthLabel(day) : dayAndMonth(day)),
      },
    },
    yAxis: base.yAxis,
    series: [
      {
        type: 'line',
        step: 'end',
        data: report.series.map((day, index) =>
          index === end
            ? { value: toLength(day.balance), symbol: 'circle', symbolSize: 8 }
            : { value: toLength(day.balance), symbol: 'none' },
        ),
        showSymbol: true,
        showAllSymbol: true,
        lineStyle: { color: ink.series, width: 1.75 },
        itemStyle: { color: ink.series, borderColor: ink.sheet, borderWidth: 2 },
        areaStyle: { color: ink.series, opacity: 0.08 },
        emphasis: { disabled: true },
      },
      {
        type: 'line',
        step: 'end',
        data: series.map((day, index) => (index < end || coming.length === 0 ? null : toLength(day.balance))),
        showSymbol: false,
        lineStyle: { color: ink.series, width: 1.5, type: 'dashed' },
        emphasis: { disabled: true },
      },
    ],
  };
}

import type { EChartsCoreOption } from 'echarts/core';
import type { BalanceReport } from '../api/types.ts';
import { dayAndMonth, shortMonth } from '../days/format-day.ts';
import { toLength } from '../money/amount.ts';
import { frame, type Ink } from './plot-ink.ts';

function monthLabel(day: string): string {
  return day.slice(5, 7) === '01' ? `${shortMonth(day)} ${day.slice(0, 4)}` : shortMonth(day);
}

export function balanceOption(report: BalanceReport, ink: Ink): EChartsCoreOption {
  const { series } = report;
  const base = frame(ink);
  const end = series.length - 1;
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
        return day === undefined ? '' : `${dayAndMonth(day.from)} ${day.from.slice(0, 4)}   ${ink.amount(day.balance)}`;
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
        data: series.map((day, index) =>
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
    ],
  };
}

import type { EChartsCoreOption } from 'echarts/core';
import type { CashflowReport, FlowMonth } from '../api/types.ts';
import { monthAndYear, shortMonth } from '../days/format-day.ts';
import { minus, toLength, toMinor } from '../money/amount.ts';
import { frame, type Ink } from './plot-ink.ts';

const NARROW_PX = 352;
const NARROW_MONTHS = 6;
const STEP = 6;
const AXIS_PX = 48;
/** As much room as a month needs to show what stayed. */
const LABEL_PX = 38;

/** The running month is hatched: it is not over yet. */
function hatch(ink: Ink): { readonly image: HTMLCanvasElement; readonly repeat: 'repeat' } {
  const canvas = document.createElement('canvas');
  canvas.width = STEP;
  canvas.height = STEP;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = ink.sheet;
    context.fillRect(0, 0, STEP, STEP);
    context.strokeStyle = ink.series;
    context.lineWidth = 3;
    context.beginPath();
    for (const shift of [-STEP, 0, STEP]) {
      context.moveTo(shift, STEP);
      context.lineTo(shift + STEP, 0);
    }
    context.stroke();
  }
  return { image: canvas, repeat: 'repeat' };
}

export function flowOption(report: CashflowReport, today: string, ink: Ink, widthPx: number): EChartsCoreOption {
  const months = widthPx < NARROW_PX ? report.months.slice(-NARROW_MONTHS) : report.months;
  const base = frame(ink);
  const roomy = (widthPx - AXIS_PX) / months.length >= LABEL_PX;
  const running = hatch(ink);
  return {
    animationDuration: 220,
    grid: base.grid,
    tooltip: {
      ...base.tooltip,
      axisPointer: { type: 'none' },
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const month = months[points[0]?.dataIndex ?? 0];
        if (month === undefined) return '';
        return `${monthAndYear(month.from)}\nin   ${ink.amount(month.in)}\nout   ${ink.amount(month.out)}\nstayed   ${ink.amount(month.net)}`;
      },
    },
    xAxis: {
      ...base.xAxis,
      data: months.map((month) => month.from),
      axisLabel: {
        ...base.text,
        interval: 0,
        hideOverlap: false,
        lineHeight: 16,
        formatter: (_: string, index: number) => label(months[index], ink, roomy),
      },
    },
    yAxis: { ...base.yAxis, min: 0 },
    series: [
      {
        type: 'bar',
        name: 'in',
        barMaxWidth: 14,
        barGap: '15%',
        data: months.map((month) => toLength(month.in)),
        itemStyle: { color: 'transparent', borderColor: ink.second, borderWidth: 1.5, borderRadius: [2, 2, 0, 0] },
        emphasis: { disabled: true },
      },
      {
        type: 'bar',
        name: 'out',
        barMaxWidth: 14,
        data: months.map((month) => ({
          value: toLength(month.out),
          itemStyle: month.to > today ? { color: running, borderColor: ink.series, borderWidth: 1 } : { color: ink.series },
        })),
        itemStyle: { color: ink.series, borderRadius: [2, 2, 0, 0] },
        emphasis: { disabled: true },
      },
    ],
  };
}

/** Under each month what stayed, rounded toward zero so that it never promises more. */
function label(month: FlowMonth | undefined, ink: Ink, roomy: boolean): string {
  if (month === undefined) return '';
  if (!roomy) return shortMonth(month.from);
  const net = minus(month.in, month.out);
  const whole = Math.trunc(toLength(net));
  return `${shortMonth(month.from)}\n${toMinor(net) === 0n ? '' : ink.axis(whole)}`;
}

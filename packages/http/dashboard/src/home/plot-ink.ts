import { formatAmount } from '../money/format-amount.ts';

/** The colours and letters of the page, as a canvas needs them. */
export interface Ink {
  readonly series: string;
  readonly second: string;
  readonly grid: string;
  readonly zero: string;
  readonly quiet: string;
  readonly ink: string;
  readonly sheet: string;
  readonly font: string;
  readonly animate: boolean;
  readonly amount: (value: string) => string;
  readonly axis: (value: number) => string;
}

/** Reads a colour through an element that wears it, so that `light-dark()` and `var()` come out resolved. */
function colorOf(element: HTMLElement, name: string): string {
  const before = element.style.color;
  element.style.color = `var(${name})`;
  const color = getComputedStyle(element).color;
  element.style.color = before;
  return color;
}

const HIDDEN = '\u2022\u2022\u2022';

export function readInk(element: HTMLElement, hidden: boolean): Ink {
  const axisFormat = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
  return {
    series: colorOf(element, '--chart-1'),
    second: colorOf(element, '--chart-3'),
    grid: colorOf(element, '--chart-grid'),
    zero: colorOf(element, '--chart-zero'),
    quiet: colorOf(element, '--ink-3'),
    ink: colorOf(element, '--ink'),
    sheet: colorOf(element, '--sheet'),
    font: getComputedStyle(element).fontFamily,
    animate: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    amount: (value) => (hidden ? HIDDEN : formatAmount(value)),
    axis: (value) => (hidden ? '' : axisFormat.format(value).replace('-', '\u2212')),
  };
}

/** The parts every plot has: four hairlines, no frame, a tooltip that repeats and never adds. */
export function frame(ink: Ink) {
  const text = { color: ink.quiet, fontSize: 12, fontFamily: ink.font };
  return {
    text,
    grid: { left: 4, right: 12, top: 14, bottom: 2, containLabel: true, outerBoundsMode: 'same' as const },
    xAxis: {
      type: 'category' as const,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.zero } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: 'value' as const,
      splitNumber: 4,
      minInterval: 1,
      axisLabel: { ...text, formatter: ink.axis },
      splitLine: { lineStyle: { color: ink.grid } },
    },
    tooltip: {
      trigger: 'axis' as const,
      renderMode: 'richText' as const,
      backgroundColor: ink.sheet,
      borderColor: ink.zero,
      textStyle: { color: ink.ink, fontSize: 13, fontFamily: ink.font },
      axisPointer: { type: 'line' as const, lineStyle: { color: ink.quiet, type: 'dotted' as const } },
    },
  };
}

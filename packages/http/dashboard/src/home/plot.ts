import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { ChartData } from './chart-data.ts';
import { balanceOption } from './plot-balance.ts';
import { flowOption } from './plot-flow.ts';
import { readInk } from './plot-ink.ts';

use([LineChart, BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

/** Draws on a canvas, which needs no inline style, with colours read from the tokens. */
export function createPlot(element: HTMLElement) {
  const chart = init(element, null, { renderer: 'canvas' });
  let last: { data: ChartData; hidden: boolean } | undefined;
  const draw = (moving: boolean): void => {
    if (last === undefined) return;
    const ink = readInk(element, last.hidden);
    const { data } = last;
    const option =
      data.sort === 'balance' ? balanceOption(data, ink) : flowOption(data.report, data.today, ink, element.clientWidth);
    chart.setOption({ ...option, animation: moving && ink.animate });
  };
  const size = new ResizeObserver(() => {
    chart.resize();
    draw(false);
  });
  size.observe(element);
  const print = matchMedia('print');
  const redraw = (): void => draw(false);
  print.addEventListener('change', redraw);
  return {
    show(data: ChartData, look: { readonly hidden: boolean }): void {
      const moving = last !== undefined;
      last = { data, hidden: look.hidden };
      draw(moving);
    },
    dispose(): void {
      print.removeEventListener('change', redraw);
      size.disconnect();
      chart.dispose();
    },
  };
}

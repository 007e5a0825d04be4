import { useEffect, useRef } from 'preact/hooks';
import { darkNow, hideAmounts } from '../state/settings.ts';
import type { ChartData } from './chart-data.ts';

interface Plot {
  show(data: ChartData, look: { readonly dark: boolean; readonly hidden: boolean }): void;
  dispose(): void;
}

/** An image with a sentence as its name. Its place is kept; the drawing comes when it is first seen. */
export function Chart({ label, data }: { readonly label: string; readonly data: ChartData }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const dark = darkNow.value;
  const hidden = hideAmounts.value;
  const newest = useRef({ data, look: { dark, hidden } });
  newest.current = { data, look: { dark, hidden } };

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let gone = false;
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        void import('./plot.ts').then(({ createPlot }) => {
          if (gone) return;
          plot.current = createPlot(element);
          plot.current.show(newest.current.data, newest.current.look);
        });
      },
      { rootMargin: '200px' },
    );
    seen.observe(element);
    return () => {
      gone = true;
      seen.disconnect();
      plot.current?.dispose();
      plot.current = undefined;
    };
  }, []);

  useEffect(() => {
    plot.current?.show(data, { dark, hidden });
  }, [data.report, data.sort === 'balance' ? data.ahead : undefined, dark, hidden]);

  return (
    <div class="plot" role="img" aria-label={label}>
      <div class="plot__area" ref={place} aria-hidden="true" />
    </div>
  );
}

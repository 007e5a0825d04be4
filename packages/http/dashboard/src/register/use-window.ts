import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { itemAt } from './rows.ts';

const MARGIN_PX = 600;

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Which items are in sight, with a margin, as the page is scrolled. On paper: all of them. */
export function useWindow(place: RefObject<HTMLElement | null>, offsets: Float64Array): Range {
  const range = useSignal<Range>({ start: 0, end: 60 });
  const count = offsets.length - 1;
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const top = place.current?.getBoundingClientRect().top;
      if (top === undefined) return;
      const start = itemAt(offsets, -top - MARGIN_PX);
      const end = Math.min(itemAt(offsets, innerHeight - top + MARGIN_PX) + 1, count);
      const held = range.peek();
      if (held.start !== start || held.end !== end) range.value = { start, end };
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    const whole = (): void => {
      range.value = { start: 0, end: count };
    };
    measure();
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    addEventListener('beforeprint', whole);
    addEventListener('afterprint', measure);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
      removeEventListener('beforeprint', whole);
      removeEventListener('afterprint', measure);
    };
  }, [offsets]);
  return { start: Math.min(range.value.start, count), end: Math.min(range.value.end, count) };
}

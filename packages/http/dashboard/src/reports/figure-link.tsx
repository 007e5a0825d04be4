import type { Drill } from '../api/report-types.ts';
import { toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Link } from '../shell/link.tsx';
import { rowsOf, type Times } from './choice.ts';

interface FigureLinkProps {
  readonly value: string;
  readonly drill: Drill;
  readonly times: Times;
  readonly plus?: boolean;
  readonly over?: boolean;
}

/** A figure that leads to the entries it sums. One that sums nothing leads nowhere. */
export function FigureLink({ value, drill, times, plus, over }: FigureLinkProps) {
  if (toMinor(value) === 0n) return <Amt value={value} />;
  return (
    <Link class="plain" to={rowsOf(drill, times)}>
      {over === true ? (
        <b class="state--over">
          <Amt value={value} />
        </b>
      ) : (
        <Amt value={value} plus={plus === true} />
      )}
    </Link>
  );
}

/** A percentage as the service gives it, whole; a dash where there is nothing to compare with. */
export const percentInWords = (percent: number | null): string =>
  percent === null ? '—' : `${percent < 0 ? '\u2212' : ''}${Math.abs(percent).toLocaleString()} %`;

/** The same with a plus, for a difference. */
export const changeInWords = (percent: number | null): string =>
  percent !== null && percent > 0 ? `+${percentInWords(percent)}` : percentInWords(percent);

import type { ComponentChildren } from 'preact';
import type { Limit } from '../api/limit-types.ts';
import { toLength, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link, Path } from '../shell/link.tsx';
import { barInWords } from './limit-words.ts';
import { periodInWords, rhythmInWords } from './period-words.ts';

/** All bars share one scale, 0 to 125 %, so that their marks stand under each other. */
const SCALE = 125;
const FULL = 100;

/** How much of a budget is spent, for a length; any spending fills the scale when there is nothing to spend. */
export function share(spent: string, budget: string): number {
  const whole = toLength(budget);
  if (whole <= 0) return toLength(spent) > 0 ? SCALE : 0;
  return (toLength(spent) / whole) * FULL;
}

const onScale = (percent: number): string => `${(Math.min(Math.max(percent, 0), SCALE) / SCALE) * FULL}%`;

export function Scale({ first }: { readonly first: number }) {
  return (
    <div class="scale" aria-hidden="true">
      {first < FULL && <span style={{ '--x': onScale(first) }}>{first} %</span>}
      <span style={{ '--x': onScale(FULL) }}>100 %</span>
    </div>
  );
}

interface BarProps {
  readonly percent: number;
  readonly marks: readonly number[];
  readonly state: Limit['current']['state'];
  readonly label: string;
}

export function Bar({ percent, marks, state, label }: BarProps) {
  const tone = state === 'over' ? 'over' : state === 'within' ? 'ok' : 'near';
  return (
    <div class={`bar bar--${tone}`} role="img" aria-label={label}>
      <i class="fill" style={{ '--len': onScale(Math.min(percent, FULL)) }} />
      {percent > FULL && (
        <i
          class="beyond"
          style={{ '--from': onScale(FULL), '--len': `${((Math.min(percent, SCALE) - FULL) / SCALE) * FULL}%` }}
        />
      )}
      {marks
        .filter((mark) => mark < FULL)
        .map((mark) => (
          <b key={mark} style={{ '--x': onScale(mark) }} />
        ))}
      <b class="at100" />
    </div>
  );
}

function StateTag({ state }: { readonly state: Limit['current']['state'] }) {
  if (state === 'within') return null;
  const over = state === 'over';
  return (
    <span class={`state quiet ${over ? 'state--over' : 'state--near'}`}>
      <Icon name={over ? 'over' : 'warn'} small />
      {state}
    </span>
  );
}

interface LimitRowProps {
  readonly limit: Limit;
  readonly currency: string;
  readonly actions?: ComponentChildren;
  readonly marked?: boolean;
}

/** What a limit counts in the register; a limit of a tag has no rows of its own there. */
function rowsOf({ scope, current: { from, to } }: Limit): string {
  return `/register?kind=spending&from=${from}&to=${to}${scope === null ? '' : `&category=${encodeURIComponent(scope)}`}`;
}

function Name({ limit }: { readonly limit: Limit }) {
  if (limit.tag !== null) return <bdi>#{limit.tag}</bdi>;
  return (
    <Link class="path" to={rowsOf(limit)}>
      {limit.scope === null ? 'The whole wallet' : <Path category={limit.scope} />}
    </Link>
  );
}

/** What the figures rest on: planned and carried when something was carried, and what is left for each day. */
function Basis({ limit }: { readonly limit: Limit }) {
  const { spent, budget, carried, left, leftPerDay, daysLeft } = limit.current;
  return (
    <div class="limit__of">
      <Amt value={spent} /> of <Amt value={budget} />
      {toMinor(carried) !== 0n && (
        <>
          {': '}
          <Amt value={limit.amount} /> planned, <Amt value={carried} plus /> carried
        </>
      )}
      {daysLeft > 1 && toMinor(left) > 0n && (
        <>
          {' · '}
          <Amt value={leftPerDay} /> a day for {daysLeft} days
        </>
      )}
    </div>
  );
}

/** One limit: its name and state, what is left, the bar, and what it rests on. */
export function LimitRow({ limit, currency, actions, marked }: LimitRowProps) {
  const { spent, budget, left, percent, state, from, to } = limit.current;
  const over = toMinor(left) < 0n;
  const plain = limit.period === 'month' && limit.firstDay === 1;
  return (
    <li class={marked === true ? 'limit limit--marked' : 'limit'} id={`limit-${limit.id}`}>
      <div class="limit__name">
        <Name limit={limit} />
        <StateTag state={state} />
        {!plain && (
          <small>
            {limit.period !== 'custom' && `${rhythmInWords(limit)}, `}
            {periodInWords(limit.period, from, to)}
          </small>
        )}
        {limit.mode === 'block' && <small>refuses more</small>}
      </div>
      <div class={over ? 'limit__left state--over' : 'limit__left'}>
        <Amt value={left} bare /> <small>{over ? 'over' : 'left'}</small>
      </div>
      <Bar percent={share(spent, budget)} marks={limit.thresholds} state={state} label={barInWords(limit, currency)} />
      <Basis limit={limit} />
      <div class="limit__pct">{percent !== null && `${percent} %`}</div>
      {actions}
    </li>
  );
}

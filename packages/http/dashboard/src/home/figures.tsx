import type { ComponentChildren } from 'preact';
import type { Limit } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { addDays, monthStart } from '../days/day.ts';
import { dayInWords, monthName, spanInWords } from '../days/format-day.ts';
import { counts } from '../limits/limit-preview.ts';
import { fromMinor, sum, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Fault, saidAbove } from '../shell/sheet.tsx';
import { Link } from '../shell/link.tsx';
import { limits, month } from '../state/books.ts';
import { useResource } from '../state/resource.ts';

interface FigureProps {
  readonly name: string;
  readonly look?: string;
  readonly to?: string | undefined;
  readonly value: ComponentChildren;
  readonly unit?: string;
  readonly children: ComponentChildren;
}

function Figure({ name, look, to, value, unit, children }: FigureProps) {
  return (
    <div class={`figure ${look ?? ''}`}>
      <dt>{name}</dt>
      <dd class="num">
        {to === undefined ? value : <Link to={to}>{value}</Link>}
        {unit !== undefined && <span class="cur">{unit}</span>}
      </dd>
      <dd class="basis">{children}</dd>
    </div>
  );
}

const Blank = () => <span class="bone">{'\u00a0'}</span>;

/** One large figure and three beside it; each says what it rests on, and leads to its rows. */
export function Figures({ wallet }: { readonly wallet: Wallet }) {
  const resource = useResource(month.of(wallet.id));
  const read = resource.value.value;
  const fault = resource.fault.value;
  const from = monthStart(wallet.today);
  const name = monthName(wallet.today);
  const rows = (kind: string): string => `/register?kind=${kind}&from=${from}&to=${addDays(wallet.today, 1)}`;
  const basis = read === undefined ? '' : spanInWords(read.basis.from, read.basis.to);
  return (
    <>
      {fault !== undefined && !saidAbove(fault, read) && (
        <Fault error={fault} stale={read !== undefined} again={() => void resource.reload()} />
      )}
      <dl class="figures">
        <Figure
          name="Balance"
          look="figure--big"
          to="/register"
          unit={wallet.currency}
          value={
            <span class="double">
              <Amt value={wallet.balance} />
            </span>
          }
        >
          {read === undefined ? (
            <Blank />
          ) : (
            <>
              <Amt value={read.now.net} plus tone={toMinor(read.now.net) > 0n ? 'in' : undefined} /> since {dayInWords(from)}.{' '}
              {wallet.entries.toLocaleString()} {wallet.entries === 1 ? 'entry' : 'entries'}.
              {toMinor(wallet.setAside) !== 0n && (
                <>
                  {' '}
                  <Link to="/goals">
                    <Amt value={wallet.available} /> available
                  </Link>
                  , <Amt value={wallet.setAside} /> set aside.
                </>
              )}
            </>
          )}
        </Figure>
        <Figure name={`In, ${name}`} to={rows('income')} value={read === undefined ? <Blank /> : <Amt value={read.now.in} />}>
          {read === undefined ? (
            <Blank />
          ) : (
            <>
              {basis}: <Amt value={read.before.in} />
            </>
          )}
        </Figure>
        <Figure name={`Out, ${name}`} to={rows('spending')} value={read === undefined ? <Blank /> : <Amt value={read.now.out} />}>
          {read === undefined ? (
            <Blank />
          ) : (
            <>
              {basis}: <Amt value={read.before.out} />
            </>
          )}
        </Figure>
        <LeftToSpend wallet={wallet} />
      </dl>
    </>
  );
}

/** From the limit on the whole wallet; else from the others together, each amount counted once; else what stayed this month. */
function LeftToSpend({ wallet }: { readonly wallet: Wallet }) {
  const held = useResource(limits.of(wallet.id)).value.value?.items;
  const read = month.of(wallet.id).value.value;
  if (held === undefined || read === undefined) {
    return (
      <Figure name="Left to spend, each day" look="figure--wide" value={<Blank />}>
        <Blank />
      </Figure>
    );
  }
  const whole = held.find((limit) => limit.scope === null && limit.tag === null);
  if (whole !== undefined) {
    const { left, leftPerDay, daysLeft, spent } = whole.current;
    return (
      <Figure name="Left to spend, each day" look="figure--wide" to="/limits" value={<Amt value={leftPerDay} />}>
        <Amt value={left} /> for {days(daysLeft)}: <Amt value={whole.current.budget} />, less out <Amt value={spent} />
      </Figure>
    );
  }
  const top = widest(held);
  if (top.length === 0) {
    return (
      <Figure name={`Stayed, ${monthName(wallet.today)}`} look="figure--wide" value={<Amt value={read.now.net} plus />}>
        In <Amt value={read.now.in} />, less out <Amt value={read.now.out} />. A limit shows here what is left each day.
      </Figure>
    );
  }
  const daily = sum(
    top.map((limit) => limit.current.leftPerDay),
    wallet.decimals,
  );
  const left = top.reduce((total, limit) => total + (toMinor(limit.current.left) > 0n ? toMinor(limit.current.left) : 0n), 0n);
  return (
    <Figure name="Left to spend, each day" look="figure--wide" to="/limits" value={<Amt value={daily} />}>
      <Amt value={fromMinor(left, wallet.decimals)} /> for {days(top[0]?.current.daysLeft ?? 1)}, in{' '}
      {top.length === 1 ? `${top[0]?.scope ?? ''}` : `${top.length} monthly limits`}
    </Figure>
  );
}

/** Monthly limits that no other monthly limit already holds. */
function widest(held: readonly Limit[]): readonly Limit[] {
  const monthly = held.filter((limit) => limit.period === 'month' && limit.tag === null);
  return monthly.filter(
    (limit) => !monthly.some((other) => other !== limit && other.scope !== limit.scope && counts(other.scope, limit.scope)),
  );
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

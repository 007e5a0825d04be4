import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import type { Projection } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { changesOf } from './flows.ts';
import { limitAfter } from './limit-periods.ts';
import { isEnd, type StoredHistory, type TermsInForce } from './limit-terms.ts';

/** What every command needs of a wallet, whatever it touches: small, and as long as the wallet has limits, not entries. */
export interface Head {
  readonly status: 'absent' | 'open' | 'closed';
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly zone: string;
  readonly openedOn: CivilDate;
  /** In minor units: what came in less what went out, void entries left out. */
  readonly balance: string;
  /** How many entries count. */
  readonly entries: number;
  readonly limits: Readonly<Record<LimitId, StoredHistory>>;
}

const absent: Head = {
  status: 'absent',
  name: '',
  currency: '' as CurrencyCode,
  zone: '',
  openedOn: '' as CivilDate,
  balance: '0',
  entries: 0,
  limits: {},
};

/** The one bucket of {@link head}. */
export const HEAD = 'head';

function effectOf({ kind, amount }: EntryFacts): bigint {
  return kind === 'expense' || kind === 'sent' ? -amount.minor : amount.minor;
}

/** What an event adds to the balance. */
export function balanceEffect(event: WalletEvent): bigint {
  let effect = 0n;
  for (const [facts, sign] of changesOf(event)) effect += sign * effectOf(facts);
  return effect;
}

/** How many entries more an event makes count. */
function countEffect(event: WalletEvent): number {
  let effect = 0;
  for (const [, sign] of changesOf(event)) effect += Number(sign);
  return effect;
}

function counted(view: Head, event: WalletEvent): Head {
  const balance = (BigInt(view.balance) + balanceEffect(event)).toString();
  return { ...view, balance, entries: view.entries + countEffect(event) };
}

/** A limit's terms and ends; none when there is no such limit. */
export function limitOf(view: Head, limitId: LimitId): StoredHistory {
  return Object.hasOwn(view.limits, limitId) ? (view.limits[limitId] ?? []) : [];
}

function withLimit(view: Head, limitId: LimitId, history: StoredHistory): Head {
  const { [limitId]: _, ...others } = view.limits;
  return { ...view, limits: history.length === 0 ? others : { ...others, [limitId]: history } };
}

/** The newest terms of each limit that was not removed. */
export function currentLimits(view: Head): readonly (readonly [LimitId, TermsInForce])[] {
  return Object.entries(view.limits).flatMap(([limitId, all]) => {
    const newest = all.at(-1);
    return newest === undefined || isEnd(newest) ? [] : [[limitId, newest] as const];
  });
}

/** What changes the head beside what moves the balance. */
const OWN: ReadonlySet<WalletEvent['type']> = new Set([
  'WalletOpened',
  'WalletRenamed',
  'WalletClosed',
  'WalletReopened',
  'LimitSet',
  'LimitRemoved',
  'LimitRestored',
]);

/** The wallet itself. */
export const head: Projection<Head, WalletEvent> = {
  name: 'head',
  version: 2,
  initial: absent,
  bucketsOf: ({ event }) => (OWN.has(event.type) || changesOf(event).length > 0 ? [HEAD] : []),
  apply(view, { event }) {
    switch (event.type) {
      case 'WalletOpened': {
        const { name, currency, zone, openedOn } = event;
        return { ...view, status: 'open', name, currency, zone, openedOn };
      }
      case 'WalletRenamed':
        return { ...view, name: event.name };
      case 'WalletClosed':
        return { ...view, status: 'closed' };
      case 'WalletReopened':
        return { ...view, status: 'open' };
      case 'LimitSet':
      case 'LimitRemoved':
      case 'LimitRestored':
        return withLimit(view, event.limitId, limitAfter(limitOf(view, event.limitId), event));
      default:
        return counted(view, event);
    }
  },
};

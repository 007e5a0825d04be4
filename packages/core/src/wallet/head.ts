import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import type { Projection } from '../projection.ts';
import type { EntryFacts, WalletEvent } from './events.ts';
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
  return kind === 'income' ? amount.minor : -amount.minor;
}

/** What an event adds to the balance. */
export function balanceEffect(event: WalletEvent): bigint {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'EntryRestored':
      return effectOf(event.entry);
    case 'EntryVoided':
      return -effectOf(event.entry);
    case 'EntryCorrected':
      return effectOf(event.after) - effectOf(event.before);
    default:
      return 0n;
  }
}

function counted(view: Head, event: WalletEvent, entries: number): Head {
  return { ...view, balance: (BigInt(view.balance) + balanceEffect(event)).toString(), entries: view.entries + entries };
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

/** What leaves the head as it is. */
const SILENT: ReadonlySet<WalletEvent['type']> = new Set(['EntriesImported', 'ImportUndone', 'LimitReached', 'LimitCleared']);

/** The wallet itself. */
export const head: Projection<Head, WalletEvent> = {
  name: 'head',
  version: 2,
  initial: absent,
  bucketsOf: ({ event }) => (SILENT.has(event.type) ? [] : [HEAD]),
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
      case 'IncomeAdded':
      case 'ExpenseAdded':
      case 'EntryRestored':
        return counted(view, event, 1);
      case 'EntryCorrected':
        return counted(view, event, 0);
      case 'EntryVoided':
        return counted(view, event, -1);
      case 'LimitSet':
      case 'LimitRemoved':
      case 'LimitRestored':
        return withLimit(view, event.limitId, limitAfter(limitOf(view, event.limitId), event));
      case 'EntriesImported':
      case 'ImportUndone':
      case 'LimitReached':
      case 'LimitCleared':
        return view;
    }
  },
};

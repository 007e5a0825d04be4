import { periodOf, type CivilDate, type PeriodKind } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import type { Projection } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import { changesOf } from './flows.ts';
import type { LimitMode, LimitTerms, WalletEvent } from './events.ts';

/** Terms of a limit as the head keeps them. `ends` marks that from there on there is no limit. */
export interface StoredTerms {
  readonly since: CivilDate;
  readonly period: PeriodKind;
  readonly ends?: true;
  readonly startsOn?: CivilDate;
  readonly amount?: string;
  readonly thresholds?: readonly number[];
  readonly mode?: LimitMode;
  readonly scope?: string;
}

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
  /** By limit: its terms, oldest first. */
  readonly limits: Readonly<Record<LimitId, readonly StoredTerms[]>>;
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

/** Adds terms, dropping the older ones that they leave no period to. */
function withTerms(view: Head, limitId: LimitId, terms: StoredTerms): Head {
  const before = Object.hasOwn(view.limits, limitId) ? (view.limits[limitId] ?? []) : [];
  const kept = before.filter((older) => older.since < terms.since);
  const limits = { ...view.limits };
  if (terms.ends === true && kept.length === 0) delete limits[limitId];
  else limits[limitId] = [...kept, terms];
  return { ...view, limits };
}

function setTerms({ period, amount, thresholds, mode, startsOn, scope }: LimitTerms): StoredTerms {
  const since = periodOf(period, startsOn).from;
  const stored = { since, period, startsOn, amount: amount.minor.toString(), thresholds, mode };
  return scope === undefined ? stored : { ...stored, scope };
}

/** Terms that are in force at some time, with everything they need. */
export type TermsInForce = StoredTerms & Required<Pick<StoredTerms, 'startsOn' | 'amount' | 'thresholds' | 'mode'>>;

function areInForce(terms: StoredTerms | undefined): terms is TermsInForce {
  return terms !== undefined && terms.ends !== true;
}

/** The terms that rule the period which holds a day: the newest that began by then. */
export function termsOn(view: Head, limitId: LimitId, date: CivilDate): TermsInForce | undefined {
  const all = Object.hasOwn(view.limits, limitId) ? (view.limits[limitId] ?? []) : [];
  const ruling = all.findLast(({ since, period }) => since <= periodOf(period, date).from);
  return areInForce(ruling) ? ruling : undefined;
}

/** The newest terms of each limit that was not removed. */
export function currentLimits(view: Head): readonly (readonly [LimitId, TermsInForce])[] {
  return Object.entries(view.limits).flatMap(([limitId, all]) => {
    const newest = all.at(-1);
    return areInForce(newest) ? [[limitId, newest] as const] : [];
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
]);

/** The wallet itself. */
export const head: Projection<Head, WalletEvent> = {
  name: 'head',
  version: 1,
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
        return withTerms(view, event.limitId, setTerms(event.terms));
      case 'LimitRemoved': {
        const all = Object.hasOwn(view.limits, event.limitId) ? view.limits[event.limitId] : undefined;
        // It ends with the period that rules that day; terms that were only planned begin no more.
        const period = (termsOn(view, event.limitId, event.on) ?? all?.at(-1))?.period ?? 'day';
        return withTerms(view, event.limitId, { since: periodOf(period, event.on).from, period, ends: true });
      }
      default:
        return counted(view, event);
    }
  },
};

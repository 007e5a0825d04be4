import type { LimitDetails } from '@kakeibo/core';
import { dayBefore, startsPeriod, type ModelRule } from './limit-model-days.ts';

export interface LimitEntry {
  id: string;
  kind: 'expense' | 'refund';
  minor: bigint;
  category: string;
  tags: readonly string[];
  on: string;
  void: boolean;
}

export interface Setting extends ModelRule {
  ends: false;
  /** The day it starts on, and the first day of the period that holds it. */
  startsOn: string;
  since: string;
  amount: bigint;
  thresholds: readonly number[];
  mode: string;
  scope: string | null;
  tag: string | null;
  rollover: string;
  cap: bigint | null;
}
export type Fact = Setting | { ends: true; startsOn: string; since: string };

/** What details say on a day. */
export function settingOf(details: LimitDetails, today: string): Setting {
  const rule: ModelRule = {
    kind: details.period,
    firstDay: details.firstDay ?? 1,
    from: details.from ?? '',
    to: details.to ?? '',
  };
  const inRange = rule.from <= today && today < rule.to;
  const startsOn = details.startsOn ?? (rule.kind === 'custom' && !inRange ? rule.from : today);
  let since = startsOn;
  while (!startsPeriod(rule, since)) since = dayBefore(since);
  return {
    ...rule,
    ends: false,
    startsOn,
    since,
    amount: BigInt(details.amount) * 100n,
    thresholds: details.thresholds ?? [80, 100],
    mode: details.mode ?? 'warn',
    scope: details.scope ?? null,
    tag: details.tag ?? null,
    rollover: details.rollover ?? 'none',
    cap: details.cap === undefined || details.cap === null ? null : BigInt(details.cap) * 100n,
  };
}

export const alike = (a: Setting, b: Setting): boolean =>
  a.kind === b.kind && a.firstDay === b.firstDay && a.from === b.from && a.to === b.to && a.scope === b.scope && a.tag === b.tag;

/** Whether an entry is spending that a setting looks at. */
export const counts = ({ category, tags }: LimitEntry, { scope, tag }: Setting): boolean =>
  tag === null ? scope === null || category === scope || category.startsWith(`${scope}:`) : tags.includes(tag);

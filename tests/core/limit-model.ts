import type { LimitDetails } from '@kakeibo/core';
import { dayAfter, dayBefore, startsPeriod } from './limit-model-days.ts';
import { alike, counts, settingOf, type Fact, type LimitEntry, type Setting } from './limit-model-settings.ts';

export interface ModelPeriod {
  from: string;
  to: string;
  setting: Setting;
  /** Where the setting stands among the limit's facts. */
  place: number;
}

export interface ModelStanding {
  spent: bigint;
  carried: bigint;
  budget: bigint;
}

export type Told = { kind: 'rejected'; code: string } | { kind: 'recorded'; crossed: string[]; cleared: string[] };

const MAX_CHAIN = 1_200;

/** The slow, obvious limits: they keep every entry and every setting, and look at all of them, day by day, each time. */
export class LimitModel {
  today = '2026-10-14';
  entries: LimitEntry[] = [];
  limits = new Map<string, Fact[]>();
  /** `limit kind from threshold`. */
  told = new Set<string>();

  current(limitId: string): Setting | undefined {
    const newest = this.limits.get(limitId)?.at(-1);
    return newest === undefined || newest.ends ? undefined : newest;
  }

  private readonly periods = new Map<string, ModelPeriod | undefined>();

  period(limitId: string, day: string): ModelPeriod | undefined {
    const key = `${limitId} ${day}`;
    if (!this.periods.has(key)) this.periods.set(key, this.look(limitId, day));
    return this.periods.get(key);
  }

  /** The period of a limit that holds a day: as many days around it as are in one calendar period and ruled by the same setting. */
  private look(limitId: string, day: string): ModelPeriod | undefined {
    const facts = this.limits.get(limitId) ?? [];
    const rules = (date: string): number => facts.findLastIndex(({ since }) => since <= date);
    const place = rules(day);
    const setting = facts[place];
    if (setting === undefined || setting.ends) return undefined;
    if (setting.kind === 'custom' && (day < setting.from || day >= setting.to)) return undefined;
    let from = day;
    while (!startsPeriod(setting, from)) from = dayBefore(from);
    let to = dayAfter(day);
    const isLast = (date: string): boolean => (setting.kind === 'custom' ? date === setting.to : startsPeriod(setting, date));
    while (!isLast(to) && rules(to) === place) to = dayAfter(to);
    return { from, to, setting, place };
  }

  spent({ from, to, setting }: ModelPeriod): bigint {
    return this.entries
      .filter((entry) => !entry.void && entry.on >= from && entry.on < to && counts(entry, setting))
      .reduce((sum, { kind, minor }) => sum + (kind === 'expense' ? minor : -minor), 0n);
  }

  /** The period that one carries from; none when nothing is carried, or when a chain begins with it. */
  giverOf(limitId: string, period: ModelPeriod): ModelPeriod | undefined {
    return this.linkBefore(limitId, period) === undefined || this.length(limitId, period) % MAX_CHAIN === 0
      ? undefined
      : this.linkBefore(limitId, period);
  }

  private linkBefore(limitId: string, { from, setting, place }: ModelPeriod): ModelPeriod | undefined {
    if (setting.rollover === 'none') return undefined;
    const before = this.period(limitId, dayBefore(from));
    if (before === undefined || !alike(before.setting, setting)) return undefined;
    const between = (this.limits.get(limitId) ?? []).slice(before.place + 1, place);
    return between.some(({ ends }) => ends) ? undefined : before;
  }

  /** How many periods a chain has before one. */
  private length(limitId: string, period: ModelPeriod): number {
    let length = 0;
    for (let at = this.linkBefore(limitId, period); at !== undefined; at = this.linkBefore(limitId, at)) length += 1;
    return length;
  }

  standing(limitId: string, period: ModelPeriod): ModelStanding {
    const before = this.giverOf(limitId, period);
    let carried = 0n;
    if (before !== undefined) {
      const { budget, spent } = this.standing(limitId, before);
      carried = budget - spent;
      if (period.setting.rollover === 'surplus' && carried < 0n) carried = 0n;
      const { cap } = period.setting;
      if (cap !== null && carried > cap) carried = cap;
      if (cap !== null && carried < -cap) carried = -cap;
    }
    return { spent: this.spent(period), carried, budget: period.setting.amount + carried };
  }

  /** Applies a change of entries; takes it back when a limit in the way blocks it. */
  change(touched: readonly LimitEntry[], block: boolean, apply: () => void): Told {
    const own = new Map<string, { limitId: string; period: ModelPeriod }>();
    for (const entry of touched) {
      for (const limitId of this.limits.keys()) {
        const period = this.period(limitId, entry.on);
        if (period !== undefined && counts(entry, period.setting)) own.set(`${limitId} ${period.from}`, { limitId, period });
      }
    }
    const over = ({ limitId, period }: { limitId: string; period: ModelPeriod }): bigint => {
      const { spent, budget } = this.standing(limitId, period);
      return spent > 0n ? spent - budget : -1n;
    };
    const exact = ({ limitId, period }: { limitId: string; period: ModelPeriod }): bigint => {
      const { spent, budget } = this.standing(limitId, period);
      return spent - budget;
    };
    const before = [...own.values()].map(exact);
    const saved = this.entries.map((entry) => ({ ...entry }));
    apply();
    const blocked = [...own.values()].some(
      (each, index) => each.period.setting.mode === 'block' && over(each) > 0n && over(each) > (before[index] ?? 0n),
    );
    if (block && blocked) {
      this.entries = saved;
      return { kind: 'rejected', code: 'limit-exceeded' };
    }
    return this.tell(
      [...own.values()].flatMap((each) => [each, ...this.later(each)]).map(({ limitId, period }) => keyOf(limitId, period)),
    );
  }

  /** The periods that carry on from one: up to today, and those after it in which something was told. */
  private later({ limitId, period }: { limitId: string; period: ModelPeriod }): { limitId: string; period: ModelPeriod }[] {
    const found: { limitId: string; period: ModelPeriod }[] = [];
    const lastTold = [...this.told]
      .filter((key) => key.startsWith(`${limitId} `))
      .map((key) => key.split(' ')[2] ?? '')
      .sort()
      .at(-1);
    const end = lastTold !== undefined && lastTold > this.today ? lastTold : this.today;
    for (let at: ModelPeriod | undefined = period; ;) {
      at = this.period(limitId, at.to);
      if (at === undefined || at.from > end || this.giverOf(limitId, at) === undefined) return found;
      const prefix = `${keyOf(limitId, at)} `;
      if (at.from <= this.today || [...this.told].some((key) => key.startsWith(prefix))) found.push({ limitId, period: at });
    }
  }

  set(limitId: string, details: LimitDetails): Told {
    const setting = settingOf(details, this.today);
    const spell = (value: Setting): string =>
      JSON.stringify({ ...value, startsOn: '' }, (_, field) => (typeof field === 'bigint' ? `${field}` : field));
    const old = this.current(limitId);
    if (old !== undefined && spell(old) === spell(setting)) return { kind: 'rejected', code: 'nothing-to-change' };
    const kept = (this.limits.get(limitId) ?? []).filter(
      (fact) => fact.startsOn < setting.startsOn || (fact.ends && fact.startsOn === setting.startsOn),
    );
    return this.changeLimit(limitId, [...kept, setting]);
  }

  remove(limitId: string): Told {
    if (this.current(limitId) === undefined) return { kind: 'rejected', code: 'limit-unknown' };
    const since = this.period(limitId, this.today)?.from ?? this.today;
    const kept = (this.limits.get(limitId) ?? []).filter((fact) => fact.startsOn <= this.today && fact.since < since);
    return this.changeLimit(
      limitId,
      kept.some(({ ends }) => !ends) ? [...kept, { ends: true, startsOn: this.today, since }] : [],
    );
  }

  private changeLimit(limitId: string, facts: Fact[]): Told {
    const before = this.period(limitId, this.today);
    this.limits.set(limitId, facts);
    this.periods.clear();
    if (facts.length === 0) this.limits.delete(limitId);
    const held = [before, this.period(limitId, this.today)].flatMap((period) =>
      period === undefined ? [] : [keyOf(limitId, period)],
    );
    const told = [...this.told].filter((key) => key.startsWith(`${limitId} `)).map((key) => key.split(' ').slice(0, 3).join(' '));
    return this.tell([...held, ...told]);
  }

  /** All periods of a limit that have a day in a stretch, with the amounts that were set within each and what was told of it. */
  history(limitId: string, stretch: { from: string; to: string }) {
    const rows = new Map<string, ModelPeriod>();
    for (let day = stretch.from; day < stretch.to; day = dayAfter(day)) {
      const period = this.period(limitId, day);
      if (period !== undefined) rows.set(period.from, period);
    }
    return [...rows.values()].map((period) => ({
      ...period,
      ...this.standing(limitId, period),
      changes: (this.limits.get(limitId) ?? [])
        .slice(0, period.place + 1)
        .flatMap((fact) => (fact.ends || !alike(fact, period.setting) ? [] : [fact]))
        .filter(({ startsOn }) => startsOn >= period.from && startsOn < period.to)
        .map(({ startsOn, amount }) => ({ startsOn, amount })),
      told: period.setting.thresholds.filter((threshold) => this.told.has(`${keyOf(limitId, period)} ${threshold}`)),
    }));
  }

  /** Brings what was told of some periods in line with where their limits stand. */
  private tell(keys: readonly string[]): Told {
    const crossed: string[] = [];
    const cleared: string[] = [];
    for (const key of new Set(keys)) {
      const [limitId = '', kind, from = ''] = key.split(' ');
      const period = this.period(limitId, from);
      const isThere = period !== undefined && period.from === from && period.setting.kind === kind;
      const reached = isThere ? this.reached(limitId, period) : [];
      for (const told of this.told) {
        if (told.startsWith(`${key} `) && !reached.some((threshold) => told === `${key} ${threshold}`)) cleared.push(told);
      }
      for (const threshold of reached) if (!this.told.has(`${key} ${threshold}`)) crossed.push(`${key} ${threshold}`);
    }
    for (const told of cleared) this.told.delete(told);
    for (const told of crossed) this.told.add(told);
    return { kind: 'recorded', crossed: crossed.sort(), cleared: cleared.sort() };
  }

  private reached(limitId: string, period: ModelPeriod): readonly number[] {
    const { spent, budget } = this.standing(limitId, period);
    return period.setting.thresholds.filter(
      (threshold) => spent > 0n && (budget <= 0n || spent * 100n >= budget * BigInt(threshold)),
    );
  }
}

const keyOf = (limitId: string, { from, setting }: ModelPeriod): string => `${limitId} ${setting.kind} ${from}`;

import {
  periodOf,
  type CivilDate,
  type EntryChanges,
  type EntryDetails,
  type LimitDetails,
  type CalendarKind,
} from '@kakeibo/core';

import { cents, periodIn, within, type ModelPeriod, type ModelTerms } from './wallet-model-terms.ts';

/** The slow, obvious wallet: it keeps everything in lists and looks at all of it each time. Amounts are cents. */
export interface ModelEntry {
  id: string;
  kind: 'income' | 'expense';
  minor: bigint;
  category: string | null;
  note: string | null;
  on: string;
  void: boolean;
  undoneBy: string | null;
  source: { importId: string; on: string; fingerprint: string } | null;
}

export type Predicted =
  | { kind: 'rejected'; code: string }
  | { kind: 'recorded'; crossed: readonly string[]; cleared: readonly string[] };

const rejected = (code: string): Predicted => ({ kind: 'rejected', code });

export class WalletModel {
  entries: ModelEntry[] = [];
  limits = new Map<string, ModelTerms[]>();
  raised = new Set<string>();
  name = 'Household';
  closed = false;
  today = '2026-10-14';

  balance(): bigint {
    return this.counting().reduce((sum, { kind, minor }) => sum + (kind === 'income' ? minor : -minor), 0n);
  }

  counting(): readonly ModelEntry[] {
    return this.entries.filter((entry) => !entry.void);
  }

  spent(from: string, to: string, scope: string | null): bigint {
    return this.counting()
      .filter(({ kind, on, category }) => kind === 'expense' && on >= from && on < to && within(category, scope))
      .reduce((sum, { minor }) => sum + minor, 0n);
  }

  current(limitId: string): ModelTerms | undefined {
    const newest = this.limits.get(limitId)?.at(-1);
    return newest?.ends === false ? newest : undefined;
  }

  period(limitId: string, on: string): ModelPeriod | undefined {
    return periodIn(this.limits.get(limitId) ?? [], on);
  }

  add(
    id: string,
    kind: 'income' | 'expense',
    details: EntryDetails,
    source: ModelEntry['source'] = null,
    block = true,
  ): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const read = this.read(kind, details, null);
    if (typeof read === 'string') return rejected(read);
    const entry: ModelEntry = { ...read, id, kind, void: false, undoneBy: null, source };
    return this.change([entry], block, () => void this.entries.push(entry));
  }

  correct(id: string, changes: EntryChanges): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined) return rejected('entry-unknown');
    if (entry.void) return rejected('entry-void');
    const kind = changes.kind ?? entry.kind;
    const read = this.read(kind, changes, entry);
    if (typeof read === 'string') return rejected(read);
    const before = { ...entry };
    const after = { ...entry, ...read, kind };
    if (
      JSON.stringify([before.kind, String(before.minor), before.category, before.note, before.on]) ===
      JSON.stringify([kind, String(read.minor), read.category, read.note, read.on])
    ) {
      return rejected('nothing-to-change');
    }
    return this.change([before, after], true, () => void Object.assign(entry, after));
  }

  void(id: string): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined) return rejected('entry-unknown');
    if (entry.void) return rejected('entry-void');
    return this.change([entry], false, () => {
      entry.void = true;
      entry.undoneBy = null;
    });
  }

  restore(id: string): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined) return rejected('entry-unknown');
    if (!entry.void) return rejected('entry-not-void');
    return this.change([entry], true, () => {
      entry.void = false;
      entry.undoneBy = null;
    });
  }

  setLimit(limitId: string, details: LimitDetails): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const amount = /^\d+(\.\d{1,2})?$/.test(details.amount) ? cents(details.amount) : undefined;
    if (amount === undefined) return rejected('amount-malformed');
    const period = details.period as CalendarKind;
    const startsOn = (details.startsOn ?? this.today) as CivilDate;
    const since = periodOf(period, startsOn).from;
    const terms: ModelTerms = {
      ends: false,
      startsOn,
      since,
      period,
      amount,
      thresholds: details.thresholds ?? [80, 100],
      mode: details.mode ?? 'warn',
      scope: details.scope ?? null,
    };
    const old = this.current(limitId);
    const spell = (value: ModelTerms): string => JSON.stringify({ ...value, startsOn: '', amount: String(value.amount) });
    if (old !== undefined && spell(old) === spell(terms)) return rejected('nothing-to-change');
    const kept = (this.limits.get(limitId) ?? []).filter(
      ({ ends, startsOn: day }) => day < terms.startsOn || (ends && day === terms.startsOn),
    );
    return this.changeTerms(limitId, [...kept, terms]);
  }

  removeLimit(limitId: string): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const old = this.current(limitId);
    if (old === undefined) return rejected('limit-unknown');
    const since = this.period(limitId, this.today)?.from ?? this.today;
    const kept = (this.limits.get(limitId) ?? []).filter((terms) => terms.since < since && terms.startsOn <= this.today);
    const end = { ...old, ends: true, startsOn: this.today, since };
    return this.changeTerms(limitId, kept.some(({ ends }) => !ends) ? [...kept, end] : []);
  }

  known(on: string, fingerprint: string): number {
    return this.entries.filter(
      ({ source, undoneBy }) => source?.on === on && source.fingerprint === fingerprint && undoneBy === null,
    ).length;
  }

  undo(importId: string): Predicted {
    if (this.closed) return rejected('wallet-closed');
    const mine = this.counting().filter(({ source }) => source?.importId === importId);
    if (!this.entries.some(({ source }) => source?.importId === importId)) return rejected('import-unknown');
    return this.change(mine, false, () => {
      for (const entry of mine) Object.assign(entry, { void: true, undoneBy: importId });
    });
  }

  /** Applies a change and tells what it does to limits; undoes it when a limit in the way blocks. */
  change(touched: readonly ModelEntry[], block: boolean, apply: () => void): Predicted {
    const watched = new Map<string, { limitId: string; terms: ModelTerms; from: string; to: string }>();
    for (const { kind, category, on } of touched) {
      if (kind !== 'expense') continue;
      for (const limitId of this.limits.keys()) {
        const period = this.period(limitId, on);
        if (period === undefined || !within(category, period.terms.scope)) continue;
        watched.set(`${limitId} ${period.from}`, { limitId, ...period });
      }
    }
    const before = [...watched.values()].map(({ terms, from, to }) => this.spent(from, to, terms.scope));
    const saved = this.entries.map((entry) => ({ ...entry }));
    apply();
    const blocked = [...watched.values()].some(({ terms, from, to }, index) => {
      const spent = this.spent(from, to, terms.scope);
      return terms.mode === 'block' && spent > terms.amount && spent > (before[index] ?? 0n);
    });
    if (block && blocked) {
      this.entries = saved;
      return rejected('limit-exceeded');
    }
    return this.tell([...watched.values()].map((watch) => ({ ...watch, kind: watch.terms.period })));
  }

  private changeTerms(limitId: string, terms: ModelTerms[]): Predicted {
    const old = this.period(limitId, this.today);
    this.limits.set(limitId, terms);
    const held = [old, this.period(limitId, this.today)].flatMap((period) =>
      period === undefined ? [] : [{ kind: period.terms.period, from: period.from }],
    );
    const told = [...this.raised].filter((key) => key.startsWith(`${limitId} `)).map((key) => key.split(' '));
    const open = told.map(([, kind, from]) => ({ kind: kind as CalendarKind, from: from as CivilDate }));
    const periods = new Map([...held, ...open].map((each) => [`${each.kind} ${each.from}`, each]));
    return this.tell(
      [...periods.values()].map(({ kind, from }) => {
        const now = this.period(limitId, from);
        const isThere = now?.from === from && now.terms.period === kind;
        return { limitId, kind, terms: isThere ? now.terms : undefined, from, to: isThere ? now.to : from };
      }),
    );
  }

  private tell(
    watches: readonly { limitId: string; kind: CalendarKind; terms: ModelTerms | undefined; from: string; to: string }[],
  ): Predicted {
    const crossed: string[] = [];
    const cleared: string[] = [];
    for (const { limitId, kind, terms, from, to } of watches) {
      const spent = this.spent(from, to, terms?.scope ?? null);
      const reached = (terms?.thresholds ?? []).filter(
        (threshold) => spent > 0n && spent * 100n >= (terms?.amount ?? 0n) * BigInt(threshold),
      );
      const prefix = `${limitId} ${kind} ${from}`;
      for (const key of [...this.raised].filter((candidate) => candidate.startsWith(`${prefix} `))) {
        if (reached.some((threshold) => key === `${prefix} ${threshold}`)) continue;
        this.raised.delete(key);
        cleared.push(key);
      }
      for (const threshold of reached) {
        const key = `${prefix} ${threshold}`;
        if (this.raised.has(key)) continue;
        this.raised.add(key);
        crossed.push(key);
      }
    }
    return { kind: 'recorded', crossed: crossed.sort(), cleared: cleared.sort() };
  }

  private read(
    kind: 'income' | 'expense',
    texts: EntryChanges,
    before: ModelEntry | null,
  ): string | Pick<ModelEntry, 'minor' | 'category' | 'note' | 'on'> {
    const { amount } = texts;
    if (amount !== undefined && !/^-?\d+(\.\d+)?$/.test(amount)) return 'amount-malformed';
    if (amount !== undefined && /\.\d{3,}$/.test(amount)) return 'amount-too-precise';
    const minor = amount === undefined ? before?.minor : cents(amount);
    if (minor === undefined) return 'amount-malformed';
    if (minor <= 0n) return 'amount-not-positive';
    let category = texts.category === undefined ? (before?.category ?? null) : texts.category;
    if (category === '') category = null;
    if (category === null && kind === 'expense') return 'category-missing';
    if (category !== null && category.split(':').some((part) => part === '')) return 'category-invalid';
    const note = texts.note === undefined ? (before?.note ?? null) : texts.note;
    const on = texts.occurredOn ?? before?.on ?? this.today;
    if (on === '2026-02-30') return 'date-invalid';
    return { minor, category, note: note === '' ? null : note, on };
  }
}

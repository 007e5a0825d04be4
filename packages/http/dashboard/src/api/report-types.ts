import type { EntryKind } from './entry-types.ts';
import type { LimitPeriod } from './limit-types.ts';
import type { Entry, Kind } from './types.ts';

/** The filter of the register whose entries make up a figure exactly. An empty payee or category asks for those without one. */
export interface Drill {
  readonly from: string;
  readonly to: string;
  readonly category?: string;
  readonly payee?: string;
  readonly tag?: string;
  readonly kind?: EntryKind;
}

export interface Compared {
  readonly amount: string;
  readonly difference: string;
  readonly percent: number | null;
}

export interface ComparedStretch extends Compared {
  readonly from: string;
  readonly to: string;
}

interface Beside<T> {
  readonly previous?: T;
  readonly yearBefore?: T;
}

interface Stretched {
  readonly from: string;
  readonly to: string;
}

export interface CategoryRow extends Beside<Compared> {
  readonly category: string;
  readonly depth: number;
  readonly total: string;
  readonly share: number;
  readonly drill: Drill;
}

export interface CategorySpending extends Stretched, Beside<ComparedStretch> {
  readonly total: string;
  readonly rows: readonly CategoryRow[];
}

export interface NameRow extends Beside<Compared> {
  readonly name: string | null;
  readonly total: string;
  readonly share: number | null;
  readonly drill: Drill;
}

export interface NameSpending extends Stretched, Beside<ComparedStretch> {
  readonly by: 'payee' | 'tag';
  readonly total: string;
  readonly rows: readonly NameRow[];
  readonly rest: { readonly names: number; readonly total: string };
}

export interface FlowSums extends Stretched {
  readonly in: string;
  readonly out: string;
  readonly net: string;
  readonly received: string;
  readonly sent: string;
  readonly savingsRate: number | null;
  readonly drill: Drill;
}

export interface SavingsReport extends FlowSums {
  readonly months: readonly (FlowSums & { readonly partial: boolean })[];
}

export interface IncomeRow {
  readonly category: string;
  readonly depth: number;
  readonly total: string;
  readonly amounts: readonly string[];
  readonly drill: Drill;
}

export interface IncomeSide {
  readonly total: string;
  readonly amounts: readonly string[];
  readonly rows: readonly IncomeRow[];
}

export interface IncomeMonth extends Stretched {
  readonly net: string;
  readonly partial: boolean;
}

export interface IncomeReport extends Stretched {
  readonly months: readonly IncomeMonth[];
  readonly income: IncomeSide;
  readonly expenses: IncomeSide;
  readonly net: string;
}

export interface BudgetRow extends LimitPeriod {
  readonly partial: boolean;
  readonly drill: Drill;
}

export interface BudgetLimit {
  readonly id: string;
  readonly planned: string;
  readonly spent: string;
  readonly rows: readonly BudgetRow[];
  readonly complete: boolean;
}

export interface BudgetReport extends Stretched {
  readonly limits: readonly BudgetLimit[];
}

export interface UsedRate {
  readonly base: string;
  readonly quote: string;
  readonly rate: string;
  readonly on: string;
}

export interface Unconverted {
  readonly currency: string;
  readonly balance: string;
}

export interface Converted extends Unconverted {
  readonly converted: string | null;
  readonly rate: UsedRate | null;
}

export interface NetWorthReport {
  readonly currency: string;
  readonly on: string;
  readonly total: string;
  readonly wallets: readonly (Converted & { readonly walletId: string; readonly name: string })[];
  readonly inTransit: readonly Converted[];
  readonly unconverted: readonly Unconverted[];
  readonly series: readonly (Stretched & { readonly total: string; readonly unconverted: readonly Unconverted[] })[];
}

export interface LargestReport extends Stretched {
  readonly kind: Kind;
  readonly entries: readonly Entry[];
}

export interface UnusualEntry {
  readonly entry: Entry;
  readonly amount: string;
  readonly payee: string | null;
  readonly category: string;
  readonly usual: string;
  readonly times: number;
  readonly earlier: number;
}

export interface UnusualReport extends Stretched {
  readonly items: readonly UnusualEntry[];
  readonly more: number;
}

export interface StatementReport extends Stretched {
  readonly opening: string;
  readonly in: string;
  readonly out: string;
  readonly received: string;
  readonly sent: string;
  readonly closing: string;
  readonly lines: readonly Entry[];
  readonly next: string | null;
  readonly drill: Drill;
}

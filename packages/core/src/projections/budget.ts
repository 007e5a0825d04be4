import type { Period } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import { formatMinor, parseTotal } from '../money.ts';
import { limitOf, type Head } from '../wallet/head.ts';
import { periodAt } from '../wallet/limit-periods.ts';
import { headOf, type Need, type WalletState } from '../wallet/state.ts';
import type { Drill } from './compare.ts';
import { limitHistory, limitHistoryNeeds, MAX_ROWS, type LimitHistoryRow } from './limit-history.ts';

/** A limit in one of its periods, and the entries behind what was spent. */
export interface BudgetRow extends LimitHistoryRow {
  /** Whether its period reaches over the ends of the stretch; its figures are always the whole period's. */
  readonly partial: boolean;
  readonly drill: Drill;
}

/** What was planned by a limit, period by period, and what came of it. Amounts are decimals. */
export interface BudgetedLimit {
  readonly id: LimitId;
  readonly planned: string;
  readonly spent: string;
  readonly rows: readonly BudgetRow[];
  /** Whether all its periods in the stretch are there: of very many the newest are. */
  readonly complete: boolean;
}

/** Budget against actual: every limit that ruled in a stretch. */
export interface BudgetReport extends Period {
  readonly limits: readonly BudgetedLimit[];
}

/** What {@link budgetReport} reads beside the head. */
export function budgetNeeds(view: Head, period: Period): readonly Need[] {
  return Object.keys(view.limits).flatMap((id) => limitHistoryNeeds(view, id, period));
}

/** Makes the report; limits by id, their periods oldest first. */
export function budgetReport(state: WalletState, period: Period): BudgetReport {
  const limits = Object.keys(headOf(state).limits)
    .sort()
    .map((id) => budgetedLimit(state, id, period))
    .filter(({ rows }) => rows.length > 0);
  return { ...period, limits };
}

function budgetedLimit(state: WalletState, id: LimitId, period: Period): BudgetedLimit {
  const { currency } = headOf(state);
  const history = limitHistory(state, id, period);
  const sum = (texts: readonly string[]): string => {
    const amounts = texts.map((text) => parseTotal(text, currency));
    const total = amounts.reduce((all, amount) => all + (typeof amount === 'object' ? amount.minor : 0n), 0n);
    return formatMinor(total, exponentOf(currency));
  };
  return {
    id,
    planned: sum(history.map(({ planned }) => planned)),
    spent: sum(history.map(({ spent }) => spent)),
    rows: history.map((row) => ({
      ...row,
      partial: row.from < period.from || row.to > period.to,
      drill: drillOf(state, id, row),
    })),
    complete: history.length < MAX_ROWS,
  };
}

function drillOf(state: WalletState, id: LimitId, { from, to }: Period): Drill {
  const terms = periodAt(limitOf(headOf(state), id), from)?.terms;
  return {
    from,
    to,
    ...(terms?.scope === undefined ? {} : { category: terms.scope }),
    ...(terms?.tag === undefined ? {} : { tag: terms.tag }),
  };
}

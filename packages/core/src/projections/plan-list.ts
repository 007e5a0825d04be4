import type { CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { PlanId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import { hasExpired, type OpenPlans, type Plan } from '../wallet/plans.ts';

/** Something that is expected and not booked. Amounts are decimals. */
export interface PlanLine {
  readonly id: PlanId;
  readonly kind: 'income' | 'expense';
  readonly amount: string;
  readonly occurredOn: CivilDate;
  readonly category: string | null;
  readonly parts: readonly { readonly category: string; readonly amount: string; readonly note: string | null }[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  /** The first day on which it can no longer be booked. */
  readonly expiresOn: CivilDate | null;
  /** Whether that day has come; the plan stays open until somebody ends it. */
  readonly expired: boolean;
}

/** The open plans, by day, and what they come to: `in` and `out` are in no balance. */
export interface PlanList {
  readonly items: readonly PlanLine[];
  readonly in: string;
  readonly out: string;
}

/** The open plans on a day. */
export function planList(
  view: OpenPlans,
  { currency, today }: { readonly currency: CurrencyCode; readonly today: CivilDate },
  read: (planId: PlanId) => Plan,
): PlanList {
  const exponent = exponentOf(currency);
  const items = Object.keys(view.items)
    .flatMap((id) => lineOf(id, read(id), { exponent, today }))
    .sort((a, b) => (a.occurredOn === b.occurredOn ? (a.id < b.id ? -1 : 1) : a.occurredOn < b.occurredOn ? -1 : 1));
  return { items, in: formatMinor(BigInt(view.in), exponent), out: formatMinor(BigInt(view.out), exponent) };
}

function lineOf(
  id: PlanId,
  plan: Plan,
  { exponent, today }: { readonly exponent: number; readonly today: CivilDate },
): readonly PlanLine[] {
  const { facts, expiresOn } = plan;
  if (facts === null) return [];
  const { kind, amount, occurredOn, category, parts, payee, tags, note } = facts;
  const write = (minor: string): string => formatMinor(BigInt(minor), exponent);
  return [
    {
      id,
      kind: kind === 'income' ? 'income' : 'expense',
      amount: write(amount),
      occurredOn,
      category: category ?? null,
      parts: parts?.map((part) => ({ ...part, amount: write(part.amount), note: part.note ?? null })) ?? null,
      payee: payee ?? null,
      tags: tags ?? [],
      note: note ?? null,
      expiresOn: expiresOn ?? null,
      expired: hasExpired(plan, today),
    },
  ];
}

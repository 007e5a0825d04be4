import { addDays, type CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { formatMinor, money, negate, subtract, type Money } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { balanceBefore, bucketsBefore } from './balance-before.ts';
import { watchesOf } from './crossings.ts';
import { added, readable } from './decide-entries.ts';
import { accept, refuse, type Foresight, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import type { EntryFacts } from './entry-facts.ts';
import { factsOf } from './facts.ts';
import type { CheckBalance } from './figure-commands.ts';
import { flows } from './flows.ts';
import { isRejection, parseCategory, parseDay, parseSum, reject } from './parse.ts';
import { flowsOf, headOf, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';

/** Reads what was counted: nothing and less than nothing are something to count too. */
function parseCounted(text: string, currency: CurrencyCode): Money | Rejection {
  const isNegative = typeof text === 'string' && /^-\d/.test(text);
  const size = parseSum(isNegative ? text.slice(1) : text, currency, { zero: true });
  if (isRejection(size)) {
    const code = size.code === 'amount-not-positive' ? 'amount-malformed' : size.code;
    return { ...size, code, field: 'counted' };
  }
  return isNegative ? negate(size) : size;
}

function readDay({ command, today }: Pick<Foresight<CheckBalance>, 'command' | 'today'>): CivilDate | Rejection {
  const on = command.on === undefined ? today : parseDay(command.on, 'on');
  return isRejection(on) || on <= today ? on : reject('date-out-of-range', 'A balance is counted on a day that has come.', 'on');
}

interface Counted {
  readonly on: CivilDate;
  readonly counted: Money;
  readonly expected: Money;
  /** What books the difference, when it is to be booked and there is one. */
  readonly entry?: EntryFacts;
}

/** What was counted against what the entries come to. */
function compare({ command, today, state }: Foresight<CheckBalance>): Counted | Rejection {
  const { currency } = headOf(state);
  const counted = parseCounted(command.counted, currency);
  if (isRejection(counted)) return counted;
  const category = command.category === undefined ? undefined : parseCategory(command.category);
  if (isRejection(category)) return category;
  const on = readDay({ command, today });
  if (isRejection(on)) return on;
  const expected = money(
    balanceBefore(addDays(on, 1), (bucket) => flowsOf(state, bucket)),
    currency,
  );
  const { minor } = subtract(counted, expected);
  if (category === undefined || minor === 0n) return { on, counted, expected };
  const amount = formatMinor(minor < 0n ? -minor : minor, exponentOf(currency));
  const kind = minor < 0n ? 'expense' : 'income';
  const entry = factsOf(kind, { amount, category, occurredOn: on }, { currency, today });
  return isRejection(entry) ? entry : { on, counted, expected, entry };
}

function checkBalance(context: OpenContext<CheckBalance>, state: WalletState): WalletDecision {
  const check = compare({ ...context, state });
  if (isRejection(check)) return refuse(check);
  const { entry, ...told } = check;
  if (entry === undefined) return accept({ type: 'BalanceChecked', ...told });
  const entryId = context.eventId(0);
  const events = [added(entryId, entry), { type: 'BalanceChecked', ...told, entryId } as const];
  return weigh(context, state, events, { watches: watchesOf(headOf(state), [entry]), block: true, entryId });
}

export const checkBalanceRule: Rule<CheckBalance> = {
  needs(foresight) {
    const on = readDay(foresight);
    return isRejection(on) ? [] : bucketsBefore(addDays(on, 1)).map((bucket) => ({ projection: flows, bucket }));
  },
  touches(foresight) {
    const check = compare(foresight);
    return isRejection(check) || check.entry === undefined ? [] : readable(check.entry);
  },
  decide: checkBalance,
};

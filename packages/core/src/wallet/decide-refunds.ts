import { formatAmount } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { watchesOf } from './crossings.ts';
import { isKnown, readable } from './decide-entries.ts';
import { refuse, type Foresight, type Rule } from './decision.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { AddRefund, EntryChanges } from './entry-commands.ts';
import type { EntryFacts } from './entry-facts.ts';
import { factsOf, sized } from './facts.ts';
import { isRejection, parseSum, reject } from './parse.ts';
import { shareOut, type Coming } from './parts.ts';
import { refundable, refundTooLarge } from './refund-rules.ts';
import { entryOf, headOf } from './state.ts';
import { weigh } from './weigh.ts';

/** The facts of a refund: category, parts and payee are those of its expense when they are not given. */
function refundFacts({ command, today, state }: Foresight<AddRefund>): EntryFacts | Rejection {
  const { currency } = headOf(state);
  const { refunds } = command;
  if (refunds === undefined) return factsOf('refund', command, { currency, today });
  const entry = entryOf(state, refunds);
  if (!isKnown(entry)) return reject('entry-unknown', 'There is no such expense in this wallet.', 'refunds');
  if (entry.voided !== false) return reject('entry-void', 'The expense is void: nothing can come back of it.', 'refunds');
  const bought = fromStoredFacts(entry.facts);
  if (bought.kind !== 'expense') return reject('kind-invalid', 'Only an expense can be refunded.', 'refunds');
  const amount = parseSum(command.amount, currency);
  if (isRejection(amount)) return amount;
  const left = refundable(entry);
  const given = command.category !== undefined || command.parts !== undefined;
  const facts = factsOf(
    'refund',
    {
      ...command,
      ...(given ? {} : purposeOf(bought, amount.minor > left ? undefined : { whole: amount, returned: entry.returned ?? [] })),
      ...(command.payee === undefined && bought.payee !== undefined ? { payee: bought.payee } : {}),
    },
    { currency, today },
  );
  if (isRejection(facts)) return facts;
  return amount.minor > left ? refundTooLarge(left, currency) : sized({ ...facts, refunds });
}

/** The category or the parts of what was bought, as far as something comes back of them; of too much, which is refused, the first. */
function purposeOf(bought: EntryFacts, coming: Coming | undefined): Pick<EntryChanges, 'category' | 'parts'> {
  const { parts: all = [] } = bought;
  const parts = coming === undefined || all.length === 0 ? all.slice(0, 1) : shareOut(all, coming);
  return parts.length > 1
    ? { parts: parts.map((part) => ({ category: part.category, amount: formatAmount(part.amount) })) }
    : { category: parts[0]?.category ?? bought.category ?? null };
}

export const addRefundRule: Rule<AddRefund> = {
  needs: ({ command: { refunds } }) => (refunds === undefined ? [] : [{ projection: entries, bucket: refunds }]),
  touches: (foresight) => readable(refundFacts(foresight)),
  decide(context, state) {
    const facts = refundFacts({ ...context, state });
    if (isRejection(facts)) return refuse(facts);
    const entryId = context.eventId(0);
    const event = { type: 'ExpenseRefunded', entryId, entry: { ...facts, kind: 'refund' } } as const;
    return weigh(context, state, [event], { watches: watchesOf(headOf(state), [facts]), entryId });
  },
};

import { parseCurrency } from '../currency.ts';
import type { Rejection } from '../outcome.ts';
import { watchesOf } from './crossings.ts';
import { isKnown } from './decide-entries.ts';
import { refuse, type Foresight, type Rule } from './decision.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryCorrected } from './events.ts';
import { isRejection, parseSum, reject } from './parse.ts';
import { entryOf, headOf, type WalletState } from './state.ts';
import type { JoinTransfer } from './transfer-commands.ts';
import { weigh } from './weigh.ts';

/** Why an entry cannot become the half of a transfer that left; none when it can. */
function joinFault(state: WalletState, entryId: string): Rejection | undefined {
  const entry = entryOf(state, entryId);
  if (!isKnown(entry)) return reject('entry-unknown', 'There is no such entry in this wallet.', 'from.entryId');
  if (entry.voided !== false) return reject('entry-void', 'The entry is void. Restore it to join it.', 'from.entryId');
  if (entry.facts.transfer !== undefined) {
    return reject('entry-is-transfer', 'The entry is half of a transfer already.', 'from.entryId');
  }
  if (entry.refunded !== '0') {
    return reject('entry-refunded', 'Money came back of this expense. Void its refunds first.', 'from.entryId');
  }
  return entry.facts.kind === 'expense'
    ? undefined
    : reject('kind-invalid', 'What left a wallet is an expense there; this entry is none.', 'from.entryId');
}

/** The correction that makes an expense a sent transfer. The transfer bears a new id, since an entry may be joined again later. */
function joining({
  command,
  state,
  id,
}: Pick<Foresight<JoinTransfer>, 'command' | 'state'> & { readonly id: string }): EntryCorrected | Rejection {
  const { entryId, wallet, other: texts, counterpart } = command;
  const fault = joinFault(state, entryId);
  if (fault !== undefined) return fault;
  const { facts, addedIn } = entryOf(state, entryId);
  if (facts === null) return reject('entry-unknown', 'There is no such entry in this wallet.', 'from.entryId');
  const currency = parseCurrency(texts.currency);
  if (currency === undefined) return reject('currency-unknown', `There is no currency ${texts.currency.slice(0, 20)}.`, 'to');
  const other = parseSum(texts.amount, currency);
  if (isRejection(other)) return other;
  const before = fromStoredFacts(facts);
  if (other.currency === before.amount.currency && other.minor !== before.amount.minor) {
    return reject(
      'amounts-differ',
      'What left and what arrived are not the same. Correct one of the entries first.',
      'to.entryId',
    );
  }
  const { category: _, parts: __, ...kept } = before;
  const after = { ...kept, kind: 'sent', transfer: { id, wallet, other, counterpart } } as const;
  return { type: 'EntryCorrected', entryId, addedIn, before, after };
}

export const joinTransferRule: Rule<JoinTransfer> = {
  needs: ({ command }) => [{ projection: entries, bucket: command.entryId }],
  touches({ command, state }) {
    const event = joining({ command, state, id: '' });
    return isRejection(event) ? [] : [event.before];
  },
  decide(context, state) {
    const event = joining({ command: context.command, state, id: context.eventId(0) });
    if (isRejection(event)) return refuse(event);
    return weigh(context, state, [event], { watches: watchesOf(headOf(state), [event.before]), block: false });
  },
};

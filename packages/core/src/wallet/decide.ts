import { dayAt } from '../calendar.ts';
import { refuse, type Issued, type WalletDecision } from './decision.ts';
import { reject } from './parse.ts';
import { ruleOf } from './rules.ts';
import { headOf, type WalletState } from './state.ts';

/**
 * What a command comes to. Pure: the same command on the same state always gives the same events, or the same refusal, which
 * is the first that applies in the order of `REJECTION_CODES`.
 */
export function decide(issued: Issued, state: WalletState): WalletDecision {
  const { command, now, change } = issued;
  const { status, zone } = headOf(state);
  const rule = ruleOf(command);
  if (status === 'absent' && rule.whenAbsent !== true) {
    return refuse(reject('wallet-unknown', 'There is no such wallet. List the wallets, or open one.'));
  }
  if (status === 'closed' && rule.whenClosed !== true) {
    return refuse(reject('wallet-closed', 'The wallet is closed. Reopen it to write into it.'));
  }
  const context = {
    command,
    now,
    today: dayAt(now, zone === '' ? 'UTC' : zone),
    eventId: (index: number): string => issued.eventId(index),
    ...(change === undefined ? {} : { change }),
  };
  return rule.decide(context, state);
}

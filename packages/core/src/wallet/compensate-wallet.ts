import { back, final, movedOn, stays, type Compensations } from './compensation.ts';
import { headOf, type Need } from './state.ts';

type WalletChange =
  | 'WalletOpened'
  | 'WalletRenamed'
  | 'WalletClosed'
  | 'WalletReopened'
  | 'ChangeUndone'
  | 'LimitReached'
  | 'LimitCleared';

/** The head is always there. */
const nothing = (): readonly Need[] => [];

/** What limits tell follows from the entries and the limits, so it is told anew when an undoing is weighed. */
const told = stays('What a limit tells follows from what was spent. Undo an entry, or change the limit.');

/** How what happened to the wallet itself is taken back. */
export const walletCompensations: Compensations<WalletChange> = {
  WalletOpened: final('A wallet stays, since everything in it hangs on it. Close it instead.'),
  WalletRenamed: back(nothing, ({ from, name }, { state }) =>
    headOf(state).name === name
      ? [{ type: 'WalletRenamed', from: name, name: from }]
      : movedOn('The wallet was renamed again since. Undo that first.'),
  ),
  WalletClosed: back(nothing, (_, { state }) =>
    headOf(state).status === 'closed' ? [{ type: 'WalletReopened' }] : movedOn('The wallet was reopened since.'),
  ),
  WalletReopened: back(nothing, (_, { state }) =>
    headOf(state).status === 'open' ? [{ type: 'WalletClosed' }] : movedOn('The wallet was closed since.'),
  ),
  ChangeUndone: stays('This undoing changed nothing.'),
  LimitReached: told,
  LimitCleared: told,
};

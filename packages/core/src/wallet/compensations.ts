import { entryCompensations } from './compensate-entries.ts';
import { figureCompensations } from './compensate-figures.ts';
import { goalCompensations } from './compensate-goals.ts';
import { limitCompensations } from './compensate-limits.ts';
import { scheduleCompensations } from './compensate-schedules.ts';
import { walletCompensations } from './compensate-wallet.ts';
import { final, type Compensation, type Compensations } from './compensation.ts';
import type { WalletEvent } from './events.ts';

/** A rule changes no entry by itself, and says what it was before. */
const rule = final('A rule for files is set and removed. Set it as you want it; what it was before is in the history.');

/** How each kind of event is taken back: a new one does not compile until it is here. */
const COMPENSATIONS: Compensations<WalletEvent['type']> = {
  ...walletCompensations,
  ...entryCompensations,
  ...scheduleCompensations,
  ...limitCompensations,
  ...goalCompensations,
  ...figureCompensations,
  ImportRuleSet: rule,
  ImportRuleRemoved: rule,
};

/** How an event is taken back. */
export function compensationOf<Event extends WalletEvent>({ type }: Event): Compensation<Event> {
  // Each stands under the name of its own event, which the compiler cannot follow through the look-up.
  return COMPENSATIONS[type] as unknown as Compensation<Event>;
}

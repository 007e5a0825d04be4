import { entryCompensations } from './compensate-entries.ts';
import { figureCompensations } from './compensate-figures.ts';
import { goalCompensations } from './compensate-goals.ts';
import { limitCompensations } from './compensate-limits.ts';
import { ruleCompensations } from './compensate-rules.ts';
import { scheduleCompensations } from './compensate-schedules.ts';
import { walletCompensations } from './compensate-wallet.ts';
import type { Compensation, Compensations } from './compensation.ts';
import type { WalletEvent } from './events.ts';

/** How each kind of event is taken back: a new one does not compile until it is here. */
const COMPENSATIONS: Compensations<WalletEvent['type']> = {
  ...walletCompensations,
  ...entryCompensations,
  ...scheduleCompensations,
  ...limitCompensations,
  ...goalCompensations,
  ...figureCompensations,
  ...ruleCompensations,
};

/** How an event is taken back. */
export function compensationOf<Event extends WalletEvent>({ type }: Event): Compensation<Event> {
  // Each stands under the name of its own event, which the compiler cannot follow through the look-up.
  return COMPENSATIONS[type] as unknown as Compensation<Event>;
}

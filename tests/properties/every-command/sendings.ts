import { entrySendings } from './entry-sendings.ts';
import type { CommandType, Step } from './history.ts';
import type { Maker, Sending } from './making.ts';
import { otherSendings } from './other-sendings.ts';
import type { Purse, World } from './world.ts';

/** What only reactions ask for, so the runner gives it. */
type OfReactions = 'ReceiveTransfer' | 'ReturnTransfer';
const makers: Readonly<Record<Exclude<CommandType, OfReactions>, Maker>> = { ...entrySendings, ...otherSendings };

/** The commands that steps make. */
export const MADE = Object.keys(makers) as readonly CommandType[];

/** The command of a step with its content; none of what is no command, or one that only the runner gives. */
export async function sendingOf(world: World, purse: Purse, step: Step): Promise<Sending | undefined> {
  const maker = Object.hasOwn(makers, step.type) ? makers[step.type as keyof typeof makers] : undefined;
  return maker?.({ world, purse, step });
}

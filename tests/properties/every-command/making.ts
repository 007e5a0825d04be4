import type { EntryId, Outcome, Request, Wallet, WalletTransfer } from '@kakeibo/core';
import { choose, isRefusal, linesOf } from './choices.ts';
import type { Step } from './history.ts';
import type { Purse, World } from './world.ts';

/** A command whose content stands, to be sent once or again. */
export type Sending = (request: Request) => Promise<Outcome<unknown>>;

/** What a command is made of. */
export interface Making {
  readonly world: World;
  readonly purse: Purse;
  readonly step: Step;
}

/** Makes the command of a step; what it is about is looked up once. */
export type Maker = (making: Making) => Sending | Promise<Sending>;

/** What nothing is called. */
export const NOBODY = 'nobody';
/** The id of a wallet that there is not. */
export const NO_WALLET = '00000000-0000-8000-8000-000000000000';

/** An entry of the wallet, one that counts or a void one. */
export const entryOf = async ({ purse, step }: Making, kind: 'exclude' | 'only' = 'exclude'): Promise<EntryId> =>
  isRefusal(step) ? NOBODY : (choose(await linesOf(purse.wallet, kind), step.at)?.id ?? NOBODY);

/** A transfer of the wallet that may be taken back by it. */
export async function transferOf({ purse, step }: Making, direction: WalletTransfer['direction']): Promise<string> {
  const { items } = await purse.wallet.transfers({ limit: 200 });
  const own = items.filter((transfer) => transfer.direction === direction);
  return isRefusal(step) ? NOBODY : (choose(own, step.at)?.transferId ?? NOBODY);
}

/** A closed wallet, or the one at hand when there is none: the others would never be opened again. */
export async function closedOf({ world, purse }: Making): Promise<Wallet> {
  const closed = (await world.ledger.wallets()).find(({ status }) => status === 'closed');
  return world.purses.find(({ wallet }) => wallet.id === closed?.id)?.wallet ?? purse.wallet;
}

/** The name of a goal that there is, with something set aside for it if wanted, or of one that may not be. */
export async function goalOf({ world, purse, step }: Making, isSaved = false): Promise<string> {
  const { items } = await purse.wallet.goals(world.day(0));
  const goals = items.filter(({ saved }) => !isSaved || /[1-9]/.test(saved));
  return isRefusal(step) ? NOBODY : (choose(goals, step.at)?.id ?? 'bike');
}
/** The name of a schedule, in the same way. */
export async function scheduleIdOf({ purse, step }: Making): Promise<string> {
  const { items } = await purse.wallet.schedules();
  return isRefusal(step) ? NOBODY : (choose(items, step.at)?.scheduleId ?? 'rent');
}
/** And that of a limit. */
export async function limitIdOf({ world, purse, step }: Making): Promise<string> {
  const { items } = await purse.wallet.limits(world.day(30));
  return isRefusal(step) ? NOBODY : (choose(items, step.at)?.id ?? 'food');
}

import { formatRecordTime, type CurrencyCode, type Outcome, type Position, type StoredEvent } from '@kakeibo/core';
import { everyLookAhead, everyReport } from '../../core/every-report.ts';
import type { StoreKind } from '../../stores/kinds.ts';
import { choose } from './choices.ts';
import type { CommandType, History, Step } from './history.ts';
import type { Sending } from './making.ts';
import { sendingOf } from './sendings.ts';
import { World, type Purse } from './world.ts';

/** A command that was sent. */
export interface Sent {
  readonly step: Step & { readonly type: CommandType };
  readonly purse: Purse;
  readonly commandId: string;
  readonly send: Sending;
  readonly outcome: Outcome<unknown>;
  /** How long the log was before it, and after it. */
  readonly before: Position;
  readonly after: Position;
  /** The balances of all wallets, when it was refused: before it and after it. */
  readonly balances?: readonly [before: string, after: string];
}

/** What a wallet was reported to be at a moment. */
export interface Moment {
  readonly walletId: string;
  readonly position: Position;
  readonly recordedAt: string;
  readonly reports: unknown;
  /** What it was expected to come to, and when that was; not while the clock is behind the last event, for today is no day of the log then. */
  readonly ahead?: { readonly at: string; readonly given: unknown };
}

/** A history that was played to its end. */
export interface Played {
  readonly history: History;
  readonly kind: StoreKind;
  readonly world: World;
  readonly sent: readonly Sent[];
  readonly moments: readonly Moment[];
  readonly log: readonly StoredEvent[];
}

const FIRST_WALLETS: readonly (readonly [currency: string, zone: string])[] = [
  ['EUR', 'Europe/Berlin'],
  ['KWD', 'Asia/Kuwait'],
  ['EUR', 'America/New_York'],
];
const HOURS = [1, 24, 24 * 5, 24 * 18, -7] as const;

/** Plays a history on a store. Whoever asks for it closes the world. */
export async function play(history: History, kind: StoreKind): Promise<Played> {
  const { steps, moments: wanted } = history;
  const world = await World.open(kind);
  for (const [index, [currency, zone]] of FIRST_WALLETS.entries()) {
    const outcome = await world.ledger.openWallet({ name: `First ${index}`, currency, zone }, { commandId: world.nextId() });
    if ('result' in outcome) world.add(outcome.result.walletId, currency as CurrencyCode);
  }
  const sent: Sent[] = [];
  const moments: Moment[] = [];
  const at = new Set(wanted.map((moment) => moment % steps.length));
  for (const [index, step] of steps.entries()) {
    const purse = choose(world.purses, step.wallet) as Purse;
    const send = await sendingOf(world, purse, step);
    if (send === undefined) await happen(world, step);
    else sent.push(await sendOnce(world, { purse, step: step as Sent['step'], send }));
    world.pass(1 / 60);
    if (at.has(index)) moments.push(await momentOf(world, purse));
  }
  return { history, kind, world, sent, moments, log: await world.log() };
}

async function happen(world: World, { type, at }: Step): Promise<void> {
  if (type === 'Time') return world.pass(HOURS[at % HOURS.length] as number);
  if (type === 'Restart') return world.restart();
  await world.settle();
}

async function sendOnce(world: World, sending: Pick<Sent, 'purse' | 'step' | 'send'>): Promise<Sent> {
  const commandId = world.nextId();
  const [before, stood] = [(await world.log()).length, await balancesOf(world)];
  const outcome = await sending.send({ commandId });
  const after = (await world.log()).length;
  const told = { ...sending, commandId, outcome, before, after };
  return 'result' in outcome ? told : { ...told, balances: [stood, await balancesOf(world)] };
}

/** A wallet that takes commands: the first one, opened again if it has to be. */
export async function openPurse({ world }: Played): Promise<Purse> {
  const [purse] = world.purses;
  if (purse === undefined) throw new Error('the first wallets are opened before anything else');
  if ((await purse.wallet.summary())?.status === 'closed') await purse.wallet.reopen();
  return purse;
}

/** What a command came to that is not to be refused. */
export function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

async function balancesOf({ ledger }: World): Promise<string> {
  return JSON.stringify(await ledger.wallets());
}

async function momentOf({ store, ledger, now }: World, { wallet }: Purse): Promise<Moment> {
  const log = await store.readAll({ after: 0, limit: 10_000 });
  const { position, recordedAt } = log.at(-1) ?? { position: 0, recordedAt: '' };
  // What comes next may be recorded in the same millisecond.
  const at = formatRecordTime(now * 1000 - 1);
  return {
    walletId: wallet.id,
    position,
    recordedAt,
    reports: await everyReport(ledger.wallet(wallet.id)),
    ...(at < recordedAt ? {} : { ahead: { at, given: await everyLookAhead(ledger.wallet(wallet.id)) } }),
  };
}

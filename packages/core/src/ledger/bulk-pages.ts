import { pageCommandId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import { StoreError, type Position, type Version } from '../ports/event-store.ts';
import type { Recorded } from '../projection.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { effectsOf, type Effects } from './booked.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';

/** What the pages of an import, or of taking one back, have come to so far. */
export interface Tally {
  readonly added: number;
  readonly corrected: number;
  readonly linked: number;
  readonly voided: number;
  readonly reverted: number;
}

export interface BulkSum extends Effects, Tally {
  readonly kind: 'recorded' | 'repeated';
  readonly version: Version;
  readonly position: Position;
}

/** One page's command. */
export interface Pages {
  readonly count: number;
  command(page: number): WalletCommand;
  onPage?(page: number, sum: Tally): void;
}

const NOTHING: Tally = { added: 0, corrected: 0, linked: 0, voided: 0, reverted: 0 };

function withEvents(tally: Tally, events: readonly Recorded<WalletEvent>[]): Tally {
  let { added, corrected, linked, voided, reverted } = tally;
  for (const { event } of events) {
    if (event.type === 'EntriesImported') {
      added += event.added;
      corrected += event.corrected ?? 0;
      linked += event.linked ?? 0;
    } else if (event.type === 'ImportUndone') {
      voided += event.voided;
      reverted += event.reverted ?? 0;
    }
  }
  return { added, corrected, linked, voided, reverted };
}

/**
 * Runs a command that is too large for one append, page by page. The first page bears the caller's command id, so that the id is
 * used up by it as by any other command. A store that fails later leaves a part done: that is an outcome nobody can know from the
 * error alone, and sending the same again settles it.
 */
export async function runPages(session: Session, stream: string, pages: Pages, request: Request): Promise<Outcome<BulkSum>> {
  const { commandId = session.ports.ids.next(), actor, expected } = request;
  let sum: BulkSum = { kind: 'recorded', version: 0, position: 0, ...NOTHING, crossed: [], cleared: [] };
  for (let page = 0; page < pages.count; page += 1) {
    const handled = await session
      .submit(stream, pages.command(page), {
        commandId: page === 0 ? commandId : pageCommandId(commandId, page),
        ...(page === 0 && expected !== undefined ? { expected } : {}),
        ...(actor === undefined ? {} : { actor }),
      })
      .catch((error: unknown) => {
        throw page > 0 && error instanceof StoreError ? partDone(page, pages.count, error) : error;
      });
    if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
    const { kind, version, position, events } = handled;
    const { crossed, cleared } = effectsOf(events);
    sum = {
      kind,
      version,
      position,
      ...withEvents(sum, events),
      crossed: [...sum.crossed, ...crossed],
      cleared: [...sum.cleared, ...cleared],
    };
    pages.onPage?.(page, sum);
  }
  await session.settle(stream);
  const { kind, version, position } = sum;
  return { kind, version, position, result: sum };
}

function partDone(done: number, pages: number, cause: StoreError): StoreError {
  const message = `${done} of ${pages} parts are stored, the rest is not known (${cause.message}). Send the same again with the same command id.`;
  return new StoreError('outcome-unknown', message, { cause });
}

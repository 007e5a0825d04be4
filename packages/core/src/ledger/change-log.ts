import { eventIdsOf } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type { Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { Session } from './session.ts';

/** The events of one command: they stand together. */
export type Change = readonly Recorded<WalletEvent>[];

/** The import that a change brought a page of. */
export function importOf(change: Change): string | undefined {
  return change
    .map(({ event }) => (event.type === 'EntriesImported' ? event.importId : undefined))
    .find((id) => id !== undefined);
}

/** The import that a change took a page of back. */
export function importUndoneBy(change: Change): string | undefined {
  return change.map(({ event }) => (event.type === 'ImportUndone' ? event.importId : undefined)).find((id) => id !== undefined);
}

const PAGE = 500;

/** The place of an event among those of its command: the last digits of its id, as `eventIdsOf` makes them. */
function indexOf(id: string): number {
  const index = Number.parseInt(id.slice(-8), 16);
  return Number.isNaN(index) ? 0 : index;
}

async function readFrom(session: Session, stream: string, after: Version, limit: number): Promise<Change> {
  return limit < 1 ? [] : (await session.ports.store.read(stream, { after, limit })).map(decode);
}

/** The events of the command that holds a version; none when there is no such version. */
export async function readChange(session: Session, stream: string, version: Version): Promise<Change> {
  if (!Number.isSafeInteger(version) || version < 1) return [];
  const [held] = await readFrom(session, stream, version - 1, 1);
  if (held === undefined) return [];
  const { commandId } = held.meta;
  const change: Recorded<WalletEvent>[] = [];
  for (let after = Math.max(0, version - 1 - indexOf(held.id)); ; after += PAGE) {
    const page = await readFrom(session, stream, after, PAGE);
    const own = page.filter(({ meta }) => meta['commandId'] === commandId);
    change.push(...own);
    if (own.length < PAGE) return change;
  }
}

/** The change that a command id made, when it made one. */
export async function changeOfCommand(session: Session, stream: string, commandId: string): Promise<Change> {
  const [first] = await session.ports.store.find(stream, [eventIdsOf(stream, commandId)(0)]);
  return first === undefined ? [] : readChange(session, stream, first.version);
}

/** The changes of a wallet, the newest first, below a version: what one has of them is read, and no more. */
export async function* changesBelow(session: Session, stream: string, below: Version): AsyncGenerator<Change> {
  let pending: Recorded<WalletEvent>[] = [];
  for (let end = below - 1; end > 0;) {
    const after = Math.max(0, end - PAGE);
    const page = await readFrom(session, stream, after, end - after);
    for (const recorded of page.toReversed()) {
      const [next] = pending;
      if (next !== undefined && next.meta['commandId'] !== recorded.meta['commandId']) {
        yield pending;
        pending = [];
      }
      pending = [recorded, ...pending];
    }
    end = after;
  }
  if (pending.length > 0) yield pending;
}

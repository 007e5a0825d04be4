import type { EventStore, Position, Version } from '../ports/event-store.ts';
import type { Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { balanceEffect, head, HEAD } from '../wallet/head.ts';
import { reject } from '../wallet/parse.ts';
import type { Handled, Job } from './job.ts';
import type { StreamViews } from './stream-views.ts';

const PAGE = 1_000;

/** Finds what a command answered the first time. */
export interface Repeats {
  answer(job: Job, digest: string, first: Recorded<WalletEvent>): Promise<Handled>;
}

/** Where some events end. */
export function lastOf(events: readonly Recorded<WalletEvent>[]): { readonly version: Version; readonly position: Position } {
  const last = events.at(-1);
  return { version: last?.version ?? 0, position: last?.position ?? 0 };
}

/** Answers repeated commands of one stream from what it holds. */
export function createRepeats(stream: string, store: EventStore, views: StreamViews): Repeats {
  /** All events of the command whose first one is known: they stand together. */
  async function eventsOf(first: Recorded<WalletEvent>, commandId: string): Promise<readonly Recorded<WalletEvent>[]> {
    const events: Recorded<WalletEvent>[] = [];
    for (let after = first.version - 1; ; after += PAGE) {
      const page = (await store.read(stream, { after, limit: PAGE })).map(decode);
      const end = page.findIndex(({ meta }) => meta['commandId'] !== commandId);
      events.push(...(end === -1 ? page : page.slice(0, end)));
      if (end !== -1 || page.length < PAGE) return events;
    }
  }

  /** The balance after a version: the latest, less what came since. */
  async function balanceAt(version: Version): Promise<string> {
    await views.refresh();
    while (!views.has(head, HEAD)) await views.load([{ projection: head, bucket: HEAD }]);
    const [balance, end] = [BigInt(views.get(head, HEAD).balance), views.place];
    let since = 0n;
    for (let after = version; after < end;) {
      const events = await store.read(stream, { after, limit: Math.min(PAGE, end - after) });
      for (const stored of events) since += balanceEffect(decode(stored).event);
      after = events.at(-1)?.version ?? end;
    }
    return (balance - since).toString();
  }

  return {
    async answer(job, digest, first) {
      if (first.meta['digest'] !== digest) {
        const message = 'This command id was used for something else. Take a fresh one.';
        return { kind: 'rejected', rejection: reject('command-id-reused', message) };
      }
      const events = await eventsOf(first, job.commandId);
      const last = lastOf(events);
      return { kind: 'repeated', ...last, events, balance: await balanceAt(last.version) };
    },
  };
}

import type { ServerResponse } from 'node:http';
import {
  endOfLog,
  type Alert,
  type EventStore,
  type Ledger,
  type Position,
  type StoredEvent,
  type Subscription,
} from '@kakeibo/core';
import { Problem } from './problem.ts';
import { openEventLine, type EventLine } from './sse.ts';

/** Tells listeners what is stored, as it is stored. */
export interface Live {
  /** How many listen. */
  readonly listeners: number;
  /** Answers a request with the events after a place, or from now on. */
  listen(response: ServerResponse, after?: Position): Promise<void>;
  /** Ends every line. */
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly ledger: Ledger;
  readonly store: EventStore;
  readonly maxListeners?: number;
  /** How much may wait for a listener that is slow before it is dropped. */
  readonly maxBufferedBytes?: number;
}

const PING_MS = 15_000;
/** What happens within so long is told together, so that an import of thousands of rows is a few messages. */
const GATHER_MS = 25;
const PAGE = 1_000;

/** Makes the feed. It reads the log once for all who listen, and only while somebody does. */
export function createLive({ ledger, store, maxListeners = 100, maxBufferedBytes }: LiveOptions): Live {
  const lines = new Set<Line>();
  let listeners = 0;
  let feed: Promise<Feed> | undefined;
  let closed = false;

  const leave = (line: Line | undefined): void => {
    if (line !== undefined && !lines.delete(line)) return;
    listeners -= 1;
    if (listeners > 0) return;
    const last = feed;
    feed = undefined;
    void last?.then(({ subscription }) => subscription.close()).catch(() => undefined);
  };

  const tell = (messages: readonly Message[]): void => {
    for (const line of lines) if (!sendAll(line, messages)) leave(line);
  };

  async function start(): Promise<Feed> {
    const gathered = gather(ledger, tell);
    const place = await endOfLog(store);
    const started = { place };
    const handle = async (event: StoredEvent): Promise<void> => {
      await gathered.add(event);
      started.place = event.position;
    };
    return Object.assign(started, { subscription: store.subscribe({ after: place, handle }) });
  }

  function running(): Promise<Feed> {
    if (feed !== undefined) return feed;
    const started = start();
    feed = started;
    // A store that breaks or is closed ends the feed; listeners come back by themselves and find out more.
    const ended = (): void => {
      if (feed !== started) return;
      feed = undefined;
      for (const line of lines) line.out.end();
    };
    started.then(({ subscription }) => subscription.finished).then(ended, ended);
    return started;
  }

  /** Tells one listener what it has missed, up to where the feed is. */
  async function catchUp(line: Line, to: Feed): Promise<void> {
    while (line.place < to.place) {
      const missed = gather(ledger, (messages) => void messages.every(({ event }) => line.out.send(event)));
      const events = await store.readAll({ after: line.place, limit: PAGE });
      for (const event of events) await missed.add(event);
      missed.flush();
      line.place = events.at(-1)?.position ?? to.place;
    }
  }

  return {
    get listeners() {
      return listeners;
    },
    async listen(response, after) {
      if (closed) throw new Problem(503, 'storage-unavailable', 'The service is stopping. Come back in a moment.');
      if (listeners >= maxListeners) {
        throw new Problem(503, 'too-many-listeners', `${maxListeners} pages listen already. Close one.`, {
          headers: { 'Retry-After': '10' },
        });
      }
      listeners += 1;
      let line: Line | undefined;
      try {
        const from = await running();
        const out = openEventLine(response, maxBufferedBytes);
        out.comment('listening');
        // A listener may know more than the log has, when a backup was restored: it is told what comes from here on.
        const joining = { out, place: Math.min(after ?? from.place, from.place) };
        await catchUp(joining, from);
        lines.add(joining);
        line = joining;
        await untilClosed(response, out);
      } finally {
        leave(line);
      }
    },
    async close() {
      closed = true;
      for (const line of lines) line.out.end();
      await (await feed?.catch(() => undefined))?.subscription.close();
    },
  };
}

/** A listener, and the last position that it was told of. */
interface Line {
  readonly out: EventLine;
  place: Position;
}

interface Feed {
  readonly place: Position;
  readonly subscription: Subscription;
}

function sendAll(line: Line, messages: readonly Message[]): boolean {
  const fresh = messages.filter(({ position }) => position > line.place);
  line.place = fresh.reduce((place, { position }) => Math.max(place, position), line.place);
  return fresh.every(({ event }) => line.out.send(event));
}

async function untilClosed(response: ServerResponse, out: EventLine): Promise<void> {
  const ping = setInterval(() => out.comment('ping'), PING_MS);
  await new Promise<void>((resolve) => (response.destroyed ? resolve() : response.once('close', resolve)));
  clearInterval(ping);
}

interface Message {
  readonly position: Position;
  readonly event: { readonly name: 'change' | 'alert'; readonly id?: Position; readonly data: unknown };
}

interface Gathering {
  add(event: StoredEvent): Promise<void>;
  flush(): void;
}

interface Change {
  readonly walletId: string;
  version: number;
  position: Position;
  readonly types: Set<string>;
}

/**
 * Gathers events into messages. Alerts come first and have no id; changes come in the order of their last positions, which are
 * their ids. So whoever comes back after any id misses nothing: what was not told yet ends at a later one. An alert may come twice.
 */
function gather(ledger: Ledger, tell: (messages: readonly Message[]) => void): Gathering {
  const changes = new Map<string, Change>();
  let alerts: Alert[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const messages: Message[] = alerts.map((alert) => ({ position: alert.position, event: { name: 'alert', data: alert } }));
    for (const { types, ...change } of [...changes.values()].sort((one, other) => one.position - other.position)) {
      const { position } = change;
      messages.push({ position, event: { name: 'change', id: position, data: { ...change, types: [...types] } } });
    }
    changes.clear();
    alerts = [];
    tell(messages);
  }

  return {
    async add({ id, stream, type, version, position }) {
      const walletId = walletIdOf(stream);
      if (walletId === undefined) return;
      const alert = type === 'LimitReached' ? await alertOf(ledger, id, position) : undefined;
      if (alert !== undefined) alerts.push(alert);
      const known = changes.get(walletId);
      if (known === undefined) changes.set(walletId, { walletId, version, position, types: new Set([type]) });
      else {
        known.types.add(type);
        known.version = version;
        known.position = position;
      }
      timer ??= setTimeout(flush, GATHER_MS);
    },
    flush,
  };
}

/** The wallet whose stream it is: the core names them `wallet-` and the wallet's id. */
function walletIdOf(stream: string): string | undefined {
  return stream.startsWith('wallet-') ? stream.slice('wallet-'.length) : undefined;
}

/** The feed goes by months, so that an alert next to a month's turn may stand behind a few younger ones. */
const ALERTS_LOOKED_THROUGH = 20;

async function alertOf(ledger: Ledger, id: string, position: Position): Promise<Alert | undefined> {
  const { items } = await ledger.alerts({ limit: ALERTS_LOOKED_THROUGH, below: position + 1 });
  return items.find((alert) => alert.id === id);
}

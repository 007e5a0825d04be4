/** What the event store's cases are written with. */
import type { AppendResult, EventStore, JsonObject, NewEvent, StoredEvent } from '../ports/event-store.ts';
import { MAX_EVENT_BYTES } from '../ports/event-store.ts';
import { holds } from './contract.ts';
import type { Claim } from './contract.ts';

/** A claim about an empty event store. */
export type EventStoreClaim = Claim<EventStore>;

let made = 0;

/** A UUID that no earlier call gave. */
export function nextId(): string {
  made += 1;
  return `5ca1ab1e-0000-4000-8000-${made.toString(16).padStart(12, '0')}`;
}

/** An event that was never stored. */
export function newEvent(data: JsonObject = { amount: '12.50' }, meta: JsonObject = { actor: 'test' }): NewEvent {
  return { id: nextId(), type: 'ExpenseAdded', data, meta };
}

/** So many of them. */
export function newEvents(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, at) => newEvent({ at }));
}

/** An event whose data takes exactly so many bytes of JSON. */
export function eventOfBytes(bytes: number, fill = 'x', fillBytes = 1): NewEvent {
  const frame = '{"text":""}'.length;
  const text = fill.repeat(Math.floor((bytes - frame) / fillBytes));
  return newEvent({ text: text + 'y'.repeat((bytes - frame) % fillBytes) });
}

/** The greatest event that fits. */
export const GREATEST = MAX_EVENT_BYTES;

/** Appends and insists that it was accepted. */
export async function appended(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  expected: number,
): Promise<readonly StoredEvent[]> {
  const result = await store.append(stream, events, { expected });
  holds(result.kind === 'appended', `an append to ${stream} at ${expected} is accepted, not ${brief(result)}`);
  return result.events;
}

/** The whole log. */
export async function wholeLog(store: EventStore): Promise<readonly StoredEvent[]> {
  const log: StoredEvent[] = [];
  for (;;) {
    const slice = await store.readAll({ after: log.at(-1)?.position ?? 0, limit: 1_000 });
    log.push(...slice);
    if (slice.length < 1_000) return log;
  }
}

/** A whole stream. */
export function wholeStream(store: EventStore, stream: string): Promise<readonly StoredEvent[]> {
  return store.read(stream, { after: 0, limit: 10_000 });
}

/** `[1, 2, … count]` */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}

/** Adds events to a stream one by one, and tries again behind the others after each conflict. */
export async function appendPersistently(store: EventStore, stream: string, events: readonly NewEvent[]): Promise<number> {
  let expected = 0;
  let conflicts = 0;
  for (const event of events) {
    for (;;) {
      const result = await store.append(stream, [event], { expected });
      if (result.kind === 'appended') {
        expected += 1;
        break;
      }
      holds(result.kind === 'conflict', `a new event is accepted or in conflict, not ${brief(result)}`);
      expected = result.actual;
      conflicts += 1;
    }
  }
  return conflicts;
}

/** Collects what a subscriber is handed, and tells when there is enough. */
export function collector(): {
  readonly seen: StoredEvent[];
  readonly handle: (event: StoredEvent) => Promise<void>;
  reached(count: number): Promise<void>;
} {
  const seen: StoredEvent[] = [];
  const waiting: { readonly count: number; readonly done: () => void }[] = [];
  const tell = (): void => {
    for (const { count, done } of waiting) if (seen.length >= count) done();
  };
  return {
    seen,
    async handle(event) {
      seen.push(event);
      tell();
    },
    reached: (count) =>
      new Promise((done) => {
        waiting.push({ count, done });
        tell();
      }),
  };
}

/** A promise and what fulfils it. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

function brief(result: AppendResult): string {
  return JSON.stringify(result).slice(0, 200);
}

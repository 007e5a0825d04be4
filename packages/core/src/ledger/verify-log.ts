import { isDate, parseDate } from '../calendar.ts';
import { MAX_MINOR } from '../money.ts';
import { MAX_EVENT_BYTES, type EventStore, type StoredEvent } from '../ports/event-store.ts';
import { utf8Length } from '../store-rules.ts';
import { decode } from '../wallet/codec.ts';
import type { EntryFacts } from '../wallet/entry-facts.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { changesOf } from '../wallet/flows.ts';
import type { Findings } from './findings.ts';

const PAGE = 2_000;

/** What is remembered of a stream while the log goes by. */
interface Known {
  version: number;
  currency: string | undefined;
  isReadable: boolean;
}

export interface CheckedLog {
  readonly events: number;
  /** How many events each stream has. */
  readonly counts: ReadonlyMap<string, number>;
  /** Streams with an event that cannot be read: nothing can be folded of them. */
  readonly unreadable: ReadonlySet<string>;
}

/** Checks what the log promises by itself, event by event. */
export async function checkLog(store: EventStore, findings: Findings, onPage: (done: number) => void): Promise<CheckedLog> {
  const streams = new Map<string, Known>();
  let last: StoredEvent | undefined;
  let events = 0;
  for (;;) {
    const page = await store.readAll({ after: last?.position ?? 0, limit: PAGE });
    for (const stored of page) {
      checkOrder(stored, last, findings);
      const known = streams.get(stored.stream) ?? { version: 0, currency: undefined, isReadable: true };
      streams.set(stored.stream, known);
      checkEvent(stored, known, findings);
      last = stored;
    }
    events += page.length;
    onPage(events);
    if (page.length < PAGE) break;
  }
  const unreadable = [...streams].filter(([, { isReadable }]) => !isReadable).map(([stream]) => stream);
  return {
    events,
    counts: new Map([...streams].map(([stream, { version }]) => [stream, version])),
    unreadable: new Set(unreadable),
  };
}

function checkOrder({ stream, position, recordedAt }: StoredEvent, last: StoredEvent | undefined, findings: Findings): void {
  const next = (last?.position ?? 0) + 1;
  if (position !== next) {
    findings.add({ what: 'order', stream, place: position, expected: `position ${next}`, found: `position ${position}` });
  }
  if (last !== undefined && recordedAt <= last.recordedAt) {
    findings.add({ what: 'order', stream, place: position, expected: `recorded after ${last.recordedAt}`, found: recordedAt });
  }
}

function checkEvent(stored: StoredEvent, known: Known, findings: Findings): void {
  const { stream, version, data } = stored;
  const at = { stream, place: version };
  if (version !== known.version + 1) {
    findings.add({ ...at, what: 'order', expected: `version ${known.version + 1}`, found: `version ${version}` });
  }
  known.version = version;
  const bytes = utf8Length(JSON.stringify(data));
  if (bytes > MAX_EVENT_BYTES) {
    findings.add({ ...at, what: 'undecodable', expected: `at most ${MAX_EVENT_BYTES} bytes`, found: `${bytes} bytes` });
  }
  try {
    const { event } = decode(stored);
    if (event.type === 'WalletOpened') known.currency = event.currency;
    for (const [facts] of changesOf(event)) {
      const fault = faultOf(facts, known.currency);
      if (fault !== undefined) findings.add({ ...at, what: 'invalid', expected: fault, found: said(event) });
    }
  } catch (error) {
    known.isReadable = false;
    findings.add({ ...at, what: 'undecodable', found: error instanceof Error ? error.message : String(error) });
  }
}

function said({ type }: WalletEvent): string {
  return type;
}

/** What some facts should have said. */
function faultOf({ amount, occurredOn, parts }: EntryFacts, currency: string | undefined): string | undefined {
  if (amount.minor <= 0n || amount.minor > MAX_MINOR) return 'an amount above zero, of at most 18 digits';
  if (currency !== undefined && amount.currency !== currency) return `an amount in ${currency}`;
  if (!isDate(parseDate(occurredOn))) return 'a day that exists';
  if (parts === undefined) return undefined;
  const sum = parts.reduce((total, part) => total + part.amount.minor, 0n);
  return sum === amount.minor ? undefined : 'parts that come to the amount';
}

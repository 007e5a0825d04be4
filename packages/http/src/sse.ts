import type { ServerResponse } from 'node:http';
import { writeHead } from './head.ts';

/** A line of server-sent events (WHATWG HTML, section 9.2) to one listener. */
export interface EventLine {
  /** False when the listener was dropped because it takes too long to take what it is sent. */
  send(event: { readonly name: string; readonly data: unknown; readonly id?: number }): boolean;
  comment(text: string): void;
  end(): void;
}

const DEFAULT_MAX_BUFFERED_BYTES = 1_000_000;

/** Begins to answer with server-sent events. */
export function openEventLine(response: ServerResponse, maxBufferedBytes = DEFAULT_MAX_BUFFERED_BYTES): EventLine {
  writeHead(response, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();

  const write = (text: string): boolean => {
    if (response.destroyed || response.writableEnded) return false;
    response.write(text);
    if (response.writableLength <= maxBufferedBytes) return true;
    response.destroy();
    return false;
  };
  return {
    // JSON has no line breaks of its own, so one `data:` line holds it.
    send: ({ name, data, id }) =>
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    comment: (text) => void write(`: ${text}\n\n`),
    end: () => void response.end(),
  };
}

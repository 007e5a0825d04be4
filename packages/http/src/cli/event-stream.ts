/** One event of a `text/event-stream` body (WHATWG HTML, section 9.2). */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

const MAX_HELD = 50_000_000;

/** Reads events out of a body as its bytes arrive; a comment or a half-written event is no event. */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<StreamEvent> {
  let held = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    held += text;
    if (held.length > MAX_HELD) return;
    const blocks = held.split('\n\n');
    held = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const after = (name: string): readonly string[] =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      const data = after('data').join('\n');
      if (data !== '') yield { event: after('event')[0] ?? 'message', data };
    }
  }
}

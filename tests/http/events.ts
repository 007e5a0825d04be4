/** An event of a line of server-sent events. */
export interface SentEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Listens to server-sent events from now on: what is stored after this resolved is told. */
export async function listen(url: string, init: RequestInit = {}): Promise<AsyncGenerator<SentEvent>> {
  const response = await fetch(url, init);
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  return eventsOf(response.body);
}

/** Until one has enough of them, or the line ends. */
async function* eventsOf(body: NonNullable<Response['body']>): AsyncGenerator<SentEvent> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (event !== undefined) yield event;
    }
  }
}

function parse(block: string): SentEvent | undefined {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const [event, data] = [field('event'), field('data')];
  return event === undefined || data === undefined
    ? undefined
    : { event, id: field('id'), data: JSON.parse(data) as SentEvent['data'] };
}

/** Takes so many events of a line, and hangs up. */
export async function take(events: AsyncGenerator<SentEvent>, count: number): Promise<readonly SentEvent[]> {
  const taken: SentEvent[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

import { call } from '../http/service.ts';
import type { Process } from '../http/main-process.ts';

/** Some who book expenses over HTTP, one after another each, until they are stopped. */
export interface Writers {
  /** The notes of the expenses that were acknowledged so far. */
  readonly acknowledged: ReadonlySet<string>;
  stop(): Promise<void>;
}

export async function startWriters({ url }: Process, count: number): Promise<Writers> {
  const opened = await call(url, 'POST', '/api/v1/wallets', { body: { name: 'Busy', currency: 'EUR' } });
  const wallet = opened.headers.get('location') ?? '';
  const acknowledged = new Set<string>();
  let isOver = false;
  const all = Array.from({ length: count }, async (_, writer) => {
    for (let sent = 0; !isOver; sent += 1) {
      const note = `note-${writer}-${sent}`;
      const answer = await call(url, 'POST', `${wallet}/expenses`, { body: { amount: '1.00', category: 'Food', note } }).catch(
        () => undefined,
      );
      // A service that is gone says nothing any more.
      if (answer === undefined) return;
      if (answer.status === 201) acknowledged.add(note);
    }
  });
  return {
    acknowledged,
    async stop() {
      isOver = true;
      await Promise.all(all);
    },
  };
}

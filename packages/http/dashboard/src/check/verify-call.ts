import { LineDown, open, Problem } from '../api/client.ts';
import type { Verified, VerifyProgress } from '../api/verify-types.ts';
import { readEvents } from '../import/event-stream.ts';

/** Recomputes every figure of the service from its events; nothing is changed by it. */
export async function verify(progress: (progress: VerifyProgress) => void): Promise<Verified> {
  const response = await open('/verify', { method: 'POST', headers: { accept: 'text/event-stream' } });
  if (response.body === null) throw new LineDown('no body');
  for await (const { event, data } of readEvents(response.body)) {
    const value = JSON.parse(data);
    if (event === 'result') {
      const result: Verified = value;
      return result;
    }
    if (event === 'problem') throw new Problem(Number(value.status ?? 500), value);
    progress(value);
  }
  throw new LineDown('the stream ended before its result');
}

import type { Progress } from '@kakeibo/core';
import { wantsEvents } from '../headers.ts';
import { operation, type Call, type Operation } from '../operation.ts';
import { Problem, problemBody } from '../problem.ts';
import { read, type Answer } from '../respond.ts';
import { rebuilt, verified } from '../schemas/proofs.ts';
import type { Service } from '../service.ts';
import { openEventLine } from '../sse.ts';
import { problemOf } from '../statuses.ts';
import { traceOf } from '../trace.ts';

const TAG = 'Verification';
const TIMEOUT_MS = 600_000;
/** How far apart two tellings of the progress are, in events. */
const TOLD_EVERY = 10_000;
const ACCEPT = { Accept: 'text/event-stream tells progress as it goes, and at last `result` or `problem`' };

type Work = (ledger: Service['ledger'], onProgress: (progress: Progress) => void) => Promise<unknown>;

/** The services that go through everything right now: one such work at a time is enough for a machine. */
const busy = new WeakSet<Service>();

export const proofOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/verify',
    tag: TAG,
    summary: 'Recomputes every figure from the events and names each difference; one at a time',
    answer: verified,
    headers: ACCEPT,
    codes: ['verification-running'],
    timeoutMs: TIMEOUT_MS,
    handle: (call, service) => alone(call, service, (ledger, onProgress) => ledger.verify({ onProgress })),
  }),
  operation({
    method: 'post',
    path: '/rebuild',
    tag: TAG,
    summary: 'Folds every view anew from the events, beside the stored ones, and puts them in their place; one at a time',
    answer: rebuilt,
    headers: ACCEPT,
    codes: ['verification-running'],
    timeoutMs: TIMEOUT_MS,
    handle: (call, service) => alone(call, service, (ledger, onProgress) => ledger.rebuild({ onProgress })),
  }),
];

async function alone(call: Call<unknown, unknown>, service: Service, work: Work): Promise<Answer | undefined> {
  if (busy.has(service)) {
    throw new Problem(409, 'verification-running', 'A verification or a rebuild is running. Ask again when it is done.');
  }
  busy.add(service);
  try {
    if (!wantsEvents(call.request)) return read(await work(service.ledger, () => undefined));
    await tell(call, service, work);
    return undefined;
  } finally {
    busy.delete(service);
  }
}

/** Works and tells how far it is. What goes wrong on the way is told as an event too, since the answer has begun. */
async function tell(call: Call<unknown, unknown>, { ledger }: Service, work: Work): Promise<void> {
  const line = openEventLine(call.response);
  let told = 0;
  try {
    const result = await work(ledger, ({ stage, done, total }) => {
      if (done < told) told = 0; // the next stage begins
      if (done - told < TOLD_EVERY && done !== total) return;
      told = done;
      line.send({ name: 'progress', data: { stage, done, total: total ?? done } });
    });
    line.send({ name: 'result', data: result });
  } catch (error) {
    const trace = traceOf(call.response);
    if (trace !== undefined) trace.error = error;
    const place = { instance: call.request.baseUrl + call.request.path, requestId: trace?.id ?? '' };
    line.send({ name: 'problem', data: problemBody(problemOf(error), place) });
  }
  line.end();
}

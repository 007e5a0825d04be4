/** Group commit: what arrives while batches are being committed goes together in the next one. */
import { StoreError } from '@kakeibo/core';

import type { AppendRequest, Verdict } from './judge.ts';

/** A queue in front of a commit step. */
export interface CommitQueue {
  /** Waits for its turn and answers with what became of it. */
  push(request: AppendRequest): Promise<Verdict>;
  /** Resolves when everything that was pushed has its answer. */
  drained(): Promise<void>;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly answer: (verdict: Verdict) => void;
  readonly refuse: (reason: unknown) => void;
}

const LOST: Verdict = { kind: 'lost' };

/** The most events in one batch. An append that has more goes alone. */
const BATCH_EVENTS = 1_000;

/** The most appends that may wait; one more is refused as `busy`, so that memory stays bounded. */
const MOST_WAITING = 10_000;

/**
 * Makes a queue over a commit step that takes so many batches before it has answered the first, in order. More than one pays
 * where it runs in another thread: that has the next batch at hand while this one reads answers.
 *
 * @example
 * const queue = createCommitQueue((batch) => committer.commit(batch, clock.now()), 1);
 */
export function createCommitQueue(
  commit: (batch: readonly AppendRequest[]) => Promise<readonly Verdict[]>,
  mostBatches: number,
): CommitQueue {
  let waiting: Waiting[] = [];
  let underway = 0;
  let starting = false;
  let drained: (() => void)[] = [];

  const take = (): Waiting[] => {
    let events = 0;
    const end = waiting.findIndex(({ request }) => (events += request.events.length) > BATCH_EVENTS);
    const batch = end < 0 ? waiting : waiting.slice(0, Math.max(end, 1));
    waiting = waiting.slice(batch.length);
    return batch;
  };

  const run = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const verdicts = await commit(batch.map(({ request }) => request));
      for (const [at, { answer }] of batch.entries()) answer(verdicts[at] ?? LOST);
    } catch (error) {
      for (const { refuse } of batch) refuse(error);
    }
    underway -= 1;
    // Those who append one after another may join the next batch, once they have read their answer.
    if (batch.length > 1) await new Promise((resolve) => setImmediate(resolve));
    start();
  };

  const start = (): void => {
    starting = false;
    while (waiting.length > 0 && underway < mostBatches) {
      underway += 1;
      void run(take());
    }
    if (underway > 0 || waiting.length > 0) return;
    for (const resolve of drained) resolve();
    drained = [];
  };

  return {
    push(request) {
      if (waiting.length >= MOST_WAITING)
        return Promise.reject(new StoreError('busy', `${MOST_WAITING} appends are waiting already`));
      return new Promise<Verdict>((answer, refuse) => {
        waiting.push({ request, answer, refuse });
        if (starting || underway >= mostBatches) return;
        starting = true;
        // Appends that are made in one go belong together.
        queueMicrotask(start);
      });
    },
    drained: () =>
      new Promise((resolve) => {
        drained.push(resolve);
        start();
      }),
  };
}

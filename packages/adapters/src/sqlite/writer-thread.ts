/** The writing thread: it owns the writing connection, so that no fsync stops the caller's event loop. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

import { StoreError } from '@kakeibo/core';

import type { SqlWriter } from '../sql/writer.ts';
import { openLocalWriter } from './local-writer.ts';
import type { WriterOptions } from './local-writer.ts';
import { packVerdicts, unpackAsked } from './thread-messages.ts';
import type { AnsweredMessage, Asked, AskedMessage, Failure } from './thread-messages.ts';

async function perform(writer: SqlWriter, { number, task }: Asked): Promise<AnsweredMessage> {
  switch (task.kind) {
    case 'commit':
      return packVerdicts(number, await writer.commit(task.batch, task.nowMs));
    case 'resolve':
      return packVerdicts(number, await writer.resolve(task.batch));
    case 'save':
      return { number, value: await writer.save(task.save) };
    case 'drop':
      return { number, value: await writer.drop(task.view, task.stream) };
    case 'swap':
      return { number, value: await writer.swap(task.name, task.seen, task.next) };
    case 'progress':
      return { number, value: await writer.progress(task.hold, task.handled) };
    case 'settle':
      return { number, value: await writer.settle(task.hold, task.name, task.ids) };
    case 'publish':
      return { number, value: await writer.publish(task.stream, task.drafts) };
    case 'probe':
      return { number, value: await writer.probe() };
    case 'close':
      return { number, value: await writer.close() };
  }
}

function failureOf(error: unknown): Failure {
  const code = error instanceof StoreError ? error.code : undefined;
  return { code, message: error instanceof Error ? error.message : String(error) };
}

/** One task after another, in the order in which they were asked. */
function serve(port: MessagePort, writer: SqlWriter): void {
  let last: Promise<void> = Promise.resolve();
  const answer = async (asked: Asked): Promise<void> => {
    try {
      port.postMessage(await perform(writer, asked));
    } catch (error) {
      port.postMessage({ number: asked.number, failure: failureOf(error) });
    }
    if (asked.task.kind === 'close') port.close();
  };
  port.on('message', (message: AskedMessage) => {
    const asked = unpackAsked(message);
    last = last.then(() => answer(asked));
  });
}

if (parentPort !== null) {
  try {
    const writer = await openLocalWriter(workerData as WriterOptions);
    parentPort.postMessage({ number: 0, value: undefined });
    serve(parentPort, writer);
  } catch (error) {
    parentPort.postMessage({ number: 0, failure: failureOf(error) });
  }
}

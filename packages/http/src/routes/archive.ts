import type { Archive } from '@kakeibo/core';
import { archivePieces, readArchiveBody, restore } from '../exports/archive.ts';
import { download } from '../exports/download.ts';
import { contentTypeOf, wantsEvents } from '../headers.ts';
import { operation, type Call, type Operation } from '../operation.ts';
import { Problem, problemBody } from '../problem.ts';
import { read } from '../respond.ts';
import { restored } from '../schemas/exports.ts';
import type { Service } from '../service.ts';
import { openEventLine } from '../sse.ts';
import { ARCHIVE_CODES, problemOf } from '../statuses.ts';
import { traceOf } from '../trace.ts';

const TAG = 'Import and export';
const NDJSON = 'application/x-ndjson';
const UPLOAD = [NDJSON, 'application/octet-stream'];

export const archiveOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/archive',
    tag: TAG,
    summary: 'The whole ledger, event by event: what another one is restored from',
    answer: NDJSON,
    timeoutMs: 'none',
    handle: (call, { store, clock }) => {
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return download(call.response, { type: NDJSON, name: `kakeibo-${day}.ndjson`, pieces: archivePieces(store) });
    },
  }),
  operation({
    method: 'post',
    path: '/archive',
    tag: TAG,
    summary: 'Restores an archive into a ledger that is empty, or that holds a part of it from an earlier try',
    answer: restored,
    upload: UPLOAD,
    headers: { Accept: 'text/event-stream tells progress as it goes, and at last `result` or `problem`' },
    codes: [...ARCHIVE_CODES, 'ledger-not-empty', 'restore-stream-taken'],
    timeoutMs: 'none',
    async handle(call, service) {
      if (!UPLOAD.includes(contentTypeOf(call.request)))
        throw new Problem(415, 'content-type-refused', `Send the archive itself, with Content-Type: ${UPLOAD.join(' or ')}.`);
      const archive = await readArchiveBody(call.request);
      return wantsEvents(call.request) ? tellRestore(call, service, archive) : read(await restore(service.store, archive));
    },
  }),
];

/** Restores and tells how far it is. What goes wrong on the way is told as an event too, since the answer has begun. */
async function tellRestore(call: Call<unknown, unknown>, { store }: Service, archive: Archive): Promise<undefined> {
  const line = openEventLine(call.response);
  try {
    const result = await restore(store, archive, (data) => void line.send({ name: 'progress', data }));
    line.send({ name: 'result', data: result });
  } catch (error) {
    const trace = traceOf(call.response);
    if (trace !== undefined) trace.error = error;
    const place = { instance: call.request.baseUrl + call.request.path, requestId: trace?.id ?? '' };
    line.send({ name: 'problem', data: problemBody(problemOf(error), place) });
  }
  line.end();
  return undefined;
}

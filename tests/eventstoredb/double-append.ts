/** `Streams.Append` and `Streams.BatchAppend` of the double. */
import { status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';

import { failure } from './double-faults.ts';
import type { DoubleFaults } from './double-faults.ts';
import type { DoubleLog, Expected, Proposed, Written } from './double-log.ts';
import { appendMessage, batchMessage } from './double-messages.ts';

type Message =
  | NonNullable<ReturnType<AppendReq['getProposedMessage']>>
  | ReturnType<BatchAppendReq['getProposedMessagesList']>[number];
type AppendOptions = NonNullable<ReturnType<AppendReq['getOptions']>>;
type BatchOptions = NonNullable<ReturnType<BatchAppendReq['getOptions']>>;

function proposedOf(message: Message): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function nameOf(options: AppendOptions | BatchOptions): string {
  return Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
}

function expectedOf(options: AppendOptions): Expected {
  if (options.hasRevision()) return BigInt(options.getRevision());
  return options.hasNoStream() ? 'no_stream' : options.hasStreamExists() ? 'stream_exists' : 'any';
}

function expectedOfBatch(options: BatchOptions): Expected {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  return options.hasNoStream() ? 'no_stream' : options.hasStreamExists() ? 'stream_exists' : 'any';
}

/** The most that one append may take, as a server has it unless it is told otherwise. */
const MAX_APPEND_BYTES = 1_048_576;

/** Answers one append on a call of its own. */
export async function answerAppend(
  call: ServerReadableStream<AppendReq, AppendResp>,
  reply: sendUnaryData<AppendResp>,
  { log, faults }: { readonly log: DoubleLog; readonly faults: DoubleFaults },
): Promise<void> {
  let options: AppendOptions | undefined;
  const events: Proposed[] = [];
  for await (const message of call as AsyncIterable<AppendReq>) {
    options ??= message.getOptions();
    const event = message.getProposedMessage();
    if (event !== undefined) events.push(proposedOf(event));
  }
  if (options === undefined) return reply(failure(status.INVALID_ARGUMENT, 'no options'));
  const stream = nameOf(options);
  const refusal = faults.refuseAppend?.(stream);
  if (refusal !== undefined) return reply(refusal);
  if (events.reduce((bytes, { data, metadata }) => bytes + data.length + metadata.length, 0) > MAX_APPEND_BYTES)
    return reply(
      failure(status.INVALID_ARGUMENT, 'too large', 'maximum-append-size-exceeded', {
        'maximum-append-size': String(MAX_APPEND_BYTES),
      }),
    );
  await faults.beforeAppend?.(events[0]?.id ?? '');
  const lost = faults.loseReplies > 0 ? faults.howLost : undefined;
  if (lost !== undefined) faults.loseReplies -= 1;
  // A request that never arrives, or one whose answer does not.
  if (faults.silent.has('append')) return;
  const written = log.append(stream, events, expectedOf(options));
  faults.appends += 1;
  if (lost === 'silence') return;
  if (lost === 'cut') return reply(failure(status.UNAVAILABLE, 'the connection was cut'));
  if (written.kind === 'deleted')
    return reply(failure(status.FAILED_PRECONDITION, 'deleted', 'stream-deleted', { 'stream-name': stream }));
  reply(null, appendMessage(written, expectedOf(options)));
}

/** Answers appends that come one after another on one call, each in as many messages as it likes. */
export function answerBatchAppend(
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  { log, faults }: { readonly log: DoubleLog; readonly faults: DoubleFaults },
): void {
  const open = new Map<string, { readonly options: BatchOptions; readonly events: Proposed[] }>();
  call.on('data', (message: BatchAppendReq) => {
    const correlation = message.getCorrelationId();
    const id = correlation?.getString() ?? '';
    const options = message.getOptions();
    const batch = open.get(id) ?? (options === undefined ? undefined : { options, events: [] });
    if (batch === undefined) return void call.emit('error', failure(status.INVALID_ARGUMENT, 'no options'));
    open.set(id, batch);
    batch.events.push(...message.getProposedMessagesList().map(proposedOf));
    if (!message.getIsFinal()) return;
    open.delete(id);
    if (faults.silent.has('append')) return;
    const [stream, expected] = [nameOf(batch.options), expectedOfBatch(batch.options)];
    const written: Written = log.append(stream, batch.events, expected);
    call.write(batchMessage(written, { stream, correlation, expected }));
  });
  call.on('end', () => call.end());
}

/** The server's answers, in the client's own generated messages. */
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import rpc from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendResp, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';

import type { Expected, Recorded, Written } from './double-log.ts';

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream)));
}

function uuid(id: string): UUID {
  return new shared.UUID().setString(id);
}

export function eventMessage(event: Recorded): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(event.id))
    .setStreamIdentifier(identifier(event.stream))
    .setStreamRevision(event.revision.toString())
    .setCommitPosition(event.commit.toString())
    .setPreparePosition(event.commit.toString())
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType);
  recorded.getMetadataMap().set('created', event.createdTicks.toString());
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(event.commit.toString());
  return new streams.ReadResp().setEvent(read);
}

export function confirmationMessage(): ReadResp {
  return new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID()),
  );
}

export function caughtUpMessage(): ReadResp {
  return new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());
}

export function checkpointMessage(commit: bigint): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint().setCommitPosition(commit.toString()).setPreparePosition(commit.toString());
  return new streams.ReadResp().setCheckpoint(checkpoint);
}

export function notFoundMessage(stream: string): ReadResp {
  return new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)));
}

/** The answer to an append of its own. A stream at another revision is an answer, not an error. */
export function appendMessage(written: Written, expected: Expected): AppendResp {
  if (written.kind === 'written') {
    const commit = written.commit.toString();
    const position = new streams.AppendResp.Position().setCommitPosition(commit).setPreparePosition(commit);
    const success = new streams.AppendResp.Success().setCurrentRevision(written.last.toString()).setPosition(position);
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  const last = written.kind === 'wrong' ? written.last : undefined;
  if (last === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(last.toString());
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

/** A field of bytes or text, as protocol buffers write it. */
function field(number: number, bytes: Uint8Array): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

/** The answer to an append among others on one call. */
export function batchMessage(
  written: Written,
  asked: { stream: string; correlation: UUID | undefined; expected: Expected },
): BatchAppendResp {
  const answer = new streams.BatchAppendResp().setCorrelationId(asked.correlation).setStreamIdentifier(identifier(asked.stream));
  if (written.kind === 'written') {
    const commit = written.commit.toString();
    const position = new shared.AllStreamPosition().setCommitPosition(commit).setPreparePosition(commit);
    return answer.setSuccess(
      new streams.BatchAppendResp.Success().setCurrentRevision(written.last.toString()).setPosition(position),
    );
  }
  const wrong = new shared.WrongExpectedVersion();
  if (written.kind === 'wrong' && written.last !== undefined) wrong.setCurrentStreamRevision(written.last.toString());
  if (typeof asked.expected === 'bigint') wrong.setExpectedStreamPosition(asked.expected.toString());
  // A status with details: google.rpc.Status holds a google.protobuf.Any in field 3, which is a type's name and bytes.
  const type = Buffer.from('type.googleapis.com/event_store.client.WrongExpectedVersion');
  const details = Buffer.concat([field(1, type), field(2, wrong.serializeBinary())]);
  return answer.setError(rpc.Status.deserializeBinary(Uint8Array.from(field(3, details))));
}

const SERVICE = 'event_store.client.streams.Streams';

export function featuresMessage(): SupportedMethods {
  const methods = ['Read', 'Append', 'BatchAppend'].map((name) =>
    new features.SupportedMethod().setServiceName(SERVICE).setMethodName(name),
  );
  return new features.SupportedMethods().setEventStoreServerVersion('23.10.0').setMethodsList(methods);
}

const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;

export function gossipMessage(members: readonly { readonly port: number; readonly leads: boolean }[]): ClusterInfo {
  return new gossip.ClusterInfo().setMembersList(
    members.map(({ port, leads }) =>
      new gossip.MemberInfo()
        .setInstanceId(uuid(crypto.randomUUID()))
        .setTimeStamp('0')
        .setState(leads ? LEADER : FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress('localhost').setPort(port)),
    ),
  );
}

/**
 * A double of EventStoreDB's protocol: a gRPC server in this process that answers the real client as a node does, from the
 * client's own definitions. It keeps no file and is no proof of how a server behaves; the same tests run on a real one when
 * `KAKEIBO_EVENTSTOREDB` names it.
 */
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { Metadata, sendUnaryData, ServerErrorResponse, ServerWritableStream } from '@grpc/grpc-js';

import { freePort } from '../servers/ports.ts';
import { answerAppend, answerBatchAppend } from './double-append.ts';
import { failure, noFaults } from './double-faults.ts';
import type { DoubleFaults } from './double-faults.ts';
import { createDoubleLog } from './double-log.ts';
import type { DoubleLog } from './double-log.ts';
import { featuresMessage, gossipMessage } from './double-messages.ts';
import { answerRead } from './double-read.ts';

/** A running node. */
export interface Double {
  readonly port: number;
  readonly log: DoubleLog;
  readonly faults: DoubleFaults;
  /** Cuts every connection and lets nobody in. */
  goAway(): Promise<void>;
  /** Is there again, at the same port, with the same log. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** What a node is started with. */
export interface DoubleOptions {
  readonly log?: DoubleLog;
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** The only name and password that are let in. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** What gossip tells; default: this node leads. */
  readonly members?: () => readonly { readonly port: number; readonly leads: boolean }[];
}

/** Starts a node on a free port of this machine. */
export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const log = options.log ?? createDoubleLog();
  const faults = noFaults();
  const { tls, credentials } = options;
  const admitted = credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;

  /** Why a call is not answered here. */
  const refusal = (metadata: Metadata): ServerErrorResponse | undefined => {
    if (admitted !== undefined && metadata.get('authorization')[0] !== admitted)
      return failure(status.UNAUTHENTICATED, 'Unauthenticated');
    const { leader } = faults;
    if (leader === undefined || metadata.get('requires-leader')[0] !== 'true') return undefined;
    const where = { 'leader-endpoint-host': 'localhost', 'leader-endpoint-port': String(leader.port) };
    return failure(status.NOT_FOUND, 'Leader info available', 'not-leader', where);
  };

  // It comes back to it when it has gone away.
  const port = await freePort();
  const start = async (): Promise<Server> => {
    const server = new Server();
    server.addService(StreamsService, {
      read(call: ServerWritableStream<ReadReq, ReadResp>) {
        const refused = refusal(call.metadata);
        if (refused === undefined) void answerRead(call, log, faults);
        else call.emit('error', refused);
      },
      append(call: Parameters<typeof answerAppend>[0], reply: Parameters<typeof answerAppend>[1]) {
        const refused = refusal(call.metadata);
        // A caller that goes away in the middle of its request gets no answer.
        if (refused === undefined) answerAppend(call, reply, { log, faults }).catch(() => undefined);
        else reply(refused);
      },
      batchAppend(call: Parameters<typeof answerBatchAppend>[0]) {
        const refused = refusal(call.metadata);
        if (refused === undefined) answerBatchAppend(call, { log, faults });
        else call.emit('error', refused);
      },
      delete: (_: unknown, reply: sendUnaryData<never>) => reply(failure(status.UNIMPLEMENTED, 'not here')),
      tombstone: (_: unknown, reply: sendUnaryData<never>) => reply(failure(status.UNIMPLEMENTED, 'not here')),
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: unknown, reply: sendUnaryData<unknown>) => reply(null, featuresMessage()),
    });
    server.addService(GossipService, {
      read: (_: unknown, reply: sendUnaryData<unknown>) =>
        reply(null, gossipMessage(options.members?.() ?? [{ port, leads: true }])),
    });
    const secure = tls && { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) };
    const access = secure === undefined ? ServerCredentials.createInsecure() : ServerCredentials.createSsl(null, [secure]);
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(`localhost:${port}`, access, (error) => (error === null ? resolve() : reject(error)));
    });
    return server;
  };

  let server = await start();
  const goAway = async (): Promise<void> => {
    server.forceShutdown();
    faults.subscriptions.clear();
  };
  return {
    port,
    log,
    faults,
    goAway,
    async comeBack() {
      server = await start();
    },
    close: goAway,
  };
}

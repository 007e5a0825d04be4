/** Rows of the event table as what the core calls them. */
import type { EncodedStoredEvent } from '@kakeibo/core';

import type { SqlRow } from './connection.ts';

/** A row of {@link import('./statements.ts').EVENT_COLUMNS}. Some drivers hand out big integers as text, hence Number. */
export function keptEvent(row: SqlRow): EncodedStoredEvent {
  const [position, stream, version, id, type, data, meta, recordedAt] = row;
  return {
    id: id as string,
    type: type as string,
    data: data as string,
    meta: meta as string,
    stream: stream as string,
    version: Number(version),
    position: Number(position),
    recordedAt: Number(recordedAt),
  };
}

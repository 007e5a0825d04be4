import type { Clock, EventStore, Ledger } from '@kakeibo/core';
import type { ExportFormats } from './export-formats.ts';
import type { Formats } from './formats.ts';
import type { Live } from './live.ts';
import type { Metrics } from './metrics.ts';
import type { WalletReads } from './wallet-reads.ts';

/** What a health check found. `reason` says what failed, for an operator. */
export interface Health {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly reason?: string;
}

/** What routes work with. */
export interface Service {
  readonly ledger: Ledger;
  readonly store: EventStore;
  readonly formats: Formats | undefined;
  readonly exportFormats: ExportFormats | undefined;
  readonly clock: Clock;
  readonly live: Live;
  readonly metrics: Metrics;
  readonly reads: WalletReads;
  readonly health: () => Promise<Health>;
}

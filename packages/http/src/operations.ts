import type { Operation } from './operation.ts';
import { archiveOperations } from './routes/archive.ts';
import { entryOperations } from './routes/entries.ts';
import { exportOperations } from './routes/exports.ts';
import { figureOperations } from './routes/figures.ts';
import { goalOperations } from './routes/goals.ts';
import { historyOperations } from './routes/history.ts';
import { importOperations } from './routes/imports.ts';
import { importRuleOperations } from './routes/import-rules.ts';
import { limitOperations } from './routes/limits.ts';
import { logOperations } from './routes/log.ts';
import { proofOperations } from './routes/proofs.ts';
import { planOperations } from './routes/plans.ts';
import { reportOperations } from './routes/reports.ts';
import { healthOperations } from './routes/health.ts';
import { scheduleOperations } from './routes/schedules.ts';
import { transferOperations } from './routes/transfers.ts';
import { walletOperations } from './routes/wallets.ts';

/** Where the API begins. */
const API_BASE = '/api/v1';

/** Every operation of the API, in the order in which people read of them. */
const apiOperations: readonly Operation[] = [
  ...walletOperations,
  ...entryOperations,
  ...transferOperations,
  ...limitOperations,
  ...goalOperations,
  ...planOperations,
  ...scheduleOperations,
  ...reportOperations,
  ...figureOperations,
  ...importOperations,
  ...importRuleOperations,
  ...exportOperations,
  ...archiveOperations,
  ...historyOperations,
  ...logOperations,
  ...proofOperations,
];

/** Every operation of the service, with its whole path. */
export const operations: readonly Operation[] = [
  ...apiOperations.map((operation): Operation => ({ ...operation, path: API_BASE + operation.path })),
  ...healthOperations,
];

import type { Wallet } from '../api/types.ts';
import type { Chosen } from './choice.ts';

/** What every report is given. */
export interface ReportProps {
  readonly wallet: Wallet;
  readonly chosen: Chosen;
}

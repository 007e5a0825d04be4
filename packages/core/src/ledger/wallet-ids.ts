import type { WalletId } from '../ids.ts';
import { DIRECTORY, directory } from '../projections/directory.ts';
import type { Session } from './session.ts';

/** Every wallet there is, in the order they were opened. */
export async function walletIds({ directoryLog: log }: Pick<Session, 'directoryLog'>): Promise<readonly WalletId[]> {
  await log.refresh();
  void log.settle();
  while (!log.has(directory, DIRECTORY)) await log.load([{ projection: directory, bucket: DIRECTORY }]);
  return log.get(directory, DIRECTORY);
}

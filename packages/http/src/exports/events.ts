import type { Wallet, WalletSummary } from '@kakeibo/core';
import type { WalletFileMaker } from './wallet-file.ts';

const PAGE = 500;

/** All that was recorded in a wallet, as JSON. */
export const jsonFile: WalletFileMaker = ({ wallet, summary }) =>
  Promise.resolve({ type: 'application/json', name: `${summary.name}.json`, pieces: jsonOf(wallet, summary) });

async function* jsonOf(wallet: Wallet, summary: WalletSummary): AsyncGenerator<string> {
  yield `{"format":"kakeibo/1","wallet":${JSON.stringify(summary)},"events":[`;
  for (let after = 0; after < summary.version;) {
    const events = await wallet.events({ after, limit: Math.min(PAGE, summary.version - after) });
    const last = events.at(-1);
    if (last === undefined) break;
    yield `${after === 0 ? '' : ','}\n${events.map(({ stream: _, ...event }) => JSON.stringify(event)).join(',\n')}`;
    after = last.version;
  }
  yield '\n]}\n';
}

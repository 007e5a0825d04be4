import type { PriceLine } from '../import/price-lines.ts';
import { fields, listOf, number, shapeFault, text } from '../wallet/shape.ts';
import { pageCommandId, type WalletId } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import { streamOf } from '../projections/directory.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { summaryOf, type WalletSummary } from './summary.ts';
import { walletIds } from './wallet-ids.ts';

/** What came of many rates at once. */
export interface RatesSet {
  /** How many were new or changed. */
  readonly set: number;
  /** How many were known already. */
  readonly same: number;
  /** Those whose currency no open wallet has. */
  readonly unused: readonly PriceLine[];
  readonly refused: readonly RefusedRate[];
}
export interface RefusedRate {
  readonly line: number;
  readonly walletId: WalletId;
  readonly rejection: Rejection;
}

const asked = fields({ lines: listOf(fields({ line: number, on: text, base: text, quote: text, rate: text })) });

/** How many commands wait at once. */
const MAX_AT_ONCE = 500;

/**
 * Gives each rate to the open wallets of its currency, once: what a wallet knows already stays as it is. Of several rates of one
 * pair and day the last one holds, so that the same lines always come to the same.
 */
export async function setRates(
  session: Session,
  lines: readonly PriceLine[],
  request: Request = {},
): Promise<RatesSet | Rejection> {
  const fault = shapeFault(asked, { lines });
  if (fault !== undefined) return fault;
  const distinct = [...new Map(lines.map((line) => [`${line.base}/${line.quote} ${line.on}`, line])).values()];
  const wallets = await openWallets(session);
  const unused = distinct.filter(({ base }) => !wallets.some(({ currency }) => currency === base));
  const tally = { set: 0, same: 0 };
  const refused: RefusedRate[] = [];
  for (const { id: walletId, currency } of wallets) {
    const own = distinct.filter(({ base }) => base === currency);
    for (let from = 0; from < own.length; from += MAX_AT_ONCE) {
      const page = own.slice(from, from + MAX_AT_ONCE);
      const answers = await Promise.all(page.map((line) => setOne(session, walletId, line, request)));
      for (const [index, rejection] of answers.entries()) {
        if (rejection === undefined) tally.set += 1;
        else if (rejection.code === 'nothing-to-change') tally.same += 1;
        else refused.push({ line: page[index]?.line ?? 0, walletId, rejection });
      }
    }
  }
  return { ...tally, unused, refused };
}

async function openWallets(session: Session): Promise<readonly WalletSummary[]> {
  const found = await Promise.all((await walletIds(session)).map((id) => summaryOf(session, id)));
  return found.filter((wallet) => wallet !== undefined).filter(({ status }) => status === 'open');
}

/** Sets one rate of one wallet; undefined when it is set. Each pair and day of a command has an id of its own. */
async function setOne(
  session: Session,
  walletId: WalletId,
  { line, base, quote, rate, on }: PriceLine,
  { commandId, actor }: Request,
): Promise<Rejection | undefined> {
  const handled = await session.submit(
    streamOf(walletId),
    { type: 'SetRate', quote, rate, on },
    {
      ...(commandId === undefined ? {} : { commandId: pageCommandId(`${commandId} ${base}/${quote} ${on}`, line) }),
      ...(actor === undefined ? {} : { actor }),
    },
  );
  return handled.kind === 'rejected' ? handled.rejection : undefined;
}

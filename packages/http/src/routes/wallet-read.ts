import type { Wallet, WalletSummary } from '@kakeibo/core';
import type { z } from 'zod';
import { etagOf } from '../headers.ts';
import { operation, type NoQuery, type Operation } from '../operation.ts';
import { walletOf, walletUnknown } from './wallet-of.ts';

/** A read of one wallet, as it was asked for. */
export interface WalletRead<Query> {
  readonly wallet: Wallet;
  readonly summary: WalletSummary;
  readonly query: Query;
  readonly params: Readonly<Record<string, string>>;
}

interface Spec<Query extends z.ZodType> {
  /** Below the wallet: `/entries`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly query?: Query;
  readonly answer: z.ZodType;
  readonly codes?: readonly string[];
  /** Whether the answer changes at midnight without an event: then the version alone does not tell that a caller holds it. */
  readonly followsDay?: true;
  /** Whether other wallets are looked at too: then the answer is made anew each time. */
  readonly acrossWallets?: true;
  /** What is answered: made of nothing but the wallet, its day and what was asked for. */
  body(read: WalletRead<z.output<Query>>): unknown;
}

/** Makes a read of one wallet. While the wallet stands as it is, the same address is answered from memory. */
export function walletRead<Query extends z.ZodType = NoQuery>(spec: Spec<Query>): Operation {
  const { body, path, followsDay, acrossWallets, codes = [], ...facts } = spec;
  return operation<Query>({
    ...facts,
    method: 'get',
    path: `/wallets/{walletId}${path}`,
    codes: ['wallet-unknown', ...codes],
    async handle({ request, params, query, ...call }, service) {
      const wallet = walletOf({ params, ...call }, service);
      const summary = await service.reads.summaryOf(wallet);
      if (summary === undefined) throw walletUnknown();
      const make = async (): Promise<unknown> => body({ wallet, summary, query, params });
      const text =
        acrossWallets === true ? JSON.stringify(await make()) : await service.reads.textOf(request.originalUrl, summary, make);
      const { version } = summary;
      return followsDay === true || acrossWallets === true
        ? { status: 200, text, headers: { ETag: etagOf(version) } }
        : { status: 200, text, version };
    },
  });
}

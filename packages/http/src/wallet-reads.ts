import type { Wallet, WalletSummary } from '@kakeibo/core';

/** How much text is kept ready, with its addresses: the oldest goes first, and what is longer than a part of it is not kept at all. */
const MAX_CHARACTERS = 8_000_000;
const MAX_TEXT_CHARACTERS = 250_000;
const MAX_ADDRESS_CHARACTERS = 500;

interface Kept {
  readonly stamp: string;
  readonly text: string;
}

/** What wallets answered: a read is a function of its address, the wallet's version and the wallet's day. */
export interface WalletReads {
  /** The wallet as it stands. */
  summaryOf(wallet: Wallet): Promise<WalletSummary | undefined>;
  /** The answer to a read as JSON, made anew when the wallet has moved on. */
  textOf(
    address: string,
    at: { readonly version: number; readonly today: string },
    make: () => Promise<unknown>,
  ): Promise<string>;
}

export function createWalletReads(): WalletReads {
  const texts = new Map<string, Kept>();
  let characters = 0;
  const summaries = new Map<string, Promise<WalletSummary | undefined>>();

  function forget(address: string): void {
    const known = texts.get(address);
    if (known === undefined) return;
    characters -= address.length + known.text.length;
    texts.delete(address);
  }

  function keep(address: string, kept: Kept): void {
    forget(address);
    if (kept.text.length > MAX_TEXT_CHARACTERS || address.length > MAX_ADDRESS_CHARACTERS) return;
    texts.set(address, kept);
    characters += address.length + kept.text.length;
    for (const oldest of texts.keys()) {
      if (characters <= MAX_CHARACTERS) break;
      forget(oldest);
    }
  }

  return {
    // Requests that are read in one turn of the event loop had all begun before the first of them is handled, so one look at the
    // store serves them all: none can have been sent after an answer that it would have to know of.
    summaryOf(wallet) {
      const known = summaries.get(wallet.id);
      if (known !== undefined) return known;
      if (summaries.size === 0) setImmediate(() => summaries.clear());
      const summary = wallet.summary();
      summaries.set(wallet.id, summary);
      return summary;
    },
    async textOf(address, { version, today }, make) {
      const stamp = `${version} ${today}`;
      const known = texts.get(address);
      if (known?.stamp === stamp) return known.text;
      const text = JSON.stringify(await make());
      keep(address, { stamp, text });
      return text;
    },
  };
}

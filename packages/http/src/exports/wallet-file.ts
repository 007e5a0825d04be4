import { journalWalletInSteps, type CivilDate, type JournalWalletSource, type Wallet, type WalletSummary } from '@kakeibo/core';
import type { ExportFormats } from '../export-formats.ts';
import type { Formats } from '../formats.ts';
import { Problem, requestInvalid } from '../problem.ts';
import type { Service } from '../service.ts';
import type { Download } from './download.ts';

/** A stretch as it was asked for: either end may be open. */
export interface Asked {
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}

/** What a file of a wallet is made of. */
export interface WalletFile {
  readonly wallet: Wallet;
  readonly summary: WalletSummary;
  readonly asked: Asked;
  readonly service: Service;
}

/** Makes a file of a wallet, up to where its first bytes can be sent: what is wrong is found out before. */
export type WalletFileMaker = (file: WalletFile) => Promise<Download>;

/** The formats of a service; one that was started without them gives no files. */
export function formatsOf({ formats }: Service): Formats {
  if (formats !== undefined) return formats;
  throw withoutFormats();
}

export function exportFormatsOf({ exportFormats }: Service): ExportFormats {
  if (exportFormats !== undefined) return exportFormats;
  throw withoutFormats();
}

function withoutFormats(): Problem {
  return new Problem(404, 'not-found', 'This service was started without file formats.');
}

/** A wallet's entries and limits at one version, before a day if one is given. */
export async function sourceOf(wallet: Wallet, { to }: Asked, service: Service): Promise<JournalWalletSource> {
  const book = await wallet.book(to === undefined ? {} : { to });
  return formatsOf(service).csv.inSlices(journalWalletInSteps(book));
}

export type Counted = JournalWalletSource['entries'][number];

/** Refuses a stretch that ends before it begins. */
export function assertStretch({ from, to }: Asked): void {
  if (from !== undefined && to !== undefined && from >= to)
    throw requestInvalid([{ path: 'to', message: 'It is the first day after the stretch, so it comes after `from`.' }]);
}

/** The entries of a stretch that count, oldest first. */
export async function entriesOf({ wallet, asked, service }: WalletFile): Promise<readonly Counted[]> {
  const { from } = asked;
  const { entries } = await sourceOf(wallet, asked, service);
  return entries.filter((entry) => entry.void !== true && (from === undefined || entry.facts.occurredOn >= from));
}

/** Some of a list at a time. */
export function* slicesOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

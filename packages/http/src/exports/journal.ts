import {
  beancountJournal,
  hledgerJournal,
  journalInSteps,
  ledgerJournal,
  type JournalWalletSource,
  type Wallet,
} from '@kakeibo/core';
import type { Service } from '../service.ts';
import { inPieces, type Download } from './download.ts';
import { formatsOf, sourceOf, type Asked, type WalletFileMaker } from './wallet-file.ts';

/** The tools that a journal is written for, with the ending that their files have. */
export const JOURNALS = {
  hledger: { write: hledgerJournal, ending: 'journal' },
  ledger: { write: ledgerJournal, ending: 'ledger' },
  beancount: { write: beancountJournal, ending: 'beancount' },
} as const;
export type JournalTool = keyof typeof JOURNALS;

/** Wallets in one journal, from the beginning, so that balances are right. */
export async function journalFile(
  tool: JournalTool,
  wallets: readonly Wallet[],
  { name, asked, service }: { readonly name: string; readonly asked: Asked; readonly service: Service },
): Promise<Download> {
  const { write, ending } = JOURNALS[tool];
  const sources: JournalWalletSource[] = [];
  for (const wallet of wallets) sources.push(await sourceOf(wallet, asked, service));
  const journal = await formatsOf(service).csv.inSlices(journalInSteps({ wallets: sources }));
  return { type: 'text/plain', name: `${name}.${ending}`, pieces: inPieces(write(journal)) };
}

/** A wallet by itself. What went to other wallets and came from them is in transit, since the other side is not in the file. */
export function walletJournal(tool: JournalTool): WalletFileMaker {
  return ({ wallet, summary, asked, service }) => journalFile(tool, [wallet], { name: summary.name, asked, service });
}

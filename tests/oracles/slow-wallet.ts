import { decode, type EntryFacts, type JournalWalletSource, type StoredEvent, type WalletEvent } from '@kakeibo/core';

interface Slow {
  readonly id: string;
  readonly version: number;
  facts: EntryFacts;
  void: boolean;
}

/** A wallet's entries, told from its events one by one without any projection of ours. */
export function slowWallet(events: readonly StoredEvent[]): JournalWalletSource {
  const entries = new Map<string, Slow>();
  let [id, name, currency] = ['', '', ''];
  for (const stored of events) {
    const { version, stream } = stored;
    id = stream.slice(stream.indexOf('-') + 1);
    const event: WalletEvent = decode(stored).event;
    if (event.type === 'WalletOpened') ({ name, currency } = event);
    if (event.type === 'WalletRenamed') name = event.name;
    const entry = 'entryId' in event && event.entryId !== undefined ? entries.get(event.entryId) : undefined;
    switch (event.type) {
      case 'IncomeAdded':
      case 'ExpenseAdded':
      case 'ExpenseRefunded':
      case 'TransferSent':
      case 'TransferReceived':
        entries.set(event.entryId, { id: event.entryId, version, facts: event.entry, void: false });
        break;
      case 'EntryCorrected':
        if (entry !== undefined) entry.facts = event.after;
        break;
      case 'EntryVoided':
      case 'TransferReturned':
      case 'TransferGivenBack':
        if (entry !== undefined) entry.void = true;
        break;
      case 'EntryRestored':
        if (entry !== undefined) entry.void = false;
        break;
      default: // moves no entry
    }
  }
  return { id, name, currency: currency as JournalWalletSource['currency'], entries: [...entries.values()] };
}

import { unreachable } from '../assert.ts';
import { dayAt, isZone } from '../calendar.ts';
import { parseCurrency } from '../currency.ts';
import type { OpenWallet } from './commands.ts';
import { addEntry, correctEntry, restoreEntry, voidEntry } from './decide-entries.ts';
import { importEntries, undoImport } from './decide-imports.ts';
import { removeLimit, setLimit } from './decide-limits.ts';
import { accept, refuse, type Issued, type WalletDecision } from './decision.ts';
import { isRejection, parseName, reject } from './parse.ts';
import { headOf, type WalletState } from './state.ts';

/**
 * What a command comes to. Pure: the same command on the same state always gives the same events, or the same refusal, which
 * is the first that applies in the order of `REJECTION_CODES`.
 */
export function decide(issued: Issued, state: WalletState): WalletDecision {
  const { command } = issued;
  const view = headOf(state);
  if (command.type === 'OpenWallet')
    return view.status === 'absent'
      ? open(command, issued.now)
      : refuse(reject('command-id-reused', 'This wallet is open already.'));
  if (view.status === 'absent')
    return refuse(reject('wallet-unknown', 'There is no such wallet. List the wallets, or open one.'));
  if (command.type === 'ReopenWallet') {
    return view.status === 'closed'
      ? accept({ type: 'WalletReopened' })
      : refuse(reject('wallet-not-closed', 'The wallet is open.'));
  }
  if (view.status === 'closed') return refuse(reject('wallet-closed', 'The wallet is closed. Reopen it to write into it.'));
  const today = dayAt(issued.now, view.zone);
  const eventId = (index: number): string => issued.eventId(index);
  switch (command.type) {
    case 'RenameWallet':
      return rename(command.name, view.name);
    case 'CloseWallet':
      return accept({ type: 'WalletClosed' });
    case 'AddIncome':
    case 'AddExpense':
      return addEntry({ command, now: issued.now, today, eventId }, state);
    case 'CorrectEntry':
      return correctEntry({ command, now: issued.now, today, eventId }, state);
    case 'VoidEntry':
      return voidEntry({ command, now: issued.now, today, eventId }, state);
    case 'RestoreEntry':
      return restoreEntry({ command, now: issued.now, today, eventId }, state);
    case 'SetLimit':
      return setLimit({ command, now: issued.now, today, eventId }, state);
    case 'RemoveLimit':
      return removeLimit({ command, now: issued.now, today, eventId }, state);
    case 'ImportEntries':
      return importEntries({ command, now: issued.now, today, eventId }, state);
    case 'UndoImport':
      return undoImport({ command, now: issued.now, today, eventId }, state);
    default:
      return unreachable(command);
  }
}

function open({ name: text, currency: code, zone = 'UTC' }: OpenWallet, now: number): WalletDecision {
  const name = parseName(text);
  if (isRejection(name)) return refuse(name);
  const currency = parseCurrency(code);
  if (currency === undefined) {
    return refuse(reject('currency-unknown', 'A currency is an active ISO 4217 code in capitals, like EUR or JPY.', 'currency'));
  }
  if (!isZone(zone)) return refuse(reject('zone-unknown', 'A zone is one of the IANA names, like Europe/Berlin.', 'zone'));
  return accept({ type: 'WalletOpened', name, currency, zone, openedOn: dayAt(now, zone) });
}

function rename(text: string, from: string): WalletDecision {
  const name = parseName(text);
  if (isRejection(name)) return refuse(name);
  return name === from
    ? refuse(reject('nothing-to-change', 'The wallet has this name.', 'name'))
    : accept({ type: 'WalletRenamed', from, name });
}

import { dayAt, isZone } from '../calendar.ts';
import { parseCurrency } from '../currency.ts';
import type { CloseWallet, OpenWallet, RenameWallet, ReopenWallet } from './commands.ts';
import { accept, refuse, type Rule, type WalletDecision } from './decision.ts';
import { isRejection, parseName, reject } from './parse.ts';
import { headOf } from './state.ts';

export const openWalletRule: Rule<OpenWallet> = {
  whenClosed: true,
  whenAbsent: true,
  decide: ({ command, now }, state) =>
    headOf(state).status === 'absent' ? open(command, now) : refuse(reject('command-id-reused', 'This wallet is open already.')),
};

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

export const renameWalletRule: Rule<RenameWallet> = {
  decide({ command }, state) {
    const name = parseName(command.name);
    if (isRejection(name)) return refuse(name);
    const { name: from } = headOf(state);
    return name === from
      ? refuse(reject('nothing-to-change', 'The wallet has this name.', 'name'))
      : accept({ type: 'WalletRenamed', from, name });
  },
};

export const closeWalletRule: Rule<CloseWallet> = { decide: () => accept({ type: 'WalletClosed' }) };

export const reopenWalletRule: Rule<ReopenWallet> = {
  whenClosed: true,
  decide: (_, state) =>
    headOf(state).status === 'closed'
      ? accept({ type: 'WalletReopened' })
      : refuse(reject('wallet-not-closed', 'The wallet is open.')),
};

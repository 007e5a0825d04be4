import { refuse, type Rule } from './decision.ts';
import { reject } from './parse.ts';
import type {
  GiveBackTransfer,
  JoinTransfer,
  RecallTransfer,
  ReceiveTransfer,
  ReturnTransfer,
  SendTransfer,
} from './transfer-commands.ts';

export const sendTransferRule: Rule<SendTransfer> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const joinTransferRule: Rule<JoinTransfer> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const receiveTransferRule: Rule<ReceiveTransfer> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const returnTransferRule: Rule<ReturnTransfer> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const recallTransferRule: Rule<RecallTransfer> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const giveBackTransferRule: Rule<GiveBackTransfer> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};

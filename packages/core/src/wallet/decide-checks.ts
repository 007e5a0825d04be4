import { refuse, type Rule } from './decision.ts';
import type { CheckBalance } from './figure-commands.ts';
import { reject } from './parse.ts';

export const checkBalanceRule: Rule<CheckBalance> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};

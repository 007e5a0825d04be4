import { refuse, type Rule } from './decision.ts';
import type { RemoveRate, SetRate } from './figure-commands.ts';
import { reject } from './parse.ts';

export const setRateRule: Rule<SetRate> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const removeRateRule: Rule<RemoveRate> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };

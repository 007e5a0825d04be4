import type { UndoChange } from './commands.ts';
import { refuse, type Rule } from './decision.ts';
import { reject } from './parse.ts';

export const undoChangeRule: Rule<UndoChange> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };

import { isDate, parseDate, PERIOD_KINDS } from '../calendar.ts';
import type { RemoveLimit, SetLimit } from './commands.ts';
import type { Watch } from './crossings.ts';
import { movedPeriods, removeLimit, setLimit } from './decide-limits.ts';
import type { Foresight, Rule } from './decision.ts';
import { openPeriods } from './raised.ts';

export const setLimitRule: Rule<SetLimit> = {
  needs: ({ command }) => [{ projection: openPeriods, bucket: command.limitId }],
  watches: limitWatches,
  decide: setLimit,
};

export const removeLimitRule: Rule<RemoveLimit> = {
  needs: ({ command }) => [{ projection: openPeriods, bucket: command.limitId }],
  watches: limitWatches,
  decide: removeLimit,
};

/** The periods that a change of a limit concerns. What rules them is found when it is decided. */
function limitWatches({ command, state, today }: Foresight<SetLimit | RemoveLimit>): readonly Watch[] {
  const { limitId } = command;
  const newKind = command.type === 'SetLimit' ? PERIOD_KINDS.find((kind) => kind === command.period) : undefined;
  const day = command.type === 'SetLimit' && command.startsOn !== undefined ? parseDate(command.startsOn) : today;
  const startsOn = isDate(day) ? day : today;
  return movedPeriods({ limitId, today, newKind, startsOn }, state).map((moved) => ({ limitId, ...moved, terms: undefined }));
}

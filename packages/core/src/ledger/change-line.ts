import { formatAmount } from '../money.ts';
import type { CivilDate } from '../calendar.ts';
import type { RejectionCode } from '../outcome.ts';
import type { Version } from '../ports/event-store.ts';
import type { Recorded } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { changesOf } from '../wallet/flows.ts';
import type { Change } from './change-log.ts';
import { shown, type Facts } from './entry-reads.ts';

/** What a change did, as far as a line shows it. */
export interface ChangeFacts {
  /** The event that stands for all of them: the last one that is not told by a limit. */
  readonly type: WalletEvent['type'];
  /** How many entries it added, corrected, made void or restored. */
  readonly entries: number;
  /** What it is about: an entry, or the name of a limit, goal, schedule, rule, plan, import or transfer. */
  readonly id: string | null;
  /** A wallet's or a file's name, or what a limit, goal or schedule that was set is about. */
  readonly name: string | null;
  readonly amount: string | null;
  readonly on: CivilDate | null;
  /** What the entry says after it; of several entries, the first. */
  readonly entry: Facts | null;
  /** What it said before, when it was corrected. */
  readonly before: Facts | null;
  /** The change that an undoing took back. */
  readonly undoes: Version | null;
  /** The change that counts again. */
  readonly redoes: Version | null;
}

/** One command of a wallet's history, as people read it. */
export interface ChangeLine {
  /** Its first version, which names it. */
  readonly version: Version;
  /** Its last. */
  readonly to: Version;
  readonly commandId: string | null;
  readonly recordedAt: string;
  readonly actor: string | null;
  readonly what: ChangeFacts;
  readonly undone: boolean;
  /** Whether it can be undone now, or why it cannot. */
  readonly undoable: true | { readonly code: RejectionCode; readonly reason: string };
}

/** The event that stands for a change. */
function standFor(change: Change): Recorded<WalletEvent> {
  const told = change.findLast(({ event }) => event.type !== 'LimitReached' && event.type !== 'LimitCleared');
  return told ?? (change[0] as Recorded<WalletEvent>);
}

const IDS = ['entryId', 'limitId', 'goalId', 'scheduleId', 'ruleId', 'planId', 'importId', 'transferId'] as const;

function idOf(event: WalletEvent): string | null {
  const fields = event as Partial<Record<(typeof IDS)[number], string>>;
  // A plan that was booked has an entry too; the plan is what it is about.
  const first = event.type === 'PlanResolved' ? event.planId : IDS.map((field) => fields[field]).find((id) => id !== undefined);
  return first ?? null;
}

/** A wallet's or a file's name; of terms, what they are about. */
function nameOf(event: WalletEvent): string | null {
  if ('name' in event) return event.name;
  if (event.type === 'GoalSet') return event.terms.name;
  if (event.type === 'LimitSet') return event.terms.scope ?? (event.terms.tag === undefined ? null : `#${event.terms.tag}`);
  if (event.type !== 'ScheduleSet') return null;
  const { payee, note, category } = event.terms;
  return payee ?? note ?? category ?? null;
}

function amountOf(event: WalletEvent): string | null {
  if (event.type === 'GoalSet') return formatAmount(event.terms.target);
  if (event.type === 'LimitSet' || event.type === 'ScheduleSet') return formatAmount(event.terms.amount);
  if ('amount' in event) return formatAmount(event.amount);
  if ('counted' in event) return formatAmount(event.counted);
  if ('rate' in event) return event.rate;
  if ('planned' in event) return formatAmount(event.planned);
  return null;
}

function entryOf(change: Change): Pick<ChangeFacts, 'entry' | 'before'> {
  for (const { event } of change) {
    if (event.type === 'EntryCorrected') return { entry: shown(event.after), before: shown(event.before) };
    if ('entry' in event) return { entry: shown(event.entry), before: null };
  }
  return { entry: null, before: null };
}

/** What a change did. */
export function factsOfChange(change: Change): ChangeFacts {
  const { event } = standFor(change);
  return {
    type: event.type,
    entries: new Set(
      change.flatMap((each) => (changesOf(each.event).length > 0 && 'entryId' in each.event ? [each.event.entryId] : [])),
    ).size,
    id: idOf(event),
    name: nameOf(event),
    amount: amountOf(event),
    on: 'on' in event ? event.on : null,
    ...entryOf(change),
    undoes: event.type === 'ChangeUndone' ? event.version : null,
    redoes: event.type === 'ChangeUndone' ? (event.redoes ?? null) : null,
  };
}

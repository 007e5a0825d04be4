import { upcoming, type Recorded } from '../projection.ts';
import type { UndoChange } from './commands.ts';
import { watchesOf } from './crossings.ts';
import { compensationOf } from './compensations.ts';
import { limitWatches } from './decide-limits.ts';
import { refuse, type Foresight, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { ChangeUndone, WalletEvent } from './events.ts';
import { changesOf } from './flows.ts';
import { isRejection, reject } from './parse.ts';
import type { Rejection } from '../outcome.ts';
import { headOf, overlay, undoingsOf, type Need, type WalletState } from './state.ts';
import { rootOf, undone, undoneBucket } from './undone.ts';
import { after, weigh } from './weigh.ts';

type Change = readonly Recorded<WalletEvent>[];
type Undoing = Recorded<WalletEvent> & { readonly event: ChangeUndone };

function isUndoing(recorded: Recorded<WalletEvent> | undefined): recorded is Undoing {
  return recorded?.event.type === 'ChangeUndone';
}

/** What an undoing says it did: it stands at the end of its events. */
export function undoingOf(change: Change): Undoing | undefined {
  const last = change.at(-1);
  return isUndoing(last) ? last : undefined;
}

/** The first version of the change that counts or does not, depending on whether this one is undone. */
export function rootOfChange(change: Change): number {
  const undoing = undoingOf(change);
  return undoing === undefined ? (change[0]?.version ?? 0) : rootOf(undoing.event);
}

/** Whether a change no longer counts: it was undone, or it is an undoing that another one of the same change came after. */
export function isUndone(state: WalletState, change: Change): boolean {
  const root = rootOfChange(change);
  const known = undoingsOf(state, root)[root];
  const undoing = undoingOf(change);
  return undoing === undefined ? known?.counts === false : known !== undefined && known.by !== undoing.version;
}

function undoneFault(state: WalletState, change: Change): Rejection | undefined {
  if (!isUndone(state, change)) return undefined;
  const root = rootOfChange(change);
  const by = undoingsOf(state, root)[root]?.by ?? root;
  return undoingOf(change) === undefined
    ? reject('change-undone', `It was undone by version ${by}. Undo that to have it back.`, 'version', { by })
    : reject('change-undone', `Version ${by} came after this undoing. Undo that instead.`, 'version', { by });
}

/** Every event of a change, the last one first, taken back on what the one before it left; or the first refusal. */
function takenBack({
  change = [],
  state,
  today,
}: Pick<Foresight<unknown>, 'change' | 'state' | 'today'>): readonly WalletEvent[] | Rejection {
  for (const { event } of change) {
    const compensation = compensationOf(event);
    if (compensation.kind === 'final') return reject('change-final', compensation.reason, 'version');
  }
  const views = overlay(state.views);
  const events: WalletEvent[] = [];
  let reason = '';
  for (const { event } of change.toReversed()) {
    const compensation = compensationOf(event);
    if (compensation.kind !== 'back') {
      if (reason === '' && 'reason' in compensation) ({ reason } = compensation);
      continue;
    }
    const version = state.version + events.length;
    const steps = compensation.events(event, { state: { version, views }, today });
    if (isRejection(steps)) return steps;
    for (const step of steps) {
      events.push(step);
      views.fold(upcoming(step, state.version + events.length));
    }
  }
  return events.length > 0 ? events : reject('change-final', reason, 'version');
}

/** The facts that undoing a change takes out of the figures and puts into them. */
function touched({ change = [] }: Pick<Foresight<unknown>, 'change'>): readonly EntryFacts[] {
  return change.flatMap(({ event }) => changesOf(event).map(([facts]) => facts));
}

function undo(context: OpenContext<UndoChange>, state: WalletState): WalletDecision {
  const { change = [] } = context;
  const [first] = change;
  const isClosing = change.some(({ event }) => event.type === 'WalletClosed');
  if (headOf(state).status === 'closed' && !isClosing) {
    return refuse(reject('wallet-closed', 'The wallet is closed. Reopen it to write into it.'));
  }
  if (first === undefined) {
    const message =
      context.command.version === 0
        ? 'There is nothing of the kind among the last 1,000 events. Name a version of the history.'
        : 'There is no such version of this wallet.';
    return refuse(reject('change-unknown', message, 'version'));
  }
  const fault = undoneFault(state, change);
  if (fault !== undefined) return refuse(fault);
  const events = takenBack({ ...context, state });
  if (isRejection(events)) return refuse(events);
  // Taking spending away never has to ask a limit; putting it back does, as restoring an entry would.
  const block = events.some(({ type }) => type === 'EntryRestored' || type === 'EntryCorrected');
  const changed = events.flatMap((event) =>
    event.type === 'LimitRestored' ? limitWatches(event, state, after(state, events), context.today) : [],
  );
  const watches = watchesOf(headOf(state), touched(context));
  const decision = weigh(context, state, events, { watches, changed, block });
  if (decision.kind === 'rejected') return decision;
  return { kind: 'accepted', events: [...decision.events, mark(change, first.version)] };
}

/** The last event of an undoing. Undoing the undoing of an undoing is undoing the change again. */
function mark(change: Change, first: number): ChangeUndone {
  const undoing = undoingOf(change)?.event;
  if (undoing === undefined) return { type: 'ChangeUndone', version: first };
  return undoing.redoes === undefined
    ? { type: 'ChangeUndone', version: first, redoes: undoing.version }
    : { type: 'ChangeUndone', version: undoing.redoes };
}

function undoNeeds({ change = [], state, today }: Foresight<UndoChange>): readonly Need[] {
  const own: Need = { projection: undone, bucket: undoneBucket(rootOfChange(change)) };
  const others = change.flatMap(({ event }) => {
    const compensation = compensationOf(event);
    return compensation.kind === 'back' ? compensation.needs(event, { state, today }) : [];
  });
  return [own, ...others];
}

/**
 * Takes a change back by events that compensate it, all or none. A closed wallet takes the undoing of its closing.
 */
export const undoChangeRule: Rule<UndoChange> = { needs: undoNeeds, touches: touched, whenClosed: true, decide: undo };

import { dayAt } from '../calendar.ts';
import type { Version } from '../ports/event-store.ts';
import { decide } from '../wallet/decide.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { needs } from '../wallet/needs.ts';
import { headOf, overlay, type Need, type Overlay, type WalletState } from '../wallet/state.ts';
import type { Job, Pending, Plan } from './job.ts';
import type { StreamViews } from './stream-views.ts';

/** Decides each command on the state that those before it leave. Undefined when the stream moved meanwhile. */
export async function plan(batch: readonly Pending[], views: StreamViews, now: number): Promise<readonly Plan[] | undefined> {
  const start = views.place;
  const above = overlay(views);
  let version = start;
  const plans: Plan[] = [];
  for (const pending of batch) {
    const state: WalletState = { version, views: above };
    let missing = missingFor(pending.job, state, now);
    // Nothing is awaited between the check and the decision, so no bucket is let go of in between.
    for (; missing.length > 0; missing = missingFor(pending.job, state, now)) await views.load(missing);
    const planned = decideOne(pending, state, now);
    plans.push(planned);
    if (!('events' in planned)) continue;
    foldAll(above, planned.events, version);
    version += planned.events.length;
    plans[plans.length - 1] = { ...planned, balance: headOf({ version, views: above }).balance };
  }
  return views.place === start ? plans : undefined;
}

function decideOne(pending: Pending, state: WalletState, now: number): Plan {
  const { command, change, expected } = pending.job;
  if (expected !== undefined && expected !== state.version) {
    return { pending, answer: { kind: 'conflict', expected, actual: state.version } };
  }
  const decision = decide({ command, now, eventId: pending.eventId, ...(change === undefined ? {} : { change }) }, state);
  return decision.kind === 'rejected'
    ? { pending, answer: decision }
    : { pending, events: decision.events, at: state.version, balance: '' };
}

function missingFor({ command, change }: Job, state: WalletState, now: number): readonly Need[] {
  const asked = { command, today: (zone: string) => dayAt(now, zone), ...(change === undefined ? {} : { change }) };
  return needs(asked, state).filter(({ projection, bucket }) => !state.views.has(projection, bucket));
}

function foldAll(above: Overlay, events: readonly WalletEvent[], at: Version): void {
  for (const [index, event] of events.entries()) {
    above.fold({ id: '', stream: '', version: at + index + 1, position: 0, recordedAt: '', meta: {}, event });
  }
}

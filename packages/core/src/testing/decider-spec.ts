import { dayAt } from '../calendar.ts';
import { canonical, eventIdsOf } from '../ids.ts';
import type { RejectionCode } from '../outcome.ts';
import { project, type Projection } from '../projection.ts';
import { encode } from '../wallet/codec.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import { decide } from '../wallet/decide.ts';
import type { WalletDecision } from '../wallet/decision.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { deciderProjections, type AnyProjection, type Need, type WalletState } from '../wallet/state.ts';
import { needs } from '../wallet/needs.ts';
import { ContractBroken } from './contract.ts';

/** Given what happened, when a command comes, then these events, or this refusal. */
export interface DeciderSpec {
  when(
    command: WalletCommand,
    options?: { readonly now?: number; readonly commandId?: string },
  ): {
    readonly decision: WalletDecision;
    then(...events: readonly WalletEvent[]): void;
    thenRejected(code: RejectionCode): void;
  };
}

/**
 * Tests the wallet's rules without a store.
 *
 * @example
 * givenEvents().when({ type: 'CloseWallet' }).thenRejected('wallet-unknown');
 */
export function givenEvents(...history: readonly WalletEvent[]): DeciderSpec {
  return {
    when(command, { now = Date.UTC(2026, 9, 14, 9, 38), commandId = 'command' } = {}) {
      const state = stateOf(history);
      const { views } = state;
      // Only what was named beforehand may be read, as in a ledger, which loads nothing else.
      for (let missing = needed(command, state, now); missing.length > 0; missing = needed(command, state, now))
        views.name(missing);
      const decision = decide({ command, now, eventId: eventIdsOf('wallet', commandId) }, state);
      return {
        decision,
        then(...events) {
          const wanted = `accepted: ${events.map(spell).join('\n')}`;
          if (spellDecision(decision) !== wanted)
            throw new ContractBroken(`expected ${wanted}\nbut it was ${spellDecision(decision)}`);
        },
        thenRejected(code) {
          if (decision.kind !== 'rejected' || decision.rejection.code !== code) {
            throw new ContractBroken(`expected rejected: ${code}\nbut it was ${spellDecision(decision)}`);
          }
        },
      };
    },
  };
}

function spell(event: WalletEvent): string {
  const { type, data } = encode(event);
  return `${type} ${canonical(data)}`;
}

function spellDecision(decision: WalletDecision): string {
  return decision.kind === 'accepted'
    ? `accepted: ${decision.events.map(spell).join('\n')}`
    : `rejected: ${decision.rejection.code}`;
}

function needed(command: WalletCommand, state: WalletState, now: number): readonly Need[] {
  return needs({ command, today: (zone) => dayAt(now, zone) }, state).filter(
    ({ projection, bucket }) => !state.views.has(projection, bucket),
  );
}

/** The state that a whole history leaves, of which only named buckets may be read. */
function stateOf(history: readonly WalletEvent[]): WalletState & { readonly views: { name(needs: readonly Need[]): void } } {
  const recorded = history.map((event, index) => ({
    id: '',
    stream: 'wallet-test',
    version: index + 1,
    position: index + 1,
    recordedAt: '2026-10-14T09:38:00.000000Z',
    meta: {},
    event,
  }));
  const all = new Map<AnyProjection, ReadonlyMap<string, unknown>>(
    deciderProjections.map((projection) => [projection, project(projection, recorded)]),
  );
  const named = new Map<AnyProjection, Set<string>>(deciderProjections.map((projection) => [projection, new Set()]));
  const has = (projection: AnyProjection, bucket: string): boolean => named.get(projection)?.has(bucket) === true;
  return {
    version: history.length,
    views: {
      has,
      get<View>(projection: Projection<View, WalletEvent>, bucket: string): View {
        if (!has(projection, bucket))
          throw new ContractBroken(`${projection.name} ${bucket} was read without being named before`);
        return (all.get(projection)?.get(bucket) as View | undefined) ?? projection.initial;
      },
      name(needs) {
        for (const { projection, bucket } of needs) named.get(projection)?.add(bucket);
      },
    },
  };
}

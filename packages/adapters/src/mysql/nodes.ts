/** Where connections are opened: on one server, or on the first of a cluster's nodes that can be used. */
import { StoreError } from '@kakeibo/core';

import { placeOf } from './address.ts';
import type { Address } from './address.ts';
import { failureOf } from './failure.ts';
import { memberState } from './group-members.ts';
import { openSession } from './session.ts';
import type { Session, SessionOptions } from './session.ts';

type Kind = SessionOptions['kind'];

/**
 * Makes what opens connections. Of several nodes they are tried in their order, from the one that was opened last: one that is
 * away, out of its cluster or (for writing) no primary is passed over. Throws a `StoreError` that says of each why.
 *
 * @example
 * const open = createOpener(addresses, { connectTimeoutMs: 10_000, queryTimeoutMs: 30_000, busyTimeoutMs: 5_000 });
 * const session = await open('write');
 */
export function createOpener(
  nodes: readonly Address[],
  options: Omit<SessionOptions, 'address' | 'kind'>,
): (kind: Kind) => Promise<Session> {
  let preferred = 0;
  /** Which cluster they are nodes of. */
  let cluster: string | undefined;

  const openOn = async (address: Address, kind: Kind): Promise<Session> => {
    const session = await openSession({ address, ...options, kind });
    try {
      // Who has no other node to go to reads what there is; what is written outside of a group is lost to it.
      if (nodes.length > 1 || kind === 'write') await assertInGroup(session);
      if (nodes.length === 1) return session;
      const name = await clusterOf(session);
      if (name !== (cluster ??= name)) throw new StoreError('incompatible', 'it is a node of another cluster than the others');
      if (kind === 'write') assertPrimary(session);
      return session;
    } catch (error) {
      session.destroy();
      throw failureOf(error);
    }
  };

  return async (kind) => {
    const failures: string[] = [];
    const first = preferred;
    for (let step = 0; step < nodes.length; step += 1) {
      const at = (first + step) % nodes.length;
      const address = nodes[at] as Address;
      try {
        const session = await openOn(address, kind);
        preferred = at;
        return session;
      } catch (error) {
        if (nodes.length === 1 || !mayDifferElsewhere(error)) throw error;
        failures.push(error.message.startsWith(placeOf(address)) ? error.message : `${placeOf(address)}: ${error.message}`);
      }
    }
    throw new StoreError('unavailable', `no node can be used now: ${failures.join('; ')}`);
  };
}

/** What is wrong with a password or a schema is so on every node, and nobody is helped by hearing of the last one only. */
function mayDifferElsewhere(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.code === 'unavailable' || error.code === 'busy' || error.code === 'read-only');
}

async function assertInGroup({ run, server: { variables } }: Session): Promise<void> {
  if ((variables.get('group_replication_group_name') ?? '') === '') return;
  const state = await memberState((sql) => run(sql), variables);
  if (state !== undefined && state !== 'ONLINE')
    throw new StoreError(
      'unavailable',
      `the member is ${state}, not ONLINE in its group: use another, or START GROUP_REPLICATION`,
    );
}

function assertPrimary({ server: { variables } }: Session): void {
  if (variables.get('super_read_only') === 'ON' || variables.get('read_only') === 'ON')
    throw new StoreError('read-only', 'nothing is written to it now: it is not the primary');
}

/** By which name all nodes of its cluster know it. */
async function clusterOf({ run, server: { variables } }: Session): Promise<string> {
  const group = variables.get('group_replication_group_name') ?? '';
  if (group !== '') return group;
  if (variables.get('wsrep_on') !== 'ON')
    throw new StoreError(
      'refused',
      'several hosts are for the nodes of one cluster (Galera, Group Replication), and this is no node of one: a copy may lack what was acknowledged',
    );
  const rows = await run(
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_cluster_state_uuid')",
  );
  const status = new Map(rows.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
  if (status.get('wsrep_ready') !== 'ON' || status.get('wsrep_cluster_status') !== 'Primary')
    throw new StoreError('unavailable', 'the node is not part of its cluster now');
  return status.get('wsrep_cluster_state_uuid') ?? '';
}

/** Looks at what a cluster's settings leave of the promises. */
import type { Diagnosis } from '@kakeibo/core';

import type { SqlRunner } from '../sql/connection.ts';
import { membersOf, stateIn } from './group-members.ts';

/** Galera. Nothing when the server is no node of it. */
export async function diagnoseGalera(reader: SqlRunner, variables: ReadonlyMap<string, string>): Promise<readonly Diagnosis[]> {
  if (variables.get('wsrep_on') !== 'ON') return [];
  const rows = await reader.query("SHOW GLOBAL STATUS WHERE Variable_name LIKE 'wsrep_%'");
  const status = new Map(rows.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
  const said = (name: string): string => status.get(name) ?? 'unknown';
  const found: Diagnosis[] = [];
  const state = `${said('wsrep_cluster_status')}, ${said('wsrep_local_state_comment')}, ${said('wsrep_cluster_size')} nodes`;
  if (said('wsrep_cluster_status') !== 'Primary' || said('wsrep_ready') !== 'ON')
    found.push({ what: 'Galera', state: 'bad', message: `${state}: this node has no quorum or is not in step; use another` });
  else if (Number(said('wsrep_cluster_size')) < 3)
    found.push({ what: 'Galera', state: 'weak', message: `${state}: with fewer than three, one that fails stops all` });
  else found.push({ what: 'Galera', state: 'ok', message: state });
  if (Number(variables.get('wsrep_trx_fragment_size') ?? 0) > 0)
    found.push({ what: 'wsrep_trx_fragment_size', state: 'weak', message: 'transactions are sent in parts: set it to 0' });
  if ((variables.get('wsrep_osu_method') ?? 'TOI') !== 'TOI')
    found.push({ what: 'wsrep_osu_method', state: 'weak', message: 'tables are changed on one node only: set it to TOI' });
  found.push({
    what: 'power cut',
    state: 'ok',
    message: 'after all nodes failed, start the one with the highest recovered seqno first: the others may lack its last entries',
  });
  return found;
}

/** Group Replication. Nothing when the server is no member. */
export async function diagnoseGroup(reader: SqlRunner, variables: ReadonlyMap<string, string>): Promise<readonly Diagnosis[]> {
  if ((variables.get('group_replication_group_name') ?? '') === '') return [];
  const what = 'Group Replication';
  const mode = variables.get('group_replication_single_primary_mode') === 'ON' ? 'single primary' : 'multi-primary';
  const found: Diagnosis[] = [
    {
      what: 'group_replication_consistency',
      state: 'ok',
      message: `${variables.get('group_replication_consistency') ?? ''} for this ledger's connections, ${mode}`,
    },
  ];
  const members = await membersOf((sql) => reader.query(sql));
  if (members === undefined)
    return [
      ...found,
      {
        what,
        state: 'weak',
        message: 'this user may not see the members: GRANT SELECT ON performance_schema.replication_group_members',
      },
    ];
  const own = stateIn(members, variables);
  if (own !== 'ONLINE') return [...found, ...outOfGroup(own)];
  const online = members.filter(([, state]) => state === 'ONLINE').length;
  const said = `${online} of ${members.length} members are online`;
  if (online * 2 <= members.length) found.push({ what, state: 'bad', message: `${said}: writes wait for a majority` });
  else if (members.length < 3)
    found.push({ what, state: 'weak', message: `${said}: with fewer than three, one that fails stops all` });
  else found.push({ what, state: online < members.length ? 'weak' : 'ok', message: said });
  return found;
}

/** A member that came back before the group had noticed that it was gone is not let in, and does not ask again by itself. */
function outOfGroup(state: string): readonly Diagnosis[] {
  const remedy =
    state === 'RECOVERING'
      ? 'it is on its way back: wait, or use another'
      : 'use another; if it stays so, START GROUP_REPLICATION on it, and see its error log';
  return [
    {
      what: 'Group Replication',
      state: 'bad',
      message: `this member is ${state}, not ONLINE, and nothing is written to it: ${remedy}`,
    },
    { what: 'reads', state: 'weak', message: 'what is read from this member may be older than what others acknowledged' },
  ];
}

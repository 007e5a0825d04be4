/** Asks a member of Group Replication for the members of its group, and where they stand. */
import { StoreError } from '@kakeibo/core';

import type { SqlRow } from '../sql/connection.ts';
import { failureOf } from './failure.ts';

type Run = (sql: string) => Promise<readonly SqlRow[]>;

/** The state of the member that is asked. `undefined` when the user may not see it. */
export async function memberState(run: Run, variables: ReadonlyMap<string, string>): Promise<string | undefined> {
  const members = await membersOf(run);
  return members === undefined ? undefined : stateIn(members, variables);
}

/** The state of the member whose variables they are. One that is in no group knows of itself only, and not always by name. */
export function stateIn(members: readonly SqlRow[], variables: ReadonlyMap<string, string>): string {
  return String(members.find(([id]) => id === variables.get('server_uuid'))?.[1] ?? 'OFFLINE');
}

/** All members that the one that is asked knows of, each with its id and its state. `undefined` when the user may not see them. */
export async function membersOf(run: Run): Promise<readonly SqlRow[] | undefined> {
  try {
    return await run('SELECT member_id, member_state FROM performance_schema.replication_group_members');
  } catch (error) {
    const failure = failureOf(error);
    if (failure instanceof StoreError && failure.code === 'read-only') return undefined;
    throw failure;
  }
}

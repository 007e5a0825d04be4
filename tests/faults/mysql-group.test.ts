import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { MysqlOptions } from '@kakeibo/adapters/mysql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DATABASE, makeGroup } from '../servers/group-members.ts';
import type { Member } from '../servers/group-members.ts';
import { isInstalled } from '../servers/programs.ts';
import { freePort } from '../servers/ports.ts';
import { notRun } from './sqlite-mounts.ts';
import { batchOf } from './writing.ts';

const missing = isInstalled('mysql') ? undefined : 'there is no mysql here';
const folder = mkdtempSync(join(tmpdir(), 'kakeibo-group-'));
let member: Member;
let login: MysqlOptions;
beforeAll(async () => {
  if (missing !== undefined) return;
  [member] = (await makeGroup(folder, 1)) as [Member];
  login = { host: '127.0.0.1', port: member.port, user: 'app', password: 'apppw', database: DATABASE };
});
afterAll(() => {
  member?.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a store whose server is written to no longer says so, and goes on when it is again', async () => {
  if (missing !== undefined) return notRun('a primary that is none any more', missing);
  const { events, close } = await openMysql(login);
  expect((await events.append('a', batchOf(1), { expected: 0 })).kind).toBe('appended');
  await member.sql('SET GLOBAL super_read_only = ON');
  await expect(events.append('a', batchOf(1), { expected: 1 })).rejects.toMatchObject({
    code: 'read-only',
    message: expect.stringContaining('a replica, a secondary, or out of its group (super_read_only)'),
  });
  expect((await events.read('a', { after: 0, limit: 9 })).length).toBe(1);
  await member.sql('SET GLOBAL read_only = OFF');
  expect((await events.append('a', batchOf(1), { expected: 1 })).kind).toBe('appended');
  await close();
});

test('a group whose first host is away is opened on the next, and written to where it may be', async () => {
  if (missing !== undefined) return notRun('the next member of a group', missing);
  const url = `mysql://app:apppw@127.0.0.1:${await freePort()},127.0.0.1:${member.port}/${DATABASE}`;
  const { events, diagnose, close } = await openMysql({ url });
  expect((await events.append('b', batchOf(1), { expected: 0 })).kind).toBe('appended');
  expect(await diagnose()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: 'version', message: expect.stringMatching(`:${member.port} was looked at$`) }),
      expect.objectContaining({
        what: 'Group Replication',
        state: 'weak',
        message: expect.stringContaining('1 of 1 members are online: with fewer than three'),
      }),
    ]),
  );
  await close();
  await member.sql('SET GLOBAL super_read_only = ON');
  await expect(openMysql({ url })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/no node can be used now: .* gone .*; .*: nothing is written to it now/),
  });
  await member.sql('SET GLOBAL read_only = OFF');
});

test('a member that may show events in another order is told of', async () => {
  if (missing !== undefined) return notRun('a member in another order', missing);
  const { diagnose, close } = await openMysql(login);
  const told = async (): Promise<unknown> => (await diagnose()).find(({ what }) => what === 'binlog_order_commits');
  expect(await told()).toBe(undefined);
  await member.sql('SET GLOBAL binlog_order_commits = OFF');
  expect(await told()).toMatchObject({ state: 'weak', message: expect.stringContaining('may show gaps in the log') });
  await member.sql('SET GLOBAL binlog_order_commits = ON');
  await close();
});

test('a member that is out of its group is not written to, and an operator is told what to do', async () => {
  if (missing !== undefined) return notRun('a member out of its group', missing);
  await (await openMysql(login)).close();
  await member.sql('STOP GROUP_REPLICATION');
  // Even when nothing but us would keep anybody from it.
  for (const state of ['ON', 'OFF']) {
    await member.sql(`SET GLOBAL super_read_only = ${state}`);
    await expect(openMysql(login)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('the member is OFFLINE, not ONLINE in its group'),
    });
  }
  const { diagnose, close } = await openMysql({ ...login, access: 'read' });
  expect(await diagnose()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        what: 'Group Replication',
        state: 'bad',
        message: expect.stringContaining('START GROUP_REPLICATION'),
      }),
      expect.objectContaining({ what: 'reads', state: 'weak' }),
    ]),
  );
  await close();
});

/**
 * A drill by hand: three MySQL servers as one group with a single primary. Members are killed and halted, again and again, while
 * entries are written. `node tests/servers/group-replication.ts MINUTES`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql, MysqlOptions } from '@kakeibo/adapters/mysql';
import { StoreError } from '@kakeibo/core';
import type { StoredEvent } from '@kakeibo/core';

import type { AppenderLine } from '../faults/appender.ts';
import { wholeLog } from '../faults/history.ts';
import { countFaults } from '../faults/kill-cycles.ts';
import { batchOf, tally } from '../faults/writing.ts';
import { DATABASE, makeGroup, whole } from './group-members.ts';
import type { Member } from './group-members.ts';

const MINUTES = Number(process.argv[2] ?? 10);
const TIMES = { queryTimeoutMs: 10_000, busyTimeoutMs: 3_000 };
const LOGIN = { host: '127.0.0.1', user: 'app', password: 'apppw', database: DATABASE, ...TIMES };

/**
 * Appends for as long as told, on whichever place takes it: one that is a member, or one that names them all and finds its member
 * by itself. What nobody knows the end of is sent again, to the next place.
 */
async function writeOn(
  places: readonly MysqlOptions[],
  stream: string,
  goesOn: () => boolean,
  into: AppenderLine[],
): Promise<void> {
  const stores: (Mysql | undefined)[] = places.map(() => undefined);
  let [at, expected, isOpen] = [0, 0, false];
  let batch = batchOf(2);
  while (goesOn() || isOpen) {
    const ids = batch.map(({ id }) => id);
    try {
      const { events } = (stores[at] ??= await openMysql(places[at] ?? {}));
      const result = await events.append(stream, batch, { expected });
      if (result.kind === 'conflict' && !isOpen) throw new Error(`${stream} has another writer`);
      if (result.kind === 'appended' || result.kind === 'repeated') {
        into.push({ stream, ids, answer: 'appended', versions: result.events.map(({ version }) => version) });
        expected += batch.length;
        batch = batchOf(2);
        isOpen = false;
      }
      await sleep(5);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      isOpen ||= error.code === 'outcome-unknown';
      into.push({ stream, ids, answer: isOpen ? 'outcome-unknown' : error.code, versions: [] });
      if (error.code !== 'busy') at = (at + 1) % places.length;
      await sleep(50);
    }
  }
  for (const store of stores) await store?.close();
}

async function logOn(member: Member): Promise<readonly StoredEvent[]> {
  const { events, close } = await openMysql({ ...LOGIN, port: member.port, access: 'read' });
  const log = await wholeLog(events);
  await close();
  return log;
}

/** What befalls a member, one after another. One that is back before the group noticed is not let in until it asks again. */
const FAULTS: readonly {
  readonly what: 'killed' | 'halted' | 'replaced';
  readonly who: 'primary' | 'secondary';
  readonly forMs: number;
}[] = [
  { what: 'killed', who: 'primary', forMs: 3_000 },
  { what: 'killed', who: 'secondary', forMs: 0 },
  { what: 'killed', who: 'primary', forMs: 12_000 },
  { what: 'halted', who: 'primary', forMs: 20_000 },
  { what: 'killed', who: 'primary', forMs: 0 },
  { what: 'replaced', who: 'primary', forMs: 3_000 },
  { what: 'halted', who: 'secondary', forMs: 20_000 },
];

async function strike(members: readonly Member[], { what, who, forMs }: (typeof FAULTS)[number]): Promise<void> {
  const primary = await whole(members);
  const member = members[who === 'primary' ? primary : (primary + 1) % members.length] as Member;
  if (what === 'killed') member.kill();
  else if (what === 'halted') member.halt();
  else await makePrimary(members[(primary + 1) % members.length] as Member);
  await sleep(forMs);
  if (what === 'killed') await member.start();
  else if (what === 'halted') member.goOn();
  await sleep(1_000);
  await whole(members);
}

/** As an operator does before a primary is taken away. */
async function makePrimary(member: Member): Promise<void> {
  const [row] = await member.sql('SELECT @@server_uuid AS id');
  await member.sql(`SELECT group_replication_set_as_primary('${String(row?.['id'])}')`);
}

async function drill(members: readonly Member[]): Promise<void> {
  const primary = members[await whole(members)] as Member;
  await (await openMysql({ ...LOGIN, port: primary.port })).close();
  const lines: AppenderLine[] = [];
  const began = performance.now();
  let isOver = false;
  const struck: Record<string, number> = {};
  const one = members.map(({ port }) => ({ ...LOGIN, port }));
  const all = { url: `mysql://app:apppw@${members.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${DATABASE}`, ...TIMES };
  const writers = Object.entries({ a: one, b: one, c: [all] }).map(([stream, places]) =>
    writeOn(places, stream, () => !isOver, lines),
  );
  try {
    for (let round = 0; performance.now() - began < MINUTES * 60_000; round += 1) {
      await sleep(2_000);
      const fault = FAULTS[round % FAULTS.length] as (typeof FAULTS)[number];
      await strike(members, fault);
      struck[`${fault.who} ${fault.what}`] = (struck[`${fault.who} ${fault.what}`] ?? 0) + 1;
      console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${JSON.stringify({ ...struck, ...tally(lines) })}`);
    }
  } finally {
    isOver = true;
  }
  await Promise.all(writers);
  const logs = await Promise.all(members.map(logOn));
  const equal = new Set(logs.map((log) => JSON.stringify(log.map(({ id }) => id)))).size === 1;
  console.log(JSON.stringify({ ...struck, equal, ...tally(lines), ...countFaults(logs[0] ?? [], lines, 2) }));
}

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-group-'));
const members = await makeGroup(folder);
try {
  await drill(members);
} finally {
  for (const member of members) {
    member.goOn();
    member.kill();
  }
  await sleep(500);
  rmSync(folder, { recursive: true, force: true });
}

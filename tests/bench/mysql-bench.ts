/** The MySQL store against bare mysql2 on the same server: `node tests/bench/mysql-bench.ts`. */
import { openMysql } from '@kakeibo/adapters/mysql';
import { createConnection } from 'mysql2';
import type { NewEvent } from '@kakeibo/core';
import { mariadbServer, mysqlServer, type TestServer } from '../servers/mysql-servers.ts';
import { isInstalled, type Engine } from '../servers/programs.ts';
import { compare, hundred, newEvent, oneByOne, replay, type BenchRow } from './turns.ts';

const COLUMNS = 'position, stream, version, id, type, data, meta, recorded_at';
const rowOf = (position: number, stream: string, { id, type, data, meta }: NewEvent): (string | number)[] => [
  position,
  stream,
  position,
  id,
  type,
  JSON.stringify(data),
  JSON.stringify(meta),
  Date.now() * 1000,
];

/** The driver by hand, in a database of its own with the same tables: one insert, one commit. */
async function openBare(url: string) {
  await (await openMysql({ url })).close();
  const raw = createConnection({ uri: url, supportBigNumbers: true });
  const connection = raw.promise();
  let position = 0;
  return {
    /** One event in each of so many streams, like as many appenders. */
    async insert(stream: string, count: number) {
      const rows = Array.from({ length: count }, (_, at) => rowOf((position += 1), `${stream}-${at}`, newEvent()));
      const marks = rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
      // As the driver's manual has it.
      await connection.beginTransaction();
      await connection.execute(`INSERT INTO events (${COLUMNS}) VALUES ${marks}`, rows.flat());
      await connection.commit();
    },
    /** Every row, streamed, with its JSON read. */
    async readAll() {
      const stream = raw.query(`SELECT ${COLUMNS} FROM events ORDER BY position`).stream();
      let count = 0;
      for await (const row of stream as AsyncIterable<Record<string, unknown>>) {
        row['parsed'] = [JSON.parse(String(row['data'])), JSON.parse(String(row['meta']))];
        count += 1;
      }
      return count;
    },
    close: () => connection.end(),
  };
}

async function benchServer(name: string, server: TestServer): Promise<readonly BenchRow[]> {
  const { events, close } = await openMysql({ url: await server.freshDatabase() });
  const bare = await openBare(await server.freshDatabase());
  const single = { name: `${name}: single append`, goal: 0.8, rounds: 150, operations: 20 };
  const concurrent = { name: `${name}: 100 concurrent appenders`, goal: 0.7, rounds: 20, operations: 300 };
  const twenty = (to: typeof bare) => async (): Promise<void> => {
    for (let at = 0; at < 20; at += 1) await to.insert('one', 1);
  };
  const rows = [
    await compare(single, oneByOne(events, 'one', 20), twenty(bare)),
    await compare(concurrent, hundred(events, 'many', 3), async () => {
      for (let batch = 0; batch < 3; batch += 1) await bare.insert('many', 100);
    }),
  ];
  for (let expected = 0; expected < 20_000; expected += 1_000)
    await events.append(
      'log',
      Array.from({ length: 1_000 }, () => newEvent()),
      { expected },
    );
  const whole = await replay(events);
  for (let more = whole; more > 0; more -= 500) await bare.insert('fill', Math.min(500, more));
  rows.push(
    await compare(
      { name: `${name}: replay`, goal: 0.7, rounds: 6, operations: whole },
      async () => void (await replay(events)),
      async () => void (await bare.readAll()),
    ),
  );
  await bare.close();
  await close();
  return rows;
}

const SERVERS: Readonly<Record<Engine, readonly [name: string, start: () => Promise<TestServer>]>> = {
  mysql: ['MySQL', mysqlServer],
  mariadb: ['MariaDB', mariadbServer],
};

/** Both servers, as far as they are installed. */
export async function mysqlBench(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [engine, [name, start]] of Object.entries(SERVERS)) {
    if (isInstalled(engine as Engine)) rows.push(...(await benchServer(name, await start())));
    else process.stdout.write(`Not measured: ${name} is not installed.\n`);
  }
  return rows;
}

if (process.argv[1] === import.meta.filename) {
  console.table(await mysqlBench());
  process.exit();
}

/** The Db2 store against bare ibm_db on the test bed (IBM's client, Derby's server): `node tests/bench/db2-bench.ts`. */
import { createRequire } from 'node:module';
import { freshDb2, freshLine, run } from '../db2/derby.ts';
import { hasDb2 } from '../db2/presence.ts';
import { compare, hundred, newEvent, oneByOne, replay, type BenchRow } from './turns.ts';

const COLUMNS = 'position, stream, version, id, type, data, meta, recorded_at';
const TABLE = `CREATE TABLE bare (position BIGINT NOT NULL PRIMARY KEY, stream VARCHAR(256) NOT NULL, version BIGINT NOT NULL,
  id VARCHAR(36) NOT NULL, type VARCHAR(256) NOT NULL, data VARCHAR(16384) NOT NULL, meta VARCHAR(15700) NOT NULL,
  recorded_at BIGINT NOT NULL)`;

interface Statement {
  executeNonQuery(parameters: readonly unknown[], answer: (error: unknown, count: number) => void): void;
  closeSync(): void;
}
interface Connection {
  beginTransaction(answer: (error: unknown) => void): void;
  commitTransaction(answer: (error: unknown) => void): void;
  prepareSync(sql: string): Statement;
  query(sql: string, answer: (error: unknown, rows: readonly Readonly<Record<string, unknown>>[]) => void): void;
  closeSync(): void;
}

const answered = <Value>(call: (answer: (error: unknown, value: Value) => void) => void): Promise<Value> =>
  new Promise((resolve, reject) => {
    call((error, value) => (error === null || error === undefined ? resolve(value) : reject(error as Error)));
  });

/** The binding by hand, with a table like ours: begin, insert, commit. */
async function openBare() {
  const { options } = await freshLine();
  await run(
    options,
    TABLE,
    'CREATE UNIQUE INDEX bare_by_stream ON bare (stream, version)',
    'CREATE UNIQUE INDEX bare_by_id ON bare (id)',
  );
  const { openSync } = createRequire(new URL('../db2/package.json', import.meta.url))('ibm_db') as {
    openSync(text: string): Connection;
  };
  const connection = openSync(
    `DATABASE=KAKEIBO;HOSTNAME=127.0.0.1;PORT=${options.port};PROTOCOL=TCPIP;UID=app;PWD=app;AUTHENTICATION=SERVER;CURRENTSCHEMA=${options.schema};`,
  );
  await answered((answer) => connection.query(`SET SCHEMA ${options.schema}`, answer));
  const statements = new Map<number, Statement>();
  const statementFor = (count: number): Statement => {
    const marks = new Array<string>(count).fill('(?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
    const statement = statements.get(count) ?? connection.prepareSync(`INSERT INTO bare (${COLUMNS}) VALUES ${marks}`);
    statements.set(count, statement);
    return statement;
  };
  let position = 0;
  return {
    /** One event in each of so many streams, like as many appenders. */
    async insert(count: number) {
      const rows = Array.from({ length: count }, (_, at) => {
        const { id, type, data, meta } = newEvent();
        position += 1;
        return [position, `many-${at}`, position, id, type, JSON.stringify(data), JSON.stringify(meta), Date.now()];
      });
      await answered((answer) => connection.beginTransaction((error) => answer(error, undefined)));
      await answered((answer) => statementFor(count).executeNonQuery(rows.flat(), answer));
      await answered((answer) => connection.commitTransaction((error) => answer(error, undefined)));
    },
    async readAll() {
      const rows = await answered<readonly Readonly<Record<string, unknown>>[]>((answer) =>
        connection.query(`SELECT ${COLUMNS} FROM bare ORDER BY position`, answer),
      );
      return rows.map((row) => [JSON.parse(String(row['DATA'])), JSON.parse(String(row['META']))] as unknown[]).length;
    },
    close() {
      for (const statement of statements.values()) statement.closeSync();
      connection.closeSync();
    },
  };
}

/** Ours and the bare binding. Nothing when IBM's client or Derby is not there. */
export async function db2Bench(): Promise<readonly BenchRow[]> {
  if (!hasDb2()) {
    process.stdout.write('Not measured: Db2 (tests/db2/install.sh brings the client).\n');
    return [];
  }
  const { events, close } = await (await freshDb2()).open();
  const bare = await openBare();
  const single = { name: 'Db2 test bed: single append', goal: 0.7, rounds: 200, operations: 5 };
  const concurrent = { name: 'Db2 test bed: 100 concurrent appenders', goal: 0.7, rounds: 30, operations: 300 };
  const rows = [
    await compare(single, oneByOne(events, 'one', 5), async () => {
      for (let at = 0; at < 5; at += 1) await bare.insert(1);
    }),
    await compare(concurrent, hundred(events, 'many', 3), async () => {
      for (let batch = 0; batch < 3; batch += 1) await bare.insert(100);
    }),
  ];
  const whole = await replay(events);
  await bare.insert(100);
  rows.push(
    await compare(
      { name: 'Db2 test bed: replay', goal: 0.7, rounds: 4, operations: whole },
      async () => void (await replay(events)),
      async () => void (await bare.readAll()),
    ),
  );
  bare.close();
  await close();
  return rows;
}

if (process.argv[1] === import.meta.filename) {
  console.table(await db2Bench());
  process.exit();
}

/** A server that only pretends: it says which version it is, and answers as it is told. TLS is beyond it. */
import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A pretended server. */
export interface Pretended {
  readonly url: string;
  close(): Promise<void>;
}

/** What it answers to a statement: an error of the server's, or nothing, which is an empty OK. */
export type Answer = { readonly code: number; readonly message: string } | undefined;

/** Starts one of a version. */
export async function pretend(version: string, answer: (sql: string) => Answer = () => undefined): Promise<Pretended> {
  const server = createServer((client) => {
    client.on('error', () => undefined);
    let isIn = false;
    send(client, 0, [greeting(version)]);
    client.on('data', (data) => {
      if (!isIn) {
        isIn = true;
        send(client, 2, [OK]);
        return;
      }
      const sql = data.toString('latin1', 5);
      const said = answer(sql);
      if (sql.startsWith('SHOW VARIABLES')) send(client, 1, rows(['version', version]));
      else send(client, 1, [said === undefined ? OK : failure(said)]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `mysql://app@127.0.0.1:${port}/x`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const END = Buffer.from([0xfe, 0, 0, 2, 0]);

/** Protocol 4.1 with transactions and plugins for logging in; neither TLS nor attributes. */
const CAPABILITIES = 0x0008_a20d;

/** Each behind its length and number. */
function send(client: Socket, first: number, packets: readonly Buffer[]): void {
  for (const [at, packet] of packets.entries()) {
    const head = Buffer.alloc(4);
    head.writeUIntLE(packet.length, 0, 3);
    head[3] = first + at;
    client.write(Buffer.concat([head, packet]));
  }
}

function greeting(version: string): Buffer {
  const low = CAPABILITIES & 0xff_ff;
  const high = CAPABILITIES >>> 16;
  return Buffer.concat([
    Buffer.from([10]),
    Buffer.from(`${version}\0`),
    Buffer.from([7, 0, 0, 0]),
    Buffer.from('12345678\0'),
    Buffer.from([low & 0xff, low >> 8, 45, 2, 0, high & 0xff, high >> 8, 21]),
    Buffer.alloc(10),
    Buffer.from('123456789012\0mysql_native_password\0'),
  ]);
}

const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);

function failure({ code, message }: { readonly code: number; readonly message: string }): Buffer {
  return Buffer.concat([Buffer.from([0xff, code & 0xff, code >> 8]), Buffer.from(`#HY000${message}`)]);
}

/** A row of texts. */
function rows(row: readonly string[]): readonly Buffer[] {
  const column = Buffer.concat([
    text('def'),
    ...['', '', '', 'c', 'c'].map(text),
    Buffer.from([12, 45, 0, 0, 1, 0, 0, 253, 0, 0, 0, 0, 0]),
  ]);
  return [Buffer.from([row.length]), ...row.map(() => column), END, Buffer.concat(row.map(text)), END];
}

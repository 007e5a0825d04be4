/** As much of DRDA, the protocol that Db2 and Derby speak, as a bridge between the two needs. */

/** Commands of a client, by code point. */
export const COMMANDS = {
  connect: 0x2001,
  commit: 0x200e,
  rollback: 0x200f,
  execute: 0x200b,
  open: 0x200c,
  prepare: 0x200d,
  check: 0x106e,
} as const;

const DESCRIBE = 0x2008;
const PASSWORD = 0x11a1;
const CONNECTED = 0x2201;
const OUTCOME = 0x2408;
const PRODUCT_ID_SQL = Buffer.from([0x11, 0x2e, 0x53, 0x51, 0x4c]); // PRDID, 'SQL'
const QUERY_INSTANCE = Buffer.from([0x00, 0x0c, 0x21, 0x5b]);
const TYPE_OVERRIDES = Buffer.from([0x00, 0x35]);

/** What a message's tokens may take in an SQLCA. */
const MOST_TOKENS = 70;

/**
 * Cuts a byte stream into data stream structures: length, 0xD0, format, correlation, then objects of length and code point.
 * One that goes on in further segments comes whole, and its objects are not looked into.
 */
export class Frames {
  private pending = Buffer.alloc(0);

  /** What is whole after these bytes. */
  *push(data: Buffer): Generator<Buffer> {
    this.pending = Buffer.concat([this.pending, data]);
    for (;;) {
      const length = wholeLength(this.pending);
      if (length === undefined) return;
      if (length < 6) throw new Error('this is not DRDA');
      yield this.pending.subarray(0, length);
      this.pending = this.pending.subarray(length);
    }
  }
}

function wholeLength(bytes: Buffer): number | undefined {
  let end = 0;
  for (let goesOn = true; goesOn;) {
    if (bytes.length < end + 2) return undefined;
    const head = bytes.readUInt16BE(end);
    end += head & 0x7fff;
    goesOn = (head & 0x8000) !== 0;
  }
  return bytes.length < end ? undefined : end;
}

function isSegmented(frame: Buffer): boolean {
  return (frame.readUInt16BE(0) & 0x8000) !== 0;
}

/** The code point of its first object. */
export function commandOf(frame: Buffer): number {
  return isSegmented(frame) || frame.length < 10 ? 0 : frame.readUInt16BE(8);
}

/** The password in a security check. */
export function passwordOf(frame: Buffer): Buffer | undefined {
  for (let at = 10; at + 4 <= frame.length; at += Math.max(frame.readUInt16BE(at), 4)) {
    if (frame.readUInt16BE(at + 2) === PASSWORD) return frame.subarray(at + 4, at + frame.readUInt16BE(at));
  }
  return undefined;
}

/** IBM's client to Derby: another product id, and no query instance where Derby refuses one. */
export function toServer(frame: Buffer): Buffer {
  const command = commandOf(frame);
  if (command === COMMANDS.connect) {
    const at = frame.indexOf(PRODUCT_ID_SQL);
    // The newest one that Derby accepts without session data that only its own client understands.
    if (at > 0) frame.write('DNC10030', at + 2, 'latin1');
  } else if (command === DESCRIBE) {
    const at = frame.indexOf(QUERY_INSTANCE);
    if (at > 0) return withLengths(frame, 6, Buffer.concat([frame.subarray(0, at), frame.subarray(at + 12)]));
  }
  return frame;
}

/** Derby to IBM's client: lengths and outcomes as Db2 gives them. */
export function toClient(frame: Buffer): Buffer {
  const reply = commandOf(frame);
  if (reply === CONNECTED) {
    // The type overrides are 16 bytes long, but Derby counts the two objects that follow, one with the user's name, as part of them.
    const at = frame.indexOf(TYPE_OVERRIDES);
    if (at > 2) frame.writeUInt16BE(16, at - 2);
  }
  if (isSegmented(frame)) return frame;
  for (let at = 6; at + 4 <= frame.length;) {
    const length = frame.readUInt16BE(at);
    if (length < 4) break;
    if (frame.readUInt16BE(at + 2) === OUTCOME) return withOutcome(frame, at);
    at += length;
  }
  return frame;
}

/** An SQLCA: Derby says 10000 where Db2 says 100 (no row), and puts more into the message than the client bears. */
function withOutcome(frame: Buffer, object: number): Buffer {
  const start = object + 4;
  if (frame[start] !== 0) return frame;
  if (frame.toString('latin1', start + 5, start + 10) === '02000') frame.writeInt32BE(100, start + 1);
  if (frame[start + 18] !== 0) return frame;
  const tokens = start + 56 + frame.readUInt16BE(start + 54);
  const length = frame.readUInt16BE(tokens);
  if (length <= MOST_TOKENS) return frame;
  frame.writeUInt16BE(MOST_TOKENS, tokens);
  const kept = frame.subarray(0, tokens + 2 + MOST_TOKENS);
  return withLengths(frame, object, Buffer.concat([kept, frame.subarray(tokens + 2 + length)]));
}

/** A frame that became shorter, within the object that begins there. */
function withLengths(before: Buffer, object: number, after: Buffer): Buffer {
  after.writeUInt16BE(after.length, 0);
  after.writeUInt16BE(before.readUInt16BE(object) - (before.length - after.length), object);
  return after;
}

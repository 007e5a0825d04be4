import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

const BREAK = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const MAX_PARTS = 8;
const MAX_HEAD_BYTES = 2_000;

/**
 * The parts of a form (RFC 7578) by their names, as bytes. A part that comes twice, or a form without its end, is refused; what is
 * in a part nobody looks at here.
 */
export function formParts({ headers }: Pick<IncomingMessage, 'headers'>, body: Buffer): ReadonlyMap<string, Buffer> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(headers['content-type'] ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed('its Content-Type has no boundary');
  const mark = Buffer.from(`--${boundary}`);
  const parts = new Map<string, Buffer>();
  let at = body.subarray(0, mark.length).equals(mark) ? 0 : -1;
  if (at < 0) throw malformed('it does not begin with its boundary');
  while (!isEnd(body, at + mark.length)) {
    if (parts.size >= MAX_PARTS) throw malformed(`it has more than ${MAX_PARTS} parts`);
    const from = at + mark.length;
    const headEnd = body.subarray(from, from + MAX_HEAD_BYTES).indexOf(HEAD_END);
    if (headEnd < 0) throw malformed('a part of it has no end of its headers');
    const name = nameIn(body.subarray(from, from + headEnd).toString());
    const start = from + headEnd + HEAD_END.length;
    const end = body.indexOf(Buffer.concat([BREAK, mark]), start);
    if (end < 0) throw malformed('it is cut off');
    if (parts.has(name)) throw malformed(`the part “${name}” comes twice`);
    parts.set(name, body.subarray(start, end));
    at = end + BREAK.length;
  }
  return parts;
}

function isEnd(body: Buffer, at: number): boolean {
  return body[at] === 0x2d && body[at + 1] === 0x2d;
}

function nameIn(head: string): string {
  const [, name] = /^content-disposition:\s*form-data\s*;(?:[^\r\n]{0,500}?;)?\s*name="([^"\r\n]{1,100})"/im.exec(head) ?? [];
  if (name === undefined) throw malformed('a part of it has no name');
  return name;
}

function malformed(why: string): Problem {
  return new Problem(400, 'request-invalid', `The form cannot be read: ${why}.`);
}

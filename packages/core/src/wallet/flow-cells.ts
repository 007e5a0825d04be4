import { setOwn } from './own-key.ts';

/** Minor units by category (or payee, or tag); income without one is under the empty text. Cells that come to nothing are left out. */
export type Cells = Readonly<Record<string, string>>;

/** What came in and went out in one part (a year, a month or a day), refunds taken off what went out; and what transfers moved. */
export interface Flow {
  readonly in: Cells;
  readonly out: Cells;
  readonly moved?: Cells;
}

/** The cells of {@link Flow.moved}. */
export const MOVED_IN = 'in';
export const MOVED_OUT = 'out';

/** A bucket: its parts by name. `all` holds years, `2026` months, `2026-10` days. */
export type Flows = Readonly<Record<string, Flow>>;

type OwnCells = Record<string, string>;

/** Cells that nobody else holds get an amount more. */
function addTo(cells: OwnCells, cell: string, minor: bigint): 'kept' | 'gone' {
  const sum = (Object.hasOwn(cells, cell) ? BigInt(cells[cell] ?? '0') : 0n) + minor;
  if (sum === 0n) delete cells[cell];
  else setOwn(cells, cell, sum.toString());
  return sum === 0n ? 'gone' : 'kept';
}

/** An amount that an entry puts into a cell of a side. */
export interface CellChange {
  readonly side: 'in' | 'out' | 'moved';
  readonly cell: string;
  readonly minor: bigint;
}

/** A flow, and flows, that nobody else holds. */
export interface OwnFlow {
  in: OwnCells;
  out: OwnCells;
  moved?: OwnCells;
}
export type OwnFlows = Record<string, OwnFlow>;

export function copied({ in: came, out: went, moved }: Flow): OwnFlow {
  return { in: { ...came }, out: { ...went }, ...(moved === undefined ? {} : { moved: { ...moved } }) };
}

function isEmpty(cells: Cells): boolean {
  for (const _ in cells) return false;
  return true;
}

/** Puts changes into a part of flows that nobody else holds. */
export function change(view: OwnFlows, part: string, changes: readonly CellChange[], sign: 1n | -1n): void {
  const flow = (view[part] ??= { in: {}, out: {} });
  let last: 'kept' | 'gone' = 'gone';
  for (const { side, cell, minor } of changes) last = addTo((flow[side] ??= {}), cell, sign * minor);
  // Looking whether an object has a key takes the longer the more it has, and the cell that was kept last is one.
  if (last === 'kept') return;
  if (isEmpty(flow.in) && isEmpty(flow.out) && isEmpty(flow.moved ?? {})) delete view[part];
}

/** Several flows together; undefined when they come to nothing. */
export function sumFlows(parts: readonly Flow[]): Flow | undefined {
  const view: OwnFlows = {};
  for (const flow of parts) {
    for (const side of ['in', 'out', 'moved'] as const) {
      const cells = flow[side] ?? {};
      const changes = Object.keys(cells).map((cell) => ({ side, cell, minor: BigInt(cells[cell] ?? '0') }));
      change(view, 'sum', changes, 1n);
    }
  }
  return view['sum'];
}

import type { Connection } from './connect.ts';
import type { Output } from './output.ts';
import type { Target } from './target.ts';

/** What every command is given that asks a ledger. */
export interface Given<Options> {
  readonly connection: Connection;
  readonly output: Output;
  readonly options: Options;
}

/** What a command is given that works on a store itself. */
export interface GivenTarget<Options> {
  readonly target: Target;
  readonly output: Output;
  readonly options: Options;
}

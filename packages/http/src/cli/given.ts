import type { Connection } from './connect.ts';
import type { Output } from './output.ts';

/** What every command is given. */
export interface Given<Options> {
  readonly connection: Connection;
  readonly output: Output;
  readonly options: Options;
}

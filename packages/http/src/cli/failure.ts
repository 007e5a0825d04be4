/** How a command ends: what a shell can act on. */
export const EXIT = {
  /** The ledger refused it, or a check found something. */
  refused: 1,
  /** The words of the command are off. */
  usage: 2,
  /** The ledger cannot be reached or opened, or broke on the way. */
  broken: 3,
} as const;

/** Why a command did not do what it was asked: one line for a person, and the problem for a program. */
export class Failure extends Error {
  readonly exitCode: number;
  readonly problem: object;

  constructor(message: string, exitCode: number, problem: object = { detail: message }) {
    super(message);
    this.name = 'Failure';
    this.exitCode = exitCode;
    this.problem = problem;
  }
}

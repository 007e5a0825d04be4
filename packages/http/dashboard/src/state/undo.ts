import { reasonOf, say, warn } from './toast.ts';

/** Something that was done, in words, and the way back, which is itself a new event. */
export interface Deed {
  readonly said: string;
  readonly undo?: (() => Promise<Deed>) | undefined;
}

const MOST = 50;
const done: Deed[] = [];
const undone: Deed[] = [];

/** Tells what was done, and offers to undo it. */
export function did(deed: Deed): void {
  undone.length = 0;
  record(deed);
}

function record(deed: Deed): void {
  if (deed.undo === undefined) {
    say(deed.said);
    return;
  }
  done.push(deed);
  if (done.length > MOST) done.shift();
  say(deed.said, () => void undoThis(deed));
}

async function undoThis(deed: Deed): Promise<void> {
  const at = done.lastIndexOf(deed);
  if (at < 0 || deed.undo === undefined) return;
  done.splice(at, 1);
  try {
    const back = await deed.undo();
    if (back.undo !== undefined) undone.push(back);
    say(back.said);
  } catch (error) {
    done.push(deed);
    warn(`Not undone. ${reasonOf(error)}`);
  }
}

/** Where nothing was done on this page, the ledger knows what was done last. */
export interface UndoBeyond {
  readonly undo: () => Promise<Deed>;
  readonly redo: () => Promise<Deed>;
}

export function undoLast(beyond?: UndoBeyond): void {
  const deed = done.at(-1);
  if (deed !== undefined) void undoThis(deed);
  else if (beyond === undefined) say('Nothing to undo since this page was opened.');
  else
    beyond.undo().then(
      (back) => {
        undone.push(back);
        say(back.said);
      },
      (error: unknown) => warn(`Not undone. ${reasonOf(error)}`),
    );
}

export function redoLast(beyond?: UndoBeyond): void {
  const redo = undone.pop()?.undo ?? beyond?.redo;
  if (redo === undefined) say('Nothing to redo.');
  else redo().then(record, (error: unknown) => warn(`Not redone. ${reasonOf(error)}`));
}

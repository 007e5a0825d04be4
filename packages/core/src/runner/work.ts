import { StoreError } from '../ports/event-store.ts';
import type { Hold } from '../ports/lease-store.ts';
import type { Timer } from '../ports/timer.ts';
import type { Task, ToDoList } from '../reactions/to-do.ts';

export interface WorkOptions {
  readonly lists: readonly ToDoList[];
  readonly timer: Timer;
  readonly onError: (error: unknown, key: string) => void;
  readonly concurrency: number;
  /** Whether it may work now, and in which term; without it, always. */
  readonly permit?: () => Permit | undefined;
}

/** The leave to work: with the term of the lease, when it comes from one. */
interface Permit {
  readonly hold?: Hold;
}

const ALWAYS: Permit = {};

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 30_000;

/** How long to wait before it is tried again: twice as long each time, up to a bound. */
export function delayOf(tries: number): number {
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 20));
}

/** Whether waiting can help: a store that is busy, full or away comes back; a closed one does not, and a bug is no matter of time. */
export function mayPass(error: unknown): boolean {
  return error instanceof StoreError && error.code !== 'closed';
}

/** A task, and where it stands. */
interface Listed extends Task {
  readonly list: ToDoList;
}

/** Works lists off in rounds: reads what there is to do, does it a few at a time, and reads again until nothing is left. */
export class Work {
  readonly #options: WorkOptions;
  /** How often each task or list failed since it last worked. */
  readonly #tries = new Map<string, number>();
  /** What waits to be tried again. */
  readonly #waiting = new Set<string>();
  /** What was done, or failed for good, and is not off its list yet, by that list: so nothing that changes nothing runs round and round. */
  readonly #aside = new Map<string, ToDoList>();
  readonly #watchers: (() => void)[] = [];
  #isMoved = false;
  #round: Promise<void> | undefined;
  #closed = false;

  constructor(options: WorkOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** There may be something to do. */
  wake(): void {
    this.#isMoved = true;
    this.resume();
  }

  /** Goes on with what it may not have been allowed to do before. */
  resume(): void {
    if (this.#closed || !this.#isMoved || this.#permit() === undefined) return;
    this.#round ??= this.#rounds().finally(() => {
      this.#round = undefined;
      // What was said after the last look, and before this, is not slept through.
      this.resume();
      this.#rest();
    });
  }

  /** Looks at everything anew, also at what was done or failed: others may have worked in between. */
  begin(): void {
    this.#aside.clear();
    this.wake();
  }

  /** Settles when nothing is to be done and nothing waits. */
  settled(): Promise<void> {
    this.wake();
    return new Promise((resolve) => {
      this.#watchers.push(resolve);
      this.#rest();
    });
  }

  /** Lets what is being done end, and begins nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#round;
    this.#rest();
  }

  #permit(): Permit | undefined {
    const { permit } = this.#options;
    return permit === undefined ? ALWAYS : permit();
  }

  #rest(): void {
    if (this.#round !== undefined) return;
    const isDone = this.#waiting.size === 0 && !this.#isMoved;
    if (isDone || this.#closed || this.#permit() === undefined) for (const watcher of this.#watchers.splice(0)) watcher();
  }

  async #rounds(): Promise<void> {
    while (this.#isMoved && !this.#closed && this.#permit() !== undefined) {
      this.#isMoved = false;
      const listed = await this.#read();
      const tasks = listed.filter(({ key }) => !this.#waiting.has(key) && !this.#aside.has(key));
      if (tasks.length > 0) this.#isMoved = true;
      await this.#runAll(tasks);
    }
  }

  /** What all lists have now. What is no longer on its list is forgotten, whatever becomes of the others. */
  async #read(): Promise<readonly Listed[]> {
    const listed: Listed[] = [];
    for (const [index, list] of this.#options.lists.entries()) {
      const key = `list ${index}`;
      if (this.#waiting.has(key) || this.#aside.has(key)) continue;
      const read = async (): Promise<void> => {
        const tasks = await list.tasks();
        listed.push(...tasks.map((task) => ({ key: task.key, run: (hold?: Hold) => task.run(hold), list })));
        const keys = new Set(tasks.map((task) => task.key));
        for (const [each, own] of this.#aside) if (own === list && !keys.has(each)) this.#aside.delete(each);
      };
      await this.#attempt({ key, list }, read);
    }
    return listed;
  }

  async #runAll(tasks: readonly Listed[]): Promise<void> {
    const left = tasks.values();
    const runNext = async (): Promise<void> => {
      for (const task of left) {
        const permit = this.#permit();
        if (this.#closed || permit === undefined) return;
        if (await this.#attempt(task, () => task.run(permit.hold))) this.#aside.set(task.key, task.list);
      }
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, runNext));
  }

  /** Tries something; what fails is tried again after a while, if that can help. */
  async #attempt({ key, list }: Pick<Listed, 'key' | 'list'>, run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      this.#tries.delete(key);
      return true;
    } catch (error) {
      this.#options.onError(error, key);
      if (mayPass(error)) this.#tryAgain(key);
      else this.#aside.set(key, list);
      return false;
    }
  }

  #tryAgain(key: string): void {
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    this.#waiting.add(key);
    const again = (): void => {
      this.#waiting.delete(key);
      this.wake();
    };
    this.#options.timer.sleep(delayOf(tries)).then(again, again);
  }
}

import { signal } from '@preact/signals';
import { type EntryQuery, readEntries } from '../api/reads.ts';
import type { Entry, EntryTotals } from '../api/types.ts';
import { LineDown } from '../api/client.ts';
import { lineIsDown } from '../state/line.ts';

const PAGE = 200;

/** The rows of one question, fetched page by page by key. The old rows stay until the new ones are all here. */
export class Pager {
  readonly rows = signal<readonly Entry[] | undefined>(undefined);
  readonly next = signal<string | null>(null);
  readonly totals = signal<EntryTotals | undefined>(undefined);
  readonly fault = signal<Error | undefined>(undefined);
  /** How far down somebody looks: what lies deeper is read again when it comes into sight. */
  inSight = 0;
  readonly #walletId: string;
  readonly #ask: EntryQuery;
  #running: Promise<void> | undefined;
  #gone = false;

  constructor(walletId: string, ask: EntryQuery) {
    this.#walletId = walletId;
    this.#ask = ask;
  }

  stop(): void {
    this.#gone = true;
  }

  /** One more page, unless one is on its way or there is none. */
  async more(): Promise<void> {
    if (this.#running !== undefined) return this.#running;
    const rows = this.rows.peek();
    if (rows !== undefined && this.next.peek() === null) return undefined;
    return this.#alone(async () => this.#append(rows ?? []));
  }

  /** Reads again the rows that are looked at, and shows them in one step. */
  async refresh(): Promise<void> {
    await this.#running;
    return this.#alone(async () => {
      const wanted = Math.min(this.rows.peek()?.length ?? 0, this.inSight + PAGE);
      let rows: readonly Entry[] = [];
      let after: string | undefined;
      do {
        const page = await readEntries(this.#walletId, {
          ...this.#ask,
          after,
          limit: PAGE,
          totals: after === undefined ? 'true' : undefined,
        });
        rows = [...rows, ...page.items];
        after = page.next ?? undefined;
        this.totals.value = page.totals ?? this.totals.peek();
      } while (after !== undefined && rows.length < wanted && !this.#gone);
      this.#show(rows, after ?? null);
    });
  }

  async #append(rows: readonly Entry[]): Promise<void> {
    const after = this.next.peek() ?? undefined;
    const page = await readEntries(this.#walletId, {
      ...this.#ask,
      after,
      limit: PAGE,
      totals: after === undefined ? 'true' : undefined,
    });
    this.totals.value = page.totals ?? this.totals.peek();
    this.#show([...rows, ...page.items], page.next);
  }

  #show(rows: readonly Entry[], next: string | null): void {
    if (this.#gone) return;
    this.rows.value = rows;
    this.next.value = next;
    this.fault.value = undefined;
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    this.#running = work().catch((error: unknown) => {
      this.fault.value = error instanceof Error ? error : new Error(String(error));
      if (error instanceof LineDown) lineIsDown();
    });
    await this.#running;
    this.#running = undefined;
  }
}

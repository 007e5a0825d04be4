import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { LineDown } from '../api/client.ts';
import { lineIsDown, lineIsUp } from './line.ts';

/** Something read from the API and kept until it is known to be stale. The old value stays while a new one is on its way. */
export class Resource<T> {
  readonly #load: () => Promise<T>;
  readonly #value = signal<T | undefined>(undefined);
  readonly #fault = signal<Error | undefined>(undefined);
  #watchers = 0;
  #stale = true;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  get value(): ReadonlySignal<T | undefined> {
    return this.#value;
  }

  get fault(): ReadonlySignal<Error | undefined> {
    return this.#fault;
  }

  watch(): () => void {
    this.#watchers += 1;
    if (this.#stale) void this.reload();
    return () => {
      this.#watchers -= 1;
    };
  }

  /** Says that the world has moved on: read again now if somebody looks at it, else when somebody does. */
  invalidate(): void {
    this.#stale = true;
    if (this.#watchers > 0) void this.reload();
  }

  put(value: T): void {
    this.#value.value = value;
  }

  async reload(): Promise<void> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      this.#stale = false;
      try {
        this.#value.value = await this.#load();
        this.#fault.value = undefined;
        lineIsUp();
      } catch (error) {
        this.#stale = true;
        this.#fault.value = error instanceof Error ? error : new Error(String(error));
        if (error instanceof LineDown) lineIsDown();
      }
    } while (this.#again);
    this.#running = undefined;
  }
}

/** A resource for each wallet, made when it is first asked for. */
export class PerWallet<T> {
  static readonly #all = new Set<{ invalidate(walletId?: string): void }>();
  readonly #load: (walletId: string) => Promise<T>;
  readonly #looks: 'at its own' | 'at all';
  readonly #made = new Map<string, Resource<T>>();

  /** `looks` tells whose events it hangs on: of its own wallet, or of all. */
  constructor(load: (walletId: string) => Promise<T>, looks: 'at its own' | 'at all' = 'at its own') {
    this.#load = load;
    this.#looks = looks;
    PerWallet.#all.add(this);
  }

  of(walletId: string): Resource<T> {
    let found = this.#made.get(walletId);
    if (found === undefined) {
      found = new Resource(() => this.#load(walletId));
      this.#made.set(walletId, found);
    }
    return found;
  }

  invalidate(walletId?: string): void {
    const all = walletId === undefined || this.#looks === 'at all';
    for (const [id, resource] of this.#made) if (all || id === walletId) resource.invalidate();
  }

  static invalidateAll(walletId?: string): void {
    for (const each of PerWallet.#all) each.invalidate(walletId);
  }
}

/** Keeps a resource fresh for as long as the component is on the page. */
export function useResource<T>(resource: Resource<T>): Resource<T> {
  useEffect(() => resource.watch(), [resource]);
  return resource;
}

const PATIENCE_MS = 4_000;

/**
 * Whether what a page needs first is here (or has failed, or takes too long), so that it appears in one step and nothing moves
 * afterwards. Once true it stays true for as long as the component is there.
 */
export function useSettled(needed: readonly Settling[]): boolean {
  const [late, setLate] = useState(false);
  const shown = useRef(false);
  useEffect(() => {
    const leave = needed.map((resource) => resource.watch());
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      for (const go of leave) go();
    };
  }, []);
  const here = needed.map((resource) => resource.value.value !== undefined || resource.fault.value !== undefined);
  shown.current ||= late || here.every(Boolean);
  return shown.current;
}

interface Settling {
  readonly value: ReadonlySignal<unknown>;
  readonly fault: ReadonlySignal<Error | undefined>;
  watch(): () => void;
}

/** A resource of this component's own, read again whenever the wallet has moved on; the old value stays meanwhile. */
export function useOwnResource<T>(load: () => Promise<T>, name: string, version: number): Resource<T> {
  const resource = useMemo(() => new Resource(load), [name]);
  const read = useRef({ resource, version });
  useEffect(() => {
    const seen = read.current;
    read.current = { resource, version };
    if (seen.resource === resource && seen.version !== version) resource.invalidate();
  }, [resource, version]);
  return resource;
}

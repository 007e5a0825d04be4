import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LineDown } from '../api/client.ts';
import type { Resource } from '../state/resource.ts';
import { useResource } from '../state/resource.ts';
import { Icon } from './icon.tsx';

interface SheetProps {
  readonly id: string;
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly end?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** The one container: a section named by its heading. */
export function Sheet({ id, title, note, end, class: look, children }: SheetProps) {
  return (
    <section class={`sheet ${look ?? ''}`} aria-labelledby={`${id}-h`}>
      <div class="sheet__head">
        <h2 id={`${id}-h`}>{title}</h2>
        {note !== undefined && <span class="quiet">{note}</span>}
        {end !== undefined && <span class="end">{end}</span>}
      </div>
      {children}
    </section>
  );
}

interface ReadProps<T> {
  readonly from: Resource<T>;
  /** How many rows of grey to show while it loads, so that nothing moves when it has. */
  readonly rows: number;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows what was read; grey rows until then; an amber band with a way on when it failed. */
export function Read<T>({ from, rows, children }: ReadProps<T>) {
  const resource = useResource(from);
  const value = resource.value.value;
  const fault = resource.fault.value;
  return (
    <>
      {fault !== undefined && !saidAbove(fault, value) && (
        <Fault error={fault} stale={value !== undefined} again={() => void resource.reload()} />
      )}
      {value !== undefined ? children(value) : fault === undefined ? <Bones rows={rows} /> : null}
    </>
  );
}

/** While the line is down the amber line at the top says so once; old figures stay without a word in each sheet. */
export function saidAbove(fault: Error, value: unknown): boolean {
  return fault instanceof LineDown && value !== undefined;
}

interface FaultProps {
  readonly error: Error;
  readonly stale: boolean;
  readonly again: () => void;
}

export function Fault({ error, stale, again }: FaultProps) {
  return (
    <div class="band" role="alert">
      <Icon name="warn" small />
      <p>
        {error.message} {stale && 'What is shown was right when it was last read.'}
      </p>
      <button class="btn" type="button" onClick={again}>
        Try again
      </button>
    </div>
  );
}

const PATIENCE_MS = 300;

/** Grey bars in the shape of rows, after a moment; their place is kept from the start. */
export function Bones({ rows }: { readonly rows: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={late ? 'bones bones--late' : 'bones'} aria-busy="true">
      <span class="sr">Loading.</span>
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}

export function Empty({ children, action }: { readonly children: ComponentChildren; readonly action?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

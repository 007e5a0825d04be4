import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'trouble';
  readonly undo?: (() => void) | undefined;
}

export const toast = signal<Toast | undefined>(undefined);
/** A sentence for screen readers only. */
export const spoken = signal('');

let count = 0;

export function say(text: string, undo?: () => void): void {
  count += 1;
  toast.value = { id: count, text, tone: 'done', undo };
}

export function warn(text: string): void {
  count += 1;
  toast.value = { id: count, text, tone: 'trouble' };
}

export function dropToast(id: number): void {
  if (toast.peek()?.id === id) toast.value = undefined;
}

export function speak(text: string): void {
  spoken.value = text;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { signal } from '@preact/signals';

/** Whether the service answers. `false` is shown as the amber line, and entries wait. */
export const online = signal(navigator.onLine);

const returns = new Set<() => void>();

export function lineIsDown(): void {
  online.value = false;
}

export function lineIsUp(): void {
  if (online.peek()) return;
  online.value = true;
  for (const act of returns) act();
}

/** Acts each time the line comes back. */
export function onReturn(act: () => void): void {
  returns.add(act);
}

const PROBE_MS = 4_000;

async function probe(): Promise<void> {
  if (online.peek()) return;
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' });
    if (answer.ok) lineIsUp();
  } catch {
    // still down; the next probe will tell
  }
}

export function startLine(): void {
  addEventListener('offline', lineIsDown);
  addEventListener('online', () => void probe());
  setInterval(() => void probe(), PROBE_MS);
}

import { signal } from '@preact/signals';
import { room } from '../state/route.ts';

export const quickOpen = signal(false);
export const sheetOpen = signal<'shortcuts' | 'open-wallet' | undefined>(undefined);

/** The line on the home page when it is there, else the same line in a dialog. */
export function startBooking(): void {
  const line = room.peek() === 'home' ? document.getElementById('quick-line') : null;
  if (line === null) {
    quickOpen.value = true;
    return;
  }
  line.focus();
  line.scrollIntoView({ block: 'center' });
}

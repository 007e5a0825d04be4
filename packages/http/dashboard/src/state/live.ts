import type { Alert, Change } from '../api/types.ts';
import { takeAlert } from './alerts.ts';
import { refresh, refreshSoon } from './books.ts';
import { lineIsDown, lineIsUp, onReturn } from './line.ts';
import { speak } from './toast.ts';
import { alertInWords } from '../limits/limit-words.ts';

const RETRY_MS = 3_000;
let source: EventSource | undefined;

function parsed<T>(event: MessageEvent<string>): T {
  const value: T = JSON.parse(event.data);
  return value;
}

/**
 * Listens to the service: what other tabs and programs book is on the page a moment later, and alerts come as they are raised. It
 * starts before anything is read: what is read once the line is open need not be read twice.
 */
export function startLive(): void {
  connect();
  onReturn(() => {
    refresh();
    if (source === undefined || source.readyState === EventSource.CLOSED) connect();
  });
}

function connect(): void {
  source?.close();
  const opened = new EventSource('/api/v1/live');
  source = opened;
  opened.addEventListener('open', () => {
    lineIsUp();
    // Only what is stored from now on is told. What was read before is read again, so that nothing falls between the two.
    refresh();
  });
  opened.addEventListener('change', (event: MessageEvent<string>) => refreshSoon(parsed<Change>(event).walletId));
  opened.addEventListener('alert', (event: MessageEvent<string>) => {
    const alert = parsed<Alert>(event);
    takeAlert(alert);
    refreshSoon(alert.walletId);
    speak(alertInWords(alert));
  });
  opened.addEventListener('error', () => {
    if (!navigator.onLine) lineIsDown();
    // The browser reconnects by itself unless the answer was a refusal.
    if (opened.readyState === EventSource.CLOSED && source === opened) setTimeout(connect, RETRY_MS);
  });
}

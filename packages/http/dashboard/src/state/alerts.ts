import { computed, signal } from '@preact/signals';
import type { Alert } from '../api/types.ts';
import { alerts, limits } from './books.ts';
import { keep, recall } from './storage.ts';
import { current } from './wallets.ts';

const SEEN = 'kakeibo.alerts.seen';
const AWAY = 'kakeibo.alerts.away';
const MOST = 200;

/** When the list was last looked at; what was raised after it is unread. */
const seenUntil = signal(recall<string>(SEEN) ?? '');
const putAway = signal<readonly string[]>(recall<readonly string[]>(AWAY) ?? []);

/** Every alert; where one entry passed several thresholds of a limit at once, the highest speaks for the others. */
export const allAlerts = computed(() => {
  const all = alerts.value.value ?? [];
  return all.filter(
    (alert) =>
      !all.some(
        (other) =>
          other.threshold > alert.threshold &&
          other.limitId === alert.limitId &&
          other.walletId === alert.walletId &&
          other.entryId === alert.entryId &&
          other.from === alert.from,
      ),
  );
});
export const unread = computed(() => allAlerts.value.filter((alert) => alert.raisedAt > seenUntil.value).length);

export function markSeen(): void {
  const newest = allAlerts.peek()[0]?.raisedAt;
  if (newest === undefined || newest <= seenUntil.peek()) return;
  seenUntil.value = newest;
  keep(SEEN, newest);
}

export function putAlertAway(id: string): void {
  putAway.value = [...putAway.peek(), id].slice(-MOST);
  keep(AWAY, putAway.peek());
}

/** Another tab has looked at the list or put an alert away. */
export function startAlerts(): void {
  alerts.watch();
  addEventListener('storage', (event) => {
    if (event.key === SEEN) seenUntil.value = recall<string>(SEEN) ?? '';
    if (event.key === AWAY) putAway.value = recall<readonly string[]>(AWAY) ?? [];
  });
}

export function takeAlert(alert: Alert): void {
  const others = (alerts.value.peek() ?? []).filter((each) => each.id !== alert.id);
  alerts.put([alert, ...others]);
}

/** An alert with the figures of this moment, where they are known; nothing when its limit is gone or holds again. */
function asItStands(alert: Alert): Alert | undefined {
  const held = limits.of(alert.walletId).value.value?.items;
  if (held === undefined) return alert;
  const limit = held.find((each) => each.id === alert.limitId);
  if (limit === undefined || (limit.current.from === alert.from && limit.current.state === 'within')) return undefined;
  return limit.current.from === alert.from ? { ...alert, spent: limit.current.spent, amount: limit.amount } : alert;
}

/** The gravest alert that still holds: highest threshold first, then the newest; this wallet before the others. */
export const gravest = computed<Alert | undefined>(() => {
  const wallet = current.value;
  if (wallet === undefined) return undefined;
  const standing = allAlerts.value
    .filter((alert) => alert.clearedAt === null && alert.to > wallet.today && !putAway.value.includes(alert.id))
    .flatMap((alert) => asItStands(alert) ?? []);
  const rank = (alert: Alert): number => (alert.walletId === wallet.id ? 10_000 : 0) + alert.threshold;
  return standing.toSorted((left, right) => rank(right) - rank(left) || right.raisedAt.localeCompare(left.raisedAt))[0];
});

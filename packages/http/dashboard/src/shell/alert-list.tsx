import { useEffect } from 'preact/hooks';
import { instantInWords } from '../days/format-day.ts';
import { alertBasis, alertInWords } from '../limits/limit-words.ts';
import { allAlerts, markSeen } from '../state/alerts.ts';
import { current } from '../state/wallets.ts';
import { Icon } from './icon.tsx';

/** Every alert, newest first, over all wallets. Opening the list marks it as read. */
export function AlertList({ close }: { readonly close: () => void }) {
  const wallet = current.value;
  useEffect(() => () => markSeen(), []);
  useEffect(() => {
    const timer = setTimeout(markSeen, 1_500);
    return () => clearTimeout(timer);
  }, []);
  const alerts = allAlerts.value.slice(0, 30);
  return (
    <section class="alerts" aria-label="All alerts">
      <div class="sheet__head">
        <h2>Alerts</h2>
        <span class="quiet">newest first</span>
        <button class="iconbtn end" type="button" aria-label="Close" onClick={close}>
          <Icon name="x" />
        </button>
      </div>
      {alerts.length === 0 && <p class="quiet">None yet. You hear here when a limit is near or crossed.</p>}
      <ul class="story-list">
        {alerts.map((alert) => {
          const over = alert.threshold >= 100;
          return (
            <li key={alert.id}>
              <p class={over ? 'state--over' : 'state--near'}>
                <Icon name={over ? 'over' : 'warn'} small />
                <b>{alertInWords(alert)}</b>
              </p>
              <small>
                {alertBasis(alert)}{' '}
                {wallet !== undefined && `Raised ${instantInWords(alert.raisedAt, wallet.zone, wallet.today)}`}
                {alert.walletId !== wallet?.id && `, in ${alert.walletName}`}
                {alert.late && ', found late'}
                {alert.clearedAt !== null && '. Back under it since.'}
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

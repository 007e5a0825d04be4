import { useEffect, useState } from 'preact/hooks';
import { readEntry } from '../api/reads.ts';
import type { Alert, Facts, Wallet } from '../api/types.ts';
import { instantInWords } from '../days/format-day.ts';
import { alertBasis, alertInWords } from '../limits/limit-words.ts';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { gravest, putAlertAway } from '../state/alerts.ts';
import { latest } from '../state/books.ts';
import { entryInWords } from '../state/entry-words.ts';

/** One alert at a time, the gravest. The region is there before the alert is, so that it is heard. */
export function Banner({ wallet }: { readonly wallet: Wallet }) {
  const alert = gravest.value;
  return (
    <div role="status" class="banner-place">
      {alert !== undefined && <AlertBanner key={alert.id} alert={alert} wallet={wallet} />}
    </div>
  );
}

function AlertBanner({ alert, wallet }: { readonly alert: Alert; readonly wallet: Wallet }) {
  const tone = alert.threshold >= 100 ? 'over' : 'near';
  const cause = useCause(alert);
  const elsewhere = alert.walletId === wallet.id ? '' : ` In ${alert.walletName}.`;
  return (
    <section class={`banner banner--${tone}`} aria-label="Alert">
      <Icon name={tone === 'over' ? 'over' : 'warn'} />
      <div>
        <p>
          <strong>{alertInWords(alert)}</strong> {alertBasis(alert)}
          {elsewhere}
        </p>
        <p>
          Crossed {instantInWords(alert.raisedAt, wallet.zone, wallet.today)}
          {cause === undefined ? '.' : ` by ${cause}.`}
          {alert.late && ' Found late, because the entry lies further back.'}
        </p>
      </div>
      <div class="row-actions">
        <Link
          class="btn btn--bare"
          to={`/limits?wallet=${encodeURIComponent(alert.walletId)}&limit=${encodeURIComponent(alert.limitId)}`}
        >
          See the limit
        </Link>
        <button class="iconbtn" type="button" aria-label="Put this alert away" onClick={() => putAlertAway(alert.id)}>
          <Icon name="x" />
        </button>
      </div>
    </section>
  );
}

/** The entry that crossed the line, in words: from what is loaded, else asked for. */
function useCause(alert: Alert): string | undefined {
  const [asked, setAsked] = useState<Facts | undefined>(undefined);
  const loaded = latest.of(alert.walletId).value.value?.items.find((entry) => entry.id === alert.entryId);
  const { entryId, walletId } = alert;
  useEffect(() => {
    if (loaded !== undefined || entryId === null) return;
    readEntry(walletId, entryId).then(setAsked, () => undefined);
  }, [entryId, walletId, loaded === undefined]);
  const facts = loaded ?? asked;
  return facts === undefined ? undefined : entryInWords(facts);
}

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Limit } from '../api/limit-types.ts';
import type { Wallet } from '../api/types.ts';
import { instantInWords } from '../days/format-day.ts';
import { gravestFirst } from '../home/limit-sheet.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { Bones, Empty, Read, Sheet } from '../shell/sheet.tsx';
import { allAlerts } from '../state/alerts.ts';
import { alerts, limits } from '../state/books.ts';
import { useSettled } from '../state/resource.ts';
import { address, setQuery } from '../state/route.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { LimitRow, Scale } from './limit-bar.tsx';
import { removeLimit } from './limit-deeds.ts';
import { LimitForm } from './limit-form.tsx';
import { LimitHistoryView } from './limit-history.tsx';
import { alertBasis, alertInWords, subjectInWords } from './limit-words.ts';

type Editing = { readonly limit: Limit | undefined } | undefined;

export function LimitsPage({ wallet }: { readonly wallet: Wallet }) {
  const editing = useSignal<Editing>(address.peek().searchParams.has('new') ? { limit: undefined } : undefined);
  const categories = useKnownCategories(wallet);
  const close = (): void => {
    editing.value = undefined;
    setQuery({ new: undefined, edit: undefined });
  };
  if (!useSettled([alerts, limits.of(wallet.id)])) return <Bones rows={12} />;
  const asked = (name: string): Limit | undefined =>
    limits.of(wallet.id).value.value?.items.find(({ id }) => id === address.value.searchParams.get(name));
  const opened = asked('history');
  if (opened !== undefined) return <LimitHistoryView wallet={wallet} limit={opened} />;
  const edited = asked('edit');
  const form = editing.value ?? (edited === undefined ? undefined : { limit: edited });
  return (
    <div class="cols">
      <div class="stack c8">
        {form !== undefined && (
          <Sheet id="limit-form" title={form.limit === undefined ? 'Set a limit' : `Change ${subjectInWords(form.limit)}`}>
            <LimitForm key={form.limit?.id} wallet={wallet} limit={form.limit} categories={categories} close={close} />
          </Sheet>
        )}
        <LimitList wallet={wallet} edit={(limit) => (editing.value = { limit })} setting={form !== undefined} />
      </div>
      <div class="stack c4">
        <AlertsOf wallet={wallet} />
      </div>
    </div>
  );
}

interface LimitListProps {
  readonly wallet: Wallet;
  readonly edit: (limit: Limit | undefined) => void;
  readonly setting: boolean;
}

function LimitList({ wallet, edit, setting }: LimitListProps) {
  const marked = address.value.searchParams.get('limit');
  useEffect(() => {
    if (marked !== null) document.getElementById(`limit-${marked}`)?.scrollIntoView({ block: 'center' });
  }, [marked, limits.of(wallet.id).value.value === undefined]);
  const none = limits.of(wallet.id).value.value?.items.length === 0;
  const set = (look: string) => (
    <button class={look} type="button" onClick={() => edit(undefined)}>
      Set a limit
    </button>
  );
  return (
    <Sheet id="all-limits" title="All limits" note={wallet.currency} end={setting || none ? undefined : set('btn')}>
      <Read from={limits.of(wallet.id)} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty action={setting ? undefined : set('btn btn--main')}>
              No limits yet. Set one and hear before it is too late.
            </Empty>
          ) : (
            <>
              <Scale first={items[0]?.thresholds[0] ?? 80} />
              <ul class="limits">
                {gravestFirst(items).map((limit) => (
                  <LimitRow
                    key={limit.id}
                    limit={limit}
                    currency={wallet.currency}
                    marked={limit.id === marked}
                    actions={<Actions wallet={wallet} limit={limit} edit={edit} />}
                  />
                ))}
              </ul>
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

function Actions({
  wallet,
  limit,
  edit,
}: {
  readonly wallet: Wallet;
  readonly limit: Limit;
  readonly edit: (limit: Limit) => void;
}) {
  const name = subjectInWords(limit);
  const remove = (): void => {
    removeLimit(wallet.id, limit).then(did, (error: unknown) => warn(`Not removed. ${reasonOf(error)}`));
  };
  return (
    <div class="limit__actions row-actions">
      <Link class="textbtn" to={`/limits?history=${encodeURIComponent(limit.id)}`}>
        History<span class="sr"> of the limit of {name}</span>
      </Link>
      <button class="textbtn" type="button" onClick={() => edit(limit)}>
        Change<span class="sr"> the limit of {name}</span>
      </button>
      <button class="textbtn" type="button" onClick={remove}>
        Remove<span class="sr"> the limit of {name}</span>
      </button>
    </div>
  );
}

function AlertsOf({ wallet }: { readonly wallet: Wallet }) {
  const own = allAlerts.value.filter((alert) => alert.walletId === wallet.id).slice(0, 12);
  return (
    <Sheet id="sent" title="Alerts" note="newest first">
      {own.length === 0 ? (
        <p class="quiet">
          None yet. Each threshold alerts once in a period; a correction that brings it back under arms it again.
        </p>
      ) : (
        <ul class="story-list">
          {own.map((alert) => (
            <li key={alert.id}>
              <p class={alert.threshold >= 100 ? 'state--over' : 'state--near'}>
                <Icon name={alert.threshold >= 100 ? 'over' : 'warn'} small />
                <b>{alertInWords(alert)}</b>
              </p>
              <small>
                {alertBasis(alert)} Raised {instantInWords(alert.raisedAt, wallet.zone, wallet.today)}
                {alert.clearedAt !== null && '. Back under it since.'}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

import type { Wallet } from '../api/types.ts';
import { sum } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { type Room, room } from '../state/route.ts';
import { TransitLine } from '../transfers/in-transit.tsx';
import { chooseWallet, openWallets } from '../state/wallets.ts';
import { Icon, type IconName, Mark } from './icon.tsx';
import { Link } from './link.tsx';
import { sheetOpen, startBooking } from './overlays.ts';

interface Place {
  readonly room: Room;
  readonly to: string;
  readonly name: string;
  readonly icon: IconName;
}

export const PLACES: readonly Place[] = [
  { room: 'home', to: '/', name: 'Home', icon: 'home' },
  { room: 'register', to: '/register', name: 'Register', icon: 'register' },
  { room: 'limits', to: '/limits', name: 'Limits', icon: 'limit' },
  { room: 'goals', to: '/goals', name: 'Goals', icon: 'flag' },
  { room: 'schedules', to: '/schedules', name: 'Schedules', icon: 'repeat' },
  { room: 'transfers', to: '/transfers', name: 'Transfers', icon: 'transfer' },
  { room: 'reports', to: '/reports', name: 'Reports', icon: 'chart' },
  { room: 'import', to: '/import', name: 'Import', icon: 'import' },
  { room: 'history', to: '/history', name: 'History', icon: 'clock' },
  { room: 'check', to: '/check', name: 'Check', icon: 'check' },
  { room: 'settings', to: '/settings', name: 'Settings', icon: 'settings' },
];

export function Side({ wallet }: { readonly wallet: Wallet | undefined }) {
  return (
    <nav class="side" aria-label="Main">
      <Link class="brand" to="/">
        <Mark />
        <span>Kakeibo</span>
      </Link>
      <div class="nav">
        <ul>
          {PLACES.map((place) => (
            <li key={place.room}>
              <Link to={place.to} current={room.value === place.room}>
                <Icon name={place.icon} />
                {place.name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <Wallets wallet={wallet} />
      <div class="side__foot">
        <button class="textbtn quiet" type="button" onClick={() => (sheetOpen.value = 'shortcuts')}>
          <kbd>?</kbd> shows every shortcut
        </button>
      </div>
    </nav>
  );
}

/** Wallets by currency; a currency with several has its total, and none are added across currencies. */
function Wallets({ wallet }: { readonly wallet: Wallet | undefined }) {
  const open = openWallets.value;
  const groups = Map.groupBy(open, (each) => each.currency);
  const first = wallet?.currency;
  const codes = [...groups.keys()].sort(
    (left, right) => Number(right === first) - Number(left === first) || left.localeCompare(right),
  );
  return (
    <section class="wallets" aria-label="Your wallets">
      {codes.map((currency) => {
        const members = groups.get(currency) ?? [];
        return (
          <div key={currency}>
            <h2>Wallets, {currency}</h2>
            <ul>
              {members.map((each) => (
                <li key={each.id}>
                  <a
                    href={`/?wallet=${encodeURIComponent(each.id)}`}
                    aria-current={each.id === wallet?.id ? 'true' : undefined}
                    onClick={follow(each.id)}
                  >
                    {each.name}
                  </a>
                  <Amt value={each.balance} />
                </li>
              ))}
            </ul>
            {members.length > 1 && (
              <p>
                <span>Together</span>
                <Amt
                  value={sum(
                    members.map((each) => each.balance),
                    members[0]?.decimals ?? 2,
                  )}
                  strong
                />
              </p>
            )}
          </div>
        );
      })}
      <TransitLine />
      {open.length > 0 && (
        <button class="textbtn" type="button" onClick={() => (sheetOpen.value = 'open-wallet')}>
          Open another wallet
        </button>
      )}
    </section>
  );
}

export function follow(id: string) {
  return (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    chooseWallet(id);
  };
}

/** On a phone these are reached from the page behind “More”. */
export const FURTHER: readonly Room[] = ['goals', 'schedules', 'transfers', 'reports', 'import', 'history', 'check'];

/** On a phone: five places at the bottom, booking in the middle. */
export function Tabs() {
  const here = room.value;
  const tab = (place: Room, to: string, name: string, icon: IconName, also: readonly Room[] = []) => (
    <li>
      <Link to={to} current={here === place || also.includes(here)}>
        <Icon name={icon} />
        {name}
      </Link>
    </li>
  );
  return (
    <nav class="tabs" aria-label="Main, phone">
      <ul>
        {tab('home', '/', 'Home', 'home')}
        {tab('register', '/register', 'Register', 'register')}
        <li>
          <button class="add" type="button" aria-label="Book an entry" onClick={startBooking}>
            <Icon name="plus" />
          </button>
        </li>
        {tab('limits', '/limits', 'Limits', 'limit')}
        {tab('settings', '/settings', 'More', 'more', FURTHER)}
      </ul>
    </nav>
  );
}

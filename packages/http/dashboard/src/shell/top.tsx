import type { ComponentChildren } from 'preact';
import type { Wallet } from '../api/types.ts';
import { longDay, shortDay } from '../days/format-day.ts';
import { Amt } from '../money/amt.tsx';
import { unread } from '../state/alerts.ts';
import { go, room, ROOM_NAMES } from '../state/route.ts';
import { hideAmounts, toggleAmounts, toggleTheme } from '../state/settings.ts';
import { openWallets } from '../state/wallets.ts';
import { AlertList } from './alert-list.tsx';
import { Icon, Mark } from './icon.tsx';
import { Link } from './link.tsx';
import { sheetOpen } from './overlays.ts';
import { Popover } from './popover.tsx';
import { follow } from './side.tsx';

/** The head of a page: what it is, of which wallet, and the tools that are everywhere. */
export function Top({ wallet }: { readonly wallet: Wallet | undefined }) {
  const here = room.value;
  return (
    <header class="top">
      <Link class="brand" to="/">
        <Mark />
        <span>Kakeibo</span>
      </Link>
      <div class="top__title">
        {here === 'home' ? (
          <>
            <h1>{wallet === undefined ? 'Kakeibo' : <Switch wallet={wallet} face={wallet.name} />}</h1>
            <p>
              {wallet === undefined ? (
                '\u00a0'
              ) : (
                <>
                  <span class="wide-only">{longDay(wallet.today)}</span>
                  <span class="phone-only">{shortDay(wallet.today, '')}</span>
                </>
              )}
            </p>
          </>
        ) : (
          <>
            <h1>{ROOM_NAMES[here]}</h1>
            <p>{wallet === undefined ? '\u00a0' : <Switch wallet={wallet} face={`${wallet.name}, ${wallet.currency}`} />}</p>
          </>
        )}
      </div>
      <Tools />
    </header>
  );
}

export function searchEntries(): void {
  const focus = (): void => document.getElementById('register-search')?.focus();
  if (room.peek() === 'register') return focus();
  go('/register');
  requestAnimationFrame(focus);
  return undefined;
}

function Tools() {
  const count = unread.value;
  return (
    <div class="top__tools">
      <button class="iconbtn" type="button" aria-label="Search" title="Search ( / )" onClick={searchEntries}>
        <Icon name="search" />
      </button>
      <button
        class="iconbtn wide"
        type="button"
        aria-label="Hide amounts"
        title="Hide amounts (m)"
        aria-pressed={hideAmounts.value}
        onClick={toggleAmounts}
      >
        <Icon name="eye" />
      </button>
      <button
        class="iconbtn"
        type="button"
        aria-label="Switch between light and dark"
        title="Light or dark (t)"
        onClick={toggleTheme}
      >
        <Icon name="moon" />
      </button>
      <Popover
        look="iconbtn bell"
        label={count === 0 ? 'Alerts' : `Alerts, ${count} new`}
        side="end"
        face={
          <>
            <Icon name="bell" />
            {count > 0 && (
              <span class="bell__count" aria-hidden="true">
                {count > 99 ? '99+' : count}
              </span>
            )}
          </>
        }
      >
        {(close) => <AlertList close={close} />}
      </Popover>
    </div>
  );
}

function Switch({ wallet, face }: { readonly wallet: Wallet; readonly face: ComponentChildren }) {
  return (
    <Popover
      look="switch"
      face={
        <>
          {face}
          <span class="sr">, change wallet</span>
          <Icon name="down" small />
        </>
      }
    >
      {(close) => (
        <div class="menu">
          <ul>
            {openWallets.value.map((each) => (
              <li key={each.id}>
                <a
                  href={`/?wallet=${encodeURIComponent(each.id)}`}
                  aria-current={each.id === wallet.id ? 'true' : undefined}
                  onClick={(event) => {
                    close();
                    follow(each.id)(event);
                  }}
                >
                  <span>{each.name}</span>
                  <span class="quiet">
                    <Amt value={each.balance} /> {each.currency}
                  </span>
                </a>
              </li>
            ))}
          </ul>
          <button
            class="btn btn--bare"
            type="button"
            onClick={() => {
              close();
              sheetOpen.value = 'open-wallet';
            }}
          >
            Open another wallet
          </button>
        </div>
      )}
    </Popover>
  );
}

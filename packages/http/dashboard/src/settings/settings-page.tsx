import { useSignal } from '@preact/signals';
import type { Wallet } from '../api/types.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { sheetOpen } from '../shell/overlays.ts';
import { FURTHER, PLACES } from '../shell/side.tsx';
import { Read, Sheet } from '../shell/sheet.tsx';
import { hideAmounts, singleKeys, type Theme, theme } from '../state/settings.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { type Deed, did } from '../state/undo.ts';
import { chooseWallet, wallets } from '../state/wallets.ts';
import { RatesSheet } from './rates-sheet.tsx';
import { TakeSheet } from './take-sheet.tsx';
import { closeWallet, renameWallet, reopenWallet } from './wallet-deeds.ts';

export function SettingsPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <div class="cols">
      <div class="stack c7">
        <Places />
        <WalletsSheet wallet={wallet} />
        <TakeSheet wallet={wallet} />
      </div>
      <div class="stack c5">
        <Appearance />
        <RatesSheet wallet={wallet} />
      </div>
    </div>
  );
}

/** The rooms that have no tab on a phone. */
function Places() {
  return (
    <nav class="places" aria-label="More places">
      <ul>
        {PLACES.filter(({ room }) => FURTHER.includes(room)).map(({ to, name, icon }) => (
          <li key={to}>
            <Link to={to}>
              <Icon name={icon} />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function Appearance() {
  return (
    <Sheet id="look" title="This browser">
      <fieldset class="ticks">
        <legend>Light or dark</legend>
        {THEMES.map(([value, name]) => (
          <label class="tick" key={value}>
            <input
              type="radio"
              name="theme"
              value={value}
              checked={theme.value === value}
              onChange={() => (theme.value = value)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <fieldset class="ticks">
        <legend>Amounts and keys</legend>
        <label class="tick">
          <input
            type="checkbox"
            checked={hideAmounts.value}
            onChange={(event) => (hideAmounts.value = event.currentTarget.checked)}
          />
          Hide amounts
        </label>
        <label class="tick">
          <input
            type="checkbox"
            checked={singleKeys.value}
            onChange={(event) => (singleKeys.value = event.currentTarget.checked)}
          />
          Single keys work outside of fields
        </label>
      </fieldset>
      <button class="btn" type="button" onClick={() => (sheetOpen.value = 'shortcuts')}>
        All shortcuts <kbd>?</kbd>
      </button>
    </Sheet>
  );
}

function WalletsSheet({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet
      id="wallets"
      title="Wallets"
      end={
        <button class="btn" type="button" onClick={() => (sheetOpen.value = 'open-wallet')}>
          Open another
        </button>
      }
    >
      <Read from={wallets} rows={3}>
        {(all) => (
          <ul class="wallet-list">
            {all.map((each) => (
              <WalletRow key={each.id} wallet={each} here={each.id === wallet.id} />
            ))}
          </ul>
        )}
      </Read>
    </Sheet>
  );
}

function attempt(deed: Promise<Deed>): void {
  deed.then(did, (error: unknown) => warn(reasonOf(error)));
}

function WalletRow({ wallet, here }: { readonly wallet: Wallet; readonly here: boolean }) {
  const renaming = useSignal<string | undefined>(undefined);
  const closed = wallet.status === 'closed';
  const rename = (event: Event): void => {
    event.preventDefault();
    const name = renaming.peek()?.trim() ?? '';
    renaming.value = undefined;
    if (name !== '' && name !== wallet.name) attempt(renameWallet(wallet, name));
  };
  return (
    <li class="wallet-row">
      <div>
        {renaming.value === undefined ? (
          <p>
            <b>{wallet.name}</b> {here && <span class="quiet">shown now</span>}{' '}
            {closed && <span class="quiet">closed, its history stays</span>}
          </p>
        ) : (
          <form class="row-actions" onSubmit={rename}>
            <label class="sr" for={`name-${wallet.id}`}>
              New name of {wallet.name}
            </label>
            <input
              class="input"
              id={`name-${wallet.id}`}
              value={renaming.value}
              maxLength={60}
              autocomplete="off"
              ref={(element) => element?.focus()}
              onInput={(event) => (renaming.value = event.currentTarget.value)}
            />
            <button class="btn btn--main" type="submit">
              Save
            </button>
          </form>
        )}
        <p class="quiet">
          <Amt value={wallet.balance} /> {wallet.currency} · {wallet.entries.toLocaleString()}{' '}
          {wallet.entries === 1 ? 'entry' : 'entries'} · {wallet.zone}
        </p>
      </div>
      <div class="row-actions">
        {!here && (
          <button class="textbtn" type="button" onClick={() => chooseWallet(wallet.id)}>
            Show<span class="sr"> {wallet.name}</span>
          </button>
        )}
        {closed ? (
          <button class="textbtn" type="button" onClick={() => attempt(reopenWallet(wallet))}>
            Open again<span class="sr"> {wallet.name}</span>
          </button>
        ) : (
          <>
            <button class="textbtn" type="button" onClick={() => (renaming.value = wallet.name)}>
              Rename<span class="sr"> {wallet.name}</span>
            </button>
            <button class="textbtn" type="button" onClick={() => attempt(closeWallet(wallet))}>
              Close<span class="sr"> {wallet.name}</span>
            </button>
          </>
        )}
      </div>
    </li>
  );
}

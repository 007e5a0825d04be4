import { useSignal } from '@preact/signals';
import { fromMinor, negate } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { currencies } from '../money/currencies.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { newWallet, OpenWalletForm } from '../settings/open-wallet.tsx';
import { RestoreArchive } from '../settings/restore-archive.tsx';
import { Icon, Mark } from '../shell/icon.tsx';
import { ToastView } from '../shell/toast-view.tsx';
import { toggleTheme } from '../state/settings.ts';
import { say } from '../state/toast.ts';
import { chooseWallet } from '../state/wallets.ts';
import type { NewWallet } from '../settings/wallet-deeds.ts';

/** No wallet yet: one short form, and beside it the page that it opens. */
export function FirstRun() {
  const values = useSignal(newWallet('Household'));
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="first__top">
        <span class="brand">
          <Mark />
          <span>Kakeibo</span>
        </span>
        <button class="iconbtn" type="button" aria-label="Switch between light and dark" onClick={toggleTheme}>
          <Icon name="moon" />
        </button>
      </header>
      <main id="main" class="first" tabIndex={-1}>
        <div class="first__form">
          <h1>Open your ledger</h1>
          <p class="second">Three fields, then you book your first entry.</p>
          <section class="sheet" aria-labelledby="first-h">
            <div class="sheet__head">
              <h2 id="first-h">Your first wallet</h2>
            </div>
            <OpenWalletForm
              values={values}
              opened={(wallet) => {
                chooseWallet(wallet.id);
                say(`Opened ${wallet.name}.`);
              }}
            />
          </section>
          <p class="quiet">Your books stay on this server. Everything here can be changed later, and every change undone.</p>
          <p class="quiet">Moving in from another ledger of Kakeibo?</p>
          <RestoreArchive />
        </div>
        <FirstPage values={values.value} />
      </main>
      <ToastView />
    </>
  );
}

function FirstPage({ values }: { readonly values: NewWallet }) {
  const decimals = currencies().find((each) => each.code === values.currency)?.decimals ?? 2;
  const below = /^\s*[-\u2212]/.test(values.opening);
  const parsed = parseAmount(values.opening.replace(/^\s*[-+\u2212]/, ''), decimals);
  const amount = parsed.ok ? (below ? negate(parsed.amount) : parsed.amount) : fromMinor(0n, decimals);
  return (
    <aside class="page" aria-labelledby="page-h">
      <div>
        <p class="quiet">Page 1</p>
        <h2 id="page-h">{values.name.trim() || 'Your wallet'}</h2>
      </div>
      <dl class="sum">
        <div>
          <dt>What is in it today</dt>
          <dd>
            <Amt value={amount} />
          </dd>
        </div>
        <div class="total">
          <dt>Balance, {values.currency}</dt>
          <dd>
            <Amt value={amount} />
          </dd>
        </div>
      </dl>
      <div class="first__try">
        <h3>Then write as you speak</h3>
        <ul class="try">
          <li>
            <b>12.50 coffee @Food:Cafe</b>
            <span class="quiet">expense</span>
          </li>
          <li>
            <b>+255 child benefit</b>
            <span class="quiet">income</span>
          </li>
          <li>
            <b>34+12.80 market @Food friday</b>
            <span class="quiet">46.80, last Friday</span>
          </li>
        </ul>
      </div>
      <p class="quiet">Already keep books? Open the wallet first, then bring its file, or your bank's, under Import.</p>
    </aside>
  );
}

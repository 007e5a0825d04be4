import type { Wallet } from '../api/types.ts';
import { QuickAddLine } from '../quick-add/quick-add-view.tsx';
import { reopenWallet } from '../settings/wallet-deeds.ts';
import { Icon } from '../shell/icon.tsx';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { Bones } from '../shell/sheet.tsx';
import { ahead, upcoming } from '../state/ahead.ts';
import { alerts, latest, limits, month, spending, transit } from '../state/books.ts';
import { useSettled } from '../state/resource.ts';
import { TransitBand } from '../transfers/in-transit.tsx';
import { Banner } from './banner.tsx';
import { BalanceSheet, FlowSheet } from './chart-sheets.tsx';
import { DueSheet } from './due-sheet.tsx';
import { Figures } from './figures.tsx';
import { GoalSheet } from './goal-sheet.tsx';
import { LatestEntries } from './latest-entries.tsx';
import { LimitSheet } from './limit-sheet.tsx';
import { SpendingSheet } from './spending-sheet.tsx';

/** What can be acted on stands above what can be read. */
export function Home({ wallet }: { readonly wallet: Wallet }) {
  const ready = useSettled([
    alerts,
    limits.of(wallet.id),
    latest.of(wallet.id),
    month.of(wallet.id),
    spending.of(wallet.id),
    transit,
    upcoming.of(wallet.id),
    ahead.of(wallet.id),
  ]);
  const line = wallet.status === 'open' ? <QuickAddLine wallet={wallet} /> : <Closed wallet={wallet} />;
  if (!ready) {
    return (
      <>
        {line}
        <Bones rows={14} />
      </>
    );
  }
  return (
    <>
      {line}
      <Banner wallet={wallet} />
      <TransitBand wallet={wallet} />
      <Figures wallet={wallet} />
      <div class="cols">
        <LimitSheet wallet={wallet} />
        <div class="stack c5">
          <SpendingSheet wallet={wallet} />
          <DueSheet wallet={wallet} />
        </div>
      </div>
      <div class="cols cols--stretch">
        <BalanceSheet wallet={wallet} />
        <FlowSheet wallet={wallet} />
      </div>
      <div class="cols">
        <LatestEntries wallet={wallet} />
        <GoalSheet wallet={wallet} />
      </div>
    </>
  );
}

/** A closed wallet can be read; to book in it, it is opened again. */
function Closed({ wallet }: { readonly wallet: Wallet }) {
  const reopen = (): void => {
    reopenWallet(wallet).then(did, (error: unknown) => warn(reasonOf(error)));
  };
  return (
    <div class="band">
      <Icon name="warn" small />
      <p>{wallet.name} is closed. Its history stays, and nothing is booked in it.</p>
      <button class="btn" type="button" onClick={reopen}>
        Open it again
      </button>
    </div>
  );
}

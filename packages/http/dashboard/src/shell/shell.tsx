import type { ComponentChildren } from 'preact';
import type { Wallet } from '../api/types.ts';
import { QuickAddLine } from '../quick-add/quick-add-view.tsx';
import { Dialog } from './dialog.tsx';
import { LineState } from './line-state.tsx';
import { OpenWalletDialog } from '../settings/open-wallet.tsx';
import { quickOpen, sheetOpen } from './overlays.ts';
import { Shortcuts } from './shortcuts-dialog.tsx';
import { Side, Tabs } from './side.tsx';
import { ToastView } from './toast-view.tsx';
import { Top } from './top.tsx';

interface ShellProps {
  readonly wallet: Wallet | undefined;
  readonly children: ComponentChildren;
}

/** The frame of every page: side, head, page, tabs, and what floats above them. */
export function Shell({ wallet, children }: ShellProps) {
  // A modal dialog keeps what lies outside of it out of reach, so the toast comes inside.
  const booking = quickOpen.value && wallet?.status === 'open';
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <div class="shell">
        <Side wallet={wallet} />
        <div class="body">
          <LineState />
          <Top wallet={wallet} />
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <Tabs />
      {booking && (
        <Dialog title="Book an entry" close={() => (quickOpen.value = false)} wide>
          <QuickAddLine wallet={wallet} id="quick-dialog" focus />
          <ToastView />
        </Dialog>
      )}
      {sheetOpen.value === 'shortcuts' && <Shortcuts />}
      {sheetOpen.value === 'open-wallet' && <OpenWalletDialog />}
      {!booking && <ToastView />}
    </>
  );
}

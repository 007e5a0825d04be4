import type { Wallet } from '../api/types.ts';
import { sheetOpen } from '../shell/overlays.ts';
import { Bones, Empty, Sheet } from '../shell/sheet.tsx';
import { proposals, transit } from '../state/books.ts';
import { useSettled } from '../state/resource.ts';
import { openWallets } from '../state/wallets.ts';
import { Proposals } from './proposals.tsx';
import { transfers } from './transfer-books.ts';
import { TransferForm } from './transfer-form.tsx';
import { TransferList } from './transfer-list.tsx';

export function TransfersPage({ wallet }: { readonly wallet: Wallet }) {
  const others = openWallets.value.filter((each) => each.id !== wallet.id);
  if (!useSettled([transfers.of(wallet.id), transit, proposals])) return <Bones rows={12} />;
  return (
    <div class="cols">
      <div class="stack c5">
        {wallet.status === 'open' && (
          <Sheet id="send" title="Send to another wallet" note={`from ${wallet.name}`}>
            {others.length === 0 ? (
              <Empty
                action={
                  <button class="btn btn--main" type="button" onClick={() => (sheetOpen.value = 'open-wallet')}>
                    Open another wallet
                  </button>
                }
              >
                A transfer goes from one wallet to another, and this is the only one.
              </Empty>
            ) : (
              <TransferForm wallet={wallet} others={others} />
            )}
          </Sheet>
        )}
      </div>
      <div class="stack c7">
        <Proposals />
        <TransferList wallet={wallet} />
      </div>
    </div>
  );
}

import type { Wallet } from '../api/types.ts';
import { Empty, Sheet } from '../shell/sheet.tsx';

export function TransfersPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="transfers" title="Transfers" note={wallet.name}>
      <Empty>Nothing here yet.</Empty>
    </Sheet>
  );
}

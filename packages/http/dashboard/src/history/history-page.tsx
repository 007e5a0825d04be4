import type { Wallet } from '../api/types.ts';
import { Empty, Sheet } from '../shell/sheet.tsx';

export function HistoryPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="history" title="History" note={wallet.name}>
      <Empty>Nothing here yet.</Empty>
    </Sheet>
  );
}

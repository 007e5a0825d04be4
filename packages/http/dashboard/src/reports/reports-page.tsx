import type { Wallet } from '../api/types.ts';
import { Empty, Sheet } from '../shell/sheet.tsx';

export function ReportsPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="reports" title="Reports" note={wallet.name}>
      <Empty>Nothing here yet.</Empty>
    </Sheet>
  );
}

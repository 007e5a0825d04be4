import type { Wallet } from '../api/types.ts';
import { Empty, Sheet } from '../shell/sheet.tsx';

export function CheckPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="check" title="Check" note={wallet.name}>
      <Empty>Nothing here yet.</Empty>
    </Sheet>
  );
}

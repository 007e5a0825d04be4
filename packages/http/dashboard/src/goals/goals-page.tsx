import type { Wallet } from '../api/types.ts';
import { Empty, Sheet } from '../shell/sheet.tsx';

export function GoalsPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="goals" title="Goals" note={wallet.name}>
      <Empty>Nothing here yet.</Empty>
    </Sheet>
  );
}

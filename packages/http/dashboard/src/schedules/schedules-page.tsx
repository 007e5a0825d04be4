import type { Wallet } from '../api/types.ts';
import { Empty, Sheet } from '../shell/sheet.tsx';

export function SchedulesPage({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="schedules" title="Schedules" note={wallet.name}>
      <Empty>Nothing here yet.</Empty>
    </Sheet>
  );
}

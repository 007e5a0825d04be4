import type { Wallet } from '../api/types.ts';
import { Bones } from '../shell/sheet.tsx';
import { useSettled } from '../state/resource.ts';
import { checks, plans } from './check-book.ts';
import { CheckListSheet } from './check-list.tsx';
import { CountSheet } from './count-form.tsx';
import { PlansSheet } from './plans-sheet.tsx';
import { VerifySheet } from './verify-sheet.tsx';

/** Whether the books agree: with the bank, with what is planned, and with their own events. */
export function CheckPage({ wallet }: { readonly wallet: Wallet }) {
  if (!useSettled([checks.of(wallet.id), plans.of(wallet.id)])) return <Bones rows={12} />;
  return (
    <>
      <VerifySheet wallet={wallet} />
      <div class="cols">
        <div class="stack c7">
          {wallet.status === 'open' && <CountSheet wallet={wallet} />}
          <CheckListSheet wallet={wallet} />
        </div>
        <div class="stack c5">
          <PlansSheet wallet={wallet} />
        </div>
      </div>
    </>
  );
}

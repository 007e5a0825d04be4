import { useSignal } from '@preact/signals';
import type { Plan } from '../api/plan-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { Amt, EntryAmt } from '../money/amt.tsx';
import { Path } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { reasonOf, warn } from '../state/toast.ts';
import { type Deed, did } from '../state/undo.ts';
import { plans } from './check-book.ts';
import { bookPlan, dropPlan } from './plan-deeds.ts';
import { PlanForm } from './plan-form.tsx';

/** What is expected and not booked; it moves no balance until it is. */
export function PlansSheet({ wallet }: { readonly wallet: Wallet }) {
  const planning = useSignal(false);
  const open = !planning.value && (
    <button class="btn" type="button" onClick={() => (planning.value = true)}>
      Plan an entry
    </button>
  );
  return (
    <Sheet id="plans" title="Planned" note="not in the balance yet" end={open}>
      {planning.value && <PlanForm wallet={wallet} close={() => (planning.value = false)} />}
      <Read from={plans.of(wallet.id)} rows={3}>
        {(list) =>
          list.items.length === 0 ? (
            <Empty>Nothing planned. Plan what is sure to come, and book it when it has.</Empty>
          ) : (
            <>
              <ul class="plan-list">
                {list.items.map((plan) => (
                  <Row key={plan.id} wallet={wallet} plan={plan} />
                ))}
              </ul>
              <p class="sheet__foot">
                Together <Amt value={list.in} plus /> in and <Amt value={list.out} /> out are planned.
              </p>
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

function attempt(deed: Promise<Deed>): void {
  deed.then(did, (error: unknown) => warn(reasonOf(error)));
}

function Row({ wallet, plan }: { readonly wallet: Wallet; readonly plan: Plan }) {
  const { kind, amount, category, payee, note, occurredOn, expiresOn, expired, parts } = plan;
  const name = note ?? payee ?? category ?? (kind === 'income' ? 'Income' : 'Expense');
  // A day that has not come is not a day to book on: it happened when it is booked.
  const on = occurredOn > wallet.today ? wallet.today : occurredOn;
  return (
    <li class="plan">
      <div class="plan__what">
        <b>{name}</b>
        <EntryAmt kind={kind} amount={amount} />
      </div>
      <p class="quiet">
        {shortDay(occurredOn, wallet.today)}
        {category !== null && category !== name && (
          <>
            {' · '}
            <Path category={category} />
          </>
        )}
        {parts !== null && ` · in ${parts.length} parts`}
        {expiresOn !== null && !expired && ` · until ${shortDay(expiresOn, wallet.today)}`}
        {expired && ' · expired'}
      </p>
      <div class="row-actions">
        {!expired && (
          <button class="textbtn" type="button" onClick={() => attempt(bookPlan(wallet.id, plan, on))}>
            Book<span class="sr"> {name}</span>
          </button>
        )}
        <button class="textbtn" type="button" onClick={() => attempt(dropPlan(wallet.id, plan))}>
          Drop<span class="sr"> {name}</span>
        </button>
      </div>
    </li>
  );
}

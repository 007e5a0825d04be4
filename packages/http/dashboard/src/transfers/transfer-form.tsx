import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Wallet } from '../api/types.ts';
import { minus, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { parseAmount } from '../money/parse-amount.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { rateOf } from './rate.ts';
import { sendTransfer } from './transfer-deeds.ts';
import { checkTransfer, type TransferFault, type TransferField, type TransferValues } from './transfer-fields.ts';

interface TransferFormProps {
  readonly wallet: Wallet;
  readonly others: readonly Wallet[];
}

/** Sends money on, and shows before what arrives at which rate and what stays. */
export function TransferForm({ wallet, others }: TransferFormProps) {
  const values = useSignal<TransferValues>({
    to: others[0]?.id ?? '',
    amount: '',
    arrives: '',
    fee: '',
    feeCategory: '',
    occurredOn: wallet.today,
    note: '',
  });
  const fault = useSignal<TransferFault | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const categories = useKnownCategories(wallet);
  const to = others.find((each) => each.id === values.value.to);
  const fail = (wrong: TransferFault): void => {
    fault.value = wrong;
    form.current?.querySelector<HTMLElement>(`[name="${wrong.field}"]`)?.focus();
  };
  const send = async (): Promise<void> => {
    const checked = checkTransfer(values.peek(), wallet, to);
    if ('field' in checked) return fail(checked);
    fault.value = undefined;
    busy.value = true;
    try {
      did(await sendTransfer(wallet, checked.body));
      values.value = { ...values.peek(), amount: '', arrives: '', fee: '', note: '' };
    } catch (error) {
      fail({ field: 'form', text: reasonOf(error) });
    } finally {
      busy.value = false;
    }
    return undefined;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy.peek()) void send();
  };
  const set = (part: Partial<TransferValues>): void => {
    values.value = { ...values.value, ...part };
  };
  const wrong = (field: TransferField): string | undefined => (fault.value?.field === field ? fault.value.text : undefined);
  const text = (
    name: Exclude<TransferField, 'to' | 'feeCategory'>,
    label: string,
    kind: 'amt' | 'date' | 'note',
    look = 'w3',
  ) => (
    <Field id={`send-${name}`} label={label} look={look} fault={wrong(name)}>
      <input
        class={kind === 'amt' ? 'input input--amt' : 'input'}
        id={`send-${name}`}
        name={name}
        {...(kind === 'date' ? { type: 'date' } : { type: 'text', inputMode: kind === 'amt' ? 'decimal' : 'text' })}
        maxLength={500}
        autocomplete="off"
        value={values.value[name]}
        aria-invalid={wrong(name) !== undefined}
        aria-describedby={wrong(name) === undefined ? undefined : `send-${name}-hint`}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
  const foreign = to !== undefined && to.currency !== wallet.currency;
  return (
    <form
      class="edit__form"
      ref={form}
      aria-label="Send to another wallet"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && submit(event)}
    >
      <Field id="send-to" label="To" look="w6" fault={wrong('to')}>
        <select
          class="input"
          id="send-to"
          name="to"
          value={values.value.to}
          onChange={(event) => set({ to: event.currentTarget.value, arrives: '' })}
        >
          {others.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}, {each.currency}
            </option>
          ))}
        </select>
      </Field>
      {text('amount', `Amount, ${wallet.currency}`, 'amt')}
      {foreign ? text('arrives', `What arrives, ${to.currency}`, 'amt') : text('occurredOn', 'Day', 'date')}
      {text('fee', `Fee, ${wallet.currency}, if any`, 'amt')}
      <CategoryField
        id="send-feeCategory"
        label="Category of the fee"
        value={values.value.feeCategory}
        categories={categories}
        fault={wrong('feeCategory')}
        change={(feeCategory) => set({ feeCategory })}
      />
      {foreign && text('occurredOn', 'Day', 'date')}
      {text('note', 'Note', 'note', foreign ? 'w3' : 'w6')}
      <Outlook wallet={wallet} to={to} values={values.value} />
      {fault.value?.field === 'form' && (
        <p class="w6 band" role="alert">
          {fault.value.text}
        </p>
      )}
      <div class="w6 row-actions">
        <button class="btn btn--main" type="submit" aria-disabled={busy.value}>
          Send <kbd class="wide-only">Ctrl Enter</kbd>
        </button>
      </div>
    </form>
  );
}

interface OutlookProps {
  readonly wallet: Wallet;
  readonly to: Wallet | undefined;
  readonly values: TransferValues;
}

/** The rate the two amounts come to, and what stays behind. */
function Outlook({ wallet, to, values }: OutlookProps) {
  const amount = parseAmount(values.amount, wallet.decimals);
  const arrives = to === undefined ? undefined : parseAmount(values.arrives, to.decimals);
  const fee = parseAmount(values.fee, wallet.decimals);
  const rate = amount.ok && arrives?.ok === true ? rateOf(amount.amount, arrives.amount) : undefined;
  const stays = amount.ok ? minus(minus(wallet.balance, amount.amount), fee.ok ? fee.amount : '0') : undefined;
  return (
    <p class="w6 quiet" role="status">
      {rate !== undefined && to !== undefined && to.currency !== wallet.currency && (
        <>
          1 {wallet.currency} = {rate} {to.currency}.{' '}
        </>
      )}
      {stays === undefined ? (
        'It is neither income nor spending; a fee is spending.'
      ) : (
        <>
          <Amt value={stays} /> {toMinor(stays) < 0n ? 'would be in' : 'stays in'} {wallet.name}.
        </>
      )}
    </p>
  );
}

import type { Signal } from '@preact/signals';
import type { Wallet } from '../api/types.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { openWallets } from '../state/wallets.ts';
import { Choice } from './choice.tsx';
import type { Typed, Wrong } from './typed.ts';

interface TextFieldProps {
  readonly typed: Signal<Typed>;
  readonly wrong: Wrong | undefined;
  readonly name: 'amount' | 'toAmount' | 'note' | 'payee' | 'rule' | 'from';
  readonly label: string;
  readonly look: string;
  readonly hint?: string;
  readonly type?: 'date';
}

/** One line of text, or a day. */
export function TextField({ typed, wrong, name, label, look, hint, type }: TextFieldProps) {
  const id = `schedule-${name}`;
  const fault = wrong?.field === name ? wrong.text : undefined;
  const isAmount = name === 'amount' || name === 'toAmount';
  const common = {
    id,
    class: isAmount ? 'input input--amt' : 'input',
    value: typed.value[name],
    'aria-invalid': fault !== undefined,
    'aria-describedby': (fault ?? hint) === undefined ? undefined : `${id}-hint`,
    onInput: (event: { readonly currentTarget: HTMLInputElement }): void => {
      typed.value = { ...typed.peek(), [name]: event.currentTarget.value };
    },
  };
  return (
    <Field id={id} look={look} label={label} fault={fault} hint={hint}>
      {type === 'date' ? (
        <input type="date" {...common} />
      ) : (
        <input autocomplete="off" inputMode={isAmount ? 'decimal' : 'text'} {...common} />
      )}
    </Field>
  );
}

interface SayingFieldsProps {
  readonly wallet: Wallet;
  readonly typed: Signal<Typed>;
  readonly wrong: Wrong | undefined;
  readonly categories: readonly string[];
  /** Over how many categories it is split now. */
  readonly split: number;
}

const KINDS: readonly (readonly [Typed['kind'], string])[] = [
  ['expense', 'Expense'],
  ['income', 'Income'],
  ['transfer', 'Transfer'],
];

/** What is booked. */
export function SayingFields({ wallet, typed, wrong, categories, split }: SayingFieldsProps) {
  const own = { typed, wrong };
  const { kind, category } = typed.value;
  const others = openWallets.value.filter(({ id }) => id !== wallet.id);
  return (
    <>
      <TextField {...own} name="note" label="What for" look="w4 whole" />
      <Choice
        id="schedule-kind"
        label="Kind"
        look="w2 whole"
        value={kind}
        choices={KINDS.filter(([each]) => each !== 'transfer' || others.length > 0 || kind === 'transfer')}
        change={(next) => {
          typed.value = { ...typed.peek(), kind: next, to: typed.peek().to || (others[0]?.id ?? '') };
        }}
      />
      <TextField {...own} name="amount" label={`Amount, ${wallet.currency}`} look="w2 whole" />
      {kind === 'transfer' ? (
        <Target {...own} wallet={wallet} others={others} />
      ) : (
        <CategoryField
          id="schedule-category"
          look="w2 whole"
          label="Category"
          value={category}
          categories={categories}
          fault={wrong?.field === 'category' ? wrong.text : undefined}
          {...(split > 0 ? { hint: `Leave it empty to keep the split over ${split}.` } : {})}
          change={(next) => {
            typed.value = { ...typed.peek(), category: next };
          }}
        />
      )}
      <TextField {...own} name="payee" label="Payee" look="w2 whole" />
    </>
  );
}

interface TargetProps {
  readonly typed: Signal<Typed>;
  readonly wrong: Wrong | undefined;
  readonly wallet: Wallet;
  readonly others: readonly Wallet[];
}

/** Where a transfer goes, and what arrives there when it has another currency. */
function Target({ typed, wrong, wallet, others }: TargetProps) {
  const target = others.find(({ id }) => id === typed.value.to);
  return (
    <>
      <Choice
        id="schedule-to"
        label="To"
        look="w2 whole"
        value={typed.value.to}
        fault={wrong?.field === 'to' ? wrong.text : undefined}
        choices={others.map(({ id, name }) => [id, name])}
        change={(to) => {
          typed.value = { ...typed.peek(), to };
        }}
      />
      {target !== undefined && target.currency !== wallet.currency && (
        <TextField typed={typed} wrong={wrong} name="toAmount" label={`Arrives, ${target.currency}`} look="w2 whole" />
      )}
    </>
  );
}

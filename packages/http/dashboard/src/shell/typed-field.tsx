import { Field } from '../quick-add/entry-fields.tsx';

interface TypedFieldProps {
  readonly id: string;
  readonly look?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly kind?: 'words' | 'money' | 'number' | 'day';
  readonly maxLength?: number;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A labelled input for words, an amount, a number or a day, with what is wrong with it beneath. */
export function TypedField({ id, look = 'w2', label, hint, fault, kind = 'words', maxLength, value, change }: TypedFieldProps) {
  const control = {
    class: kind === 'money' ? 'input input--amt' : 'input',
    id,
    autocomplete: 'off',
    value,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault !== undefined || hint !== undefined ? `${id}-hint` : undefined,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => change(event.currentTarget.value),
  };
  return (
    <Field id={id} look={look} label={label} fault={fault} hint={hint}>
      {kind === 'day' ? (
        <input type="date" {...control} />
      ) : (
        <input
          type="text"
          inputMode={kind === 'money' ? 'decimal' : kind === 'number' ? 'numeric' : undefined}
          maxLength={maxLength}
          {...control}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<Value extends string> {
  readonly id: string;
  readonly look?: string;
  readonly label: string;
  readonly value: Value;
  readonly of: Readonly<Record<Value, string>>;
  readonly choose: (value: Value) => void;
}

/** One of a few. */
export function Choice<Value extends string>({ id, look = 'w2', label, value, of, choose }: ChoiceProps<Value>) {
  const isOne = (text: string): text is Value => Object.hasOwn(of, text);
  return (
    <Field id={id} look={look} label={label}>
      <select
        class="input"
        id={id}
        value={value}
        onChange={(event) => {
          if (isOne(event.currentTarget.value)) choose(event.currentTarget.value);
        }}
      >
        {Object.keys(of)
          .filter(isOne)
          .map((each) => (
            <option key={each} value={each}>
              {of[each]}
            </option>
          ))}
      </select>
    </Field>
  );
}

import { Field } from '../quick-add/entry-fields.tsx';

interface ChoiceProps<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly look: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly choices: readonly (readonly [Value, string])[];
  readonly change: (value: Value) => void;
}

/** One of a few. */
export function Choice<Value extends string>({ id, label, look, value, fault, choices, change }: ChoiceProps<Value>) {
  return (
    <Field id={id} look={look} label={label} fault={fault}>
      <select
        class="input"
        id={id}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const found = choices.find(([each]) => each === event.currentTarget.value);
          if (found !== undefined) change(found[0]);
        }}
      >
        {choices.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

import type { ComponentChildren } from 'preact';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly look?: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}

/** A label, its control, and beneath it a hint or what is wrong. The control ties itself to `${id}-hint`. */
export function Field({ id, label, look, fault, hint, children }: FieldProps) {
  return (
    <div class={`field ${look ?? ''}`}>
      <label for={id}>{label}</label>
      {children}
      {(fault ?? hint) !== undefined && (
        <small id={`${id}-hint`} class={fault === undefined ? undefined : 'state--near'}>
          {fault ?? hint}
        </small>
      )}
    </div>
  );
}

interface CategoryFieldProps {
  readonly id: string;
  readonly value: string;
  readonly categories: readonly string[];
  readonly fault?: string | undefined;
  readonly label?: string;
  readonly look?: string;
  readonly hint?: string;
  readonly change: (value: string) => void;
}

/** A category with those used before as suggestions. */
export function CategoryField({ id, value, categories, fault, label, look, hint, change }: CategoryFieldProps) {
  return (
    <Field id={id} label={label ?? 'Category'} look={look ?? 'w3'} fault={fault} hint={hint}>
      <input
        class="input"
        id={id}
        name="category"
        list={`${id}-known`}
        value={value}
        autocomplete="off"
        maxLength={487}
        aria-invalid={fault !== undefined}
        aria-describedby={fault !== undefined || hint !== undefined ? `${id}-hint` : undefined}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <datalist id={`${id}-known`}>
        {categories.map((category) => (
          <option key={category} value={category} />
        ))}
      </datalist>
    </Field>
  );
}

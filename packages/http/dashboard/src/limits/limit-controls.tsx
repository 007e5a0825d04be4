import { TypedField } from '../shell/typed-field.tsx';
import type { Terms, Wrong } from './limit-terms.ts';

type Typed = Exclude<Wrong['field'], 'form'>;

/** The terms that are being typed, and what is wrong with them. */
export interface FieldSet {
  readonly terms: Terms;
  set(part: Partial<Terms>): void;
  fault(field: Wrong['field']): string | undefined;
}

interface TermProps extends FieldSet {
  readonly name: Typed;
  readonly look: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind?: 'money' | 'number' | 'day';
}

/** One term that is typed. */
export function Term({ name, look, label, hint, kind, terms, set, fault }: TermProps) {
  return (
    <TypedField
      id={`limit-${name}`}
      look={look}
      label={label}
      hint={hint}
      fault={fault(name)}
      {...(kind === undefined ? {} : { kind })}
      value={terms[name]}
      change={(next) => set({ [name]: next })}
    />
  );
}

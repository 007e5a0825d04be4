import type { Signal } from '@preact/signals';
import type { Wallet } from '../api/types.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { type FieldSet, Term } from './limit-controls.tsx';
import { Choice } from '../shell/typed-field.tsx';
import { PeriodFields } from './limit-period-fields.tsx';
import { CARRIES } from './limit-words.ts';
import type { Terms, What, Wrong } from './limit-terms.ts';

const WHAT: Readonly<Record<What, string>> = { category: 'a category', tag: 'a tag', wallet: 'the whole wallet' };
const MODES = { warn: 'warn, and book', block: 'refuse to book' } as const;

interface LimitFieldsProps {
  readonly wallet: Wallet;
  readonly terms: Signal<Terms>;
  readonly wrong: Wrong | undefined;
  readonly categories: readonly string[];
}

/** Everything a limit can be, in the order in which one thinks of it. */
export function LimitFields({ wallet, terms, wrong, categories }: LimitFieldsProps) {
  const fields: FieldSet = {
    terms: terms.value,
    set: (part) => (terms.value = { ...terms.value, ...part }),
    fault: (field) => (wrong?.field === field ? wrong.text : undefined),
  };
  const { what, period, rollover, mode, scope } = terms.value;
  return (
    <>
      <Choice
        id="limit-what"
        look="w2 whole"
        label="A limit for"
        value={what}
        of={WHAT}
        choose={(next) => fields.set({ what: next })}
      />
      {what === 'category' && (
        <CategoryField
          id="limit-scope"
          look="w4"
          label="Category"
          hint="With what lies under it."
          value={scope}
          categories={categories}
          fault={fields.fault('scope')}
          change={(next) => fields.set({ scope: next })}
        />
      )}
      {what === 'tag' && <Term name="tag" look="w4" label="Tag" hint="As in #holiday, whatever the category." {...fields} />}
      {what === 'wallet' && (
        <Field id="limit-whole" look="w4" label="Counts">
          <output class="limit-whole" id="limit-whole">
            Every expense, in any category
          </output>
        </Field>
      )}
      <Term name="amount" look="w2" label={`Amount, ${wallet.currency}`} kind="money" {...fields} />
      <PeriodFields {...fields} />
      {period !== 'custom' && (
        <>
          <Choice
            id="limit-rollover"
            look="w4"
            label="At the end of a period"
            value={rollover}
            of={CARRIES}
            choose={(next) => fields.set({ rollover: next })}
          />
          {rollover !== 'none' && <Term name="cap" look="w2" label="At most" hint="Empty: all of it." kind="money" {...fields} />}
        </>
      )}
      <Term name="thresholds" look="w2" label="Alert at, percent" {...fields} />
      <Choice
        id="limit-mode"
        look="w2"
        label="When it would be over"
        value={mode}
        of={MODES}
        choose={(next) => fields.set({ mode: next })}
      />
    </>
  );
}

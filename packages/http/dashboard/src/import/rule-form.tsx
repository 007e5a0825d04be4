import { signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import type { ImportRule } from '../api/rule-types.ts';
import type { Wallet } from '../api/types.ts';
import { CategoryField } from '../quick-add/entry-fields.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { readTags, tagFault } from '../quick-add/tags.ts';
import { Choice, TypedField } from '../shell/typed-field.tsx';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { setRule } from './rule-deeds.ts';
import { patternOf, typedOf } from './rule-words.ts';
import { run } from './run.ts';

/** The rule that is being written, new or in the place of what it was. */
export const draft = signal<ImportRule | undefined>(undefined);

const FIELDS = { payee: 'Payee', note: 'Note' } as const;
const KINDS = { both: 'In and out', expense: 'Money out', income: 'Money in' } as const;

interface Typed {
  readonly field: keyof typeof FIELDS;
  readonly contains: string;
  readonly kind: keyof typeof KINDS;
  readonly category: string;
  readonly tags: string;
  readonly rename: string;
}

function typedFrom({ payee, note, kind, category, tags, rename }: ImportRule): Typed {
  return {
    field: payee === null && note !== null ? 'note' : 'payee',
    contains: typedOf(payee ?? note ?? ''),
    kind: kind ?? 'both',
    category: category ?? '',
    tags: tags.join(' '),
    rename: rename ?? '',
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A rule that asks for both payee and note keeps the one that the form does not show. */
function ruleOf(typed: Typed, from: ImportRule): ImportRule {
  const pattern = orNull(patternOf(typed.contains));
  const both = from.payee !== null && from.note !== null;
  return {
    id: from.id,
    payee: typed.field === 'payee' ? pattern : null,
    note: typed.field === 'note' ? pattern : both ? from.note : null,
    kind: typed.kind === 'both' ? null : typed.kind,
    category: orNull(typed.category),
    tags: readTags(typed.tags),
    rename: orNull(typed.rename),
  };
}

type Place = 'contains' | 'category' | 'tags' | 'rename' | 'form';

const PLACES: Readonly<Record<string, Place>> = {
  'pattern-invalid': 'contains',
  'category-invalid': 'category',
  'category-too-long': 'category',
  'category-too-deep': 'category',
  'nothing-to-change': 'category',
  'tags-invalid': 'tags',
  'payee-invalid': 'rename',
  'payee-too-long': 'rename',
};

/** Payee contains … → category, tags, another name. */
export function RuleForm({ wallet, from }: { readonly wallet: Wallet; readonly from: ImportRule }) {
  const typed = useSignal(typedFrom(from));
  const wrong = useSignal<{ readonly place: Place; readonly text: string } | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const categories = useKnownCategories(wallet);
  const set = (part: Partial<Typed>): void => {
    typed.value = { ...typed.value, ...part };
  };
  const fail = (place: Place, text: string): void => {
    wrong.value = { place, text };
    form.current?.querySelector<HTMLElement>(`#rule-${place}`)?.focus();
  };
  const save = async (): Promise<void> => {
    const rule = ruleOf(typed.peek(), from);
    const tags = tagFault(rule.tags);
    if (rule.payee === null && rule.note === null) return fail('contains', 'Which words should it contain?');
    if (tags !== undefined) return fail('tags', tags);
    if (rule.category === null && rule.rename === null && rule.tags.length === 0)
      return fail('category', 'Say what such rows should get: a category, tags or another name.');
    try {
      did(await setRule(wallet.id, rule));
      draft.value = undefined;
      await run.read(wallet, {});
    } catch (error) {
      fail((error instanceof Problem ? PLACES[error.code] : undefined) ?? 'form', reasonOf(error));
    }
    return undefined;
  };
  const fault = (place: Place): string | undefined => (wrong.value?.place === place ? wrong.value.text : undefined);
  const { field, contains, kind, category, tags, rename } = typed.value;
  return (
    <form
      class="edit__form rule-form"
      ref={form}
      aria-label="A rule for rows"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Choice id="rule-field" look="w2" label="Where" value={field} of={FIELDS} choose={(next) => set({ field: next })} />
      <TypedField
        id="rule-contains"
        look="w4"
        label="Contains"
        hint="Case and accents do not matter. With a * of its own, which stands for anything, it must fit the whole text."
        fault={fault('contains')}
        maxLength={100}
        value={contains}
        change={(next) => set({ contains: next })}
      />
      <Choice id="rule-kind" look="w2" label="For" value={kind} of={KINDS} choose={(next) => set({ kind: next })} />
      <CategoryField
        id="rule-category"
        look="w4"
        label="Gets the category"
        value={category}
        categories={categories}
        fault={fault('category')}
        change={(next) => set({ category: next })}
      />
      <TypedField
        id="rule-tags"
        look="w3"
        label="And tags"
        fault={fault('tags')}
        value={tags}
        change={(next) => set({ tags: next })}
      />
      <TypedField
        id="rule-rename"
        look="w3"
        label="And is called"
        fault={fault('rename')}
        maxLength={100}
        value={rename}
        change={(next) => set({ rename: next })}
      />
      {fault('form') !== undefined && (
        <p class="w6 band" role="alert">
          {fault('form')}
        </p>
      )}
      <div class="w6 row-actions">
        <button class="btn btn--main" type="submit">
          Set the rule
        </button>
        <button class="btn btn--bare" type="button" onClick={() => (draft.value = undefined)}>
          Close
        </button>
      </div>
    </form>
  );
}

import { type Signal, signal, useSignal } from '@preact/signals';
import type { BulkEntry } from '../api/entry-types.ts';
import type { Entry, Wallet } from '../api/types.ts';
import { CategoryField, Field } from '../quick-add/entry-fields.tsx';
import { PayeeField } from '../quick-add/payee-field.tsx';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { readTags, tagFault } from '../quick-add/tags.ts';
import { Popover } from '../shell/popover.tsx';
import { changeEntries } from '../state/entry-deeds.ts';
import { reasonOf } from '../state/toast.ts';
import { did } from '../state/undo.ts';

/** Whether rows have boxes to tick. */
export const selecting = signal(false);

interface SelectionProps {
  readonly wallet: Wallet;
  readonly rows: readonly Entry[];
  readonly selected: Signal<ReadonlySet<string>>;
  readonly voidThese: () => void;
}

/** What can be done with the rows that are selected, all at once. */
export function Selection({ wallet, rows, selected, voidThese }: SelectionProps) {
  const these = rows.filter((entry) => selected.value.has(entry.id) && !entry.void);
  if (selected.value.size === 0 && !selecting.value) return null;
  const letGo = (): void => {
    selected.value = new Set();
    selecting.value = false;
  };
  return (
    <div class="selection">
      <p role="status">{selected.value.size} selected</p>
      {these.length > 0 && (
        <>
          <Popover look="btn" face="Change them">
            {(close) => <ChangeForm wallet={wallet} these={these} close={close} changed={letGo} />}
          </Popover>
          <button class="btn" type="button" onClick={voidThese}>
            Void them <kbd class="wide-only">v</kbd>
          </button>
        </>
      )}
      <button class="btn btn--bare" type="button" onClick={letGo}>
        Let go
      </button>
    </div>
  );
}

interface ChangeValues {
  readonly category: string;
  readonly payee: string;
  readonly tags: string;
}

/** What each is given; a split and a transfer keep what they are for. */
function changesOf(these: readonly Entry[], { category, payee, tags }: ChangeValues): readonly BulkEntry[] {
  const name = category.trim();
  const words = readTags(tags);
  const all = {
    ...(payee.trim() === '' ? {} : { payee: payee.trim() }),
    ...(words.length === 0 ? {} : { tags: words }),
  };
  return these
    .map((entry) => ({
      entryId: entry.id,
      ...all,
      ...(name === '' || entry.parts !== null || entry.transfer !== null ? {} : { category: name }),
    }))
    .filter((change) => Object.keys(change).length > 1);
}

interface ChangeFormProps {
  readonly wallet: Wallet;
  readonly these: readonly Entry[];
  readonly close: () => void;
  readonly changed: () => void;
}

function ChangeForm({ wallet, these, close, changed }: ChangeFormProps) {
  const values = useSignal<ChangeValues>({ category: '', payee: '', tags: '' });
  const fault = useSignal<string | undefined>(undefined);
  const categories = useKnownCategories(wallet);
  const set = (part: Partial<ChangeValues>): void => {
    values.value = { ...values.value, ...part };
  };
  const apply = (): void => {
    const changes = changesOf(these, values.peek());
    const wrong = tagFault(readTags(values.peek().tags));
    if (wrong !== undefined || changes.length === 0) {
      fault.value = wrong ?? 'Write what they get: a category, a payee or tags.';
      return;
    }
    changeEntries(wallet.id, changes).then(
      (deed) => {
        did(deed);
        close();
        changed();
      },
      (error: unknown) => {
        fault.value = reasonOf(error);
      },
    );
  };
  const { category, payee, tags } = values.value;
  return (
    <div
      class="edit__form filter-form"
      role="group"
      aria-label="Change the selected entries"
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        apply();
      }}
    >
      <CategoryField
        id="bulk-category"
        look="w6"
        value={category}
        categories={categories}
        change={(next) => set({ category: next })}
      />
      <PayeeField id="bulk-payee" wallet={wallet} look="w6" value={payee} change={(next) => set({ payee: next })} />
      <Field id="bulk-tags" label="Tags, in the place of theirs" look="w6">
        <input
          class="input"
          id="bulk-tags"
          autocomplete="off"
          maxLength={500}
          value={tags}
          onInput={(event) => set({ tags: event.currentTarget.value })}
        />
      </Field>
      <p class="w6 quiet" role="status">
        {fault.value ?? 'What is left empty stays as it is. Splits and transfers keep what they are for.'}
      </p>
      <div class="w6 row-actions">
        <button class="btn btn--main" type="button" onClick={apply}>
          Change {these.length === 1 ? '1 entry' : `${these.length} entries`}
        </button>
        <button class="btn" type="button" onClick={close}>
          Close
        </button>
      </div>
    </div>
  );
}

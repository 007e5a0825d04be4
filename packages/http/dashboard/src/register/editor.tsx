import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Entry, Facts, Wallet } from '../api/types.ts';
import { previewCorrection } from '../limits/limit-preview.ts';
import { fromMinor } from '../money/amount.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { checkFields } from '../quick-add/entry-form.tsx';
import { EntryFields, type FieldFaultShown, type FieldValues } from '../quick-add/all-fields.tsx';
import { After } from '../quick-add/preview.tsx';
import { amountsOf, splitOf } from '../quick-add/split.ts';
import { readTags, tagsInWords } from '../quick-add/tags.ts';
import { useKnownCategories } from '../quick-add/quick-add-view.tsx';
import { factsAlone } from '../state/bookings.ts';
import { limits } from '../state/books.ts';
import { correctEntry, sameList } from '../state/entry-deeds.ts';
import { whatOf } from '../state/entry-words.ts';
import { useResource } from '../state/resource.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { type Deed, did } from '../state/undo.ts';
import { EntryActions } from './entry-actions.tsx';
import { Story } from './story.tsx';

/** What is being typed survives its row being scrolled out of sight. */
const drafts = new Map<string, FieldValues>();

interface EditorProps {
  readonly wallet: Wallet;
  readonly entry: Entry;
  readonly height: Signal<number>;
  readonly close: () => void;
}

function valuesOf(entry: Entry): FieldValues {
  return {
    kind: entry.kind,
    amount: entry.amount,
    category: entry.category ?? '',
    split: splitOf(entry.parts),
    payee: entry.payee ?? '',
    tags: tagsInWords(entry.tags),
    note: entry.note ?? '',
    occurredOn: entry.occurredOn,
  };
}

/** The open row: its fields, what saving would do, and what happened to it so far. */
export function Editor({ wallet, entry, height, close }: EditorProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    const element = row.current;
    if (element === null) return undefined;
    const size = new ResizeObserver(() => {
      if (element.offsetHeight > 0 && element.offsetHeight !== height.peek()) height.value = element.offsetHeight;
    });
    size.observe(element);
    return () => size.disconnect();
  }, []);
  return (
    <tr class="edit" role="row" ref={row}>
      <td role="cell" aria-colspan={4}>
        <div class="edit__in">
          <EditForm wallet={wallet} entry={entry} close={close} />
          <Story wallet={wallet} entry={entry} />
        </div>
      </td>
    </tr>
  );
}

type EditFormProps = Omit<EditorProps, 'height'>;

function EditForm({ wallet, entry, close }: EditFormProps) {
  const values = useSignal<FieldValues>(drafts.get(entry.id) ?? valuesOf(entry));
  const fault = useSignal<FieldFaultShown | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const categories = useKnownCategories(wallet);
  drafts.set(entry.id, values.value);
  const leave = (): void => {
    drafts.delete(entry.id);
    close();
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#entry-${CSS.escape(entry.id)} .what button`)?.focus());
  };
  const attempt = (deed: Promise<Deed>): void => {
    deed.then(
      (done) => {
        did(done);
        leave();
      },
      (error: unknown) => warn(reasonOf(error)),
    );
  };
  const save = (event: Event): void => {
    event.preventDefault();
    const checked = checkFields(values.peek(), wallet.decimals);
    if ('field' in checked) {
      fault.value = { field: checked.field, text: checked.fault };
      form.current?.querySelector<HTMLElement>(`[name="${checked.field}"]`)?.focus();
      return;
    }
    fault.value = undefined;
    if (same(entry, checked.facts)) leave();
    else attempt(correctEntry(wallet.id, entry.id, factsAlone(entry), checked.facts));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.ctrlKey) save(event);
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    }
  };
  return (
    <form class="edit__form" ref={form} aria-label={`Correct ${whatOf(entry)}`} noValidate onSubmit={save} onKeyDown={keys}>
      {entry.void ? (
        <p class="w6 second">This entry is void and counts nowhere.{entry.transfer === null && ' Restore it to correct it.'}</p>
      ) : (
        <>
          <EntryFields prefix={`e-${entry.id}`} wallet={wallet} values={values} fault={fault.value} categories={categories} />
          <Outlook wallet={wallet} entry={entry} values={values.value} />
        </>
      )}
      <div class="w6 row-actions">
        {!entry.void && (
          <button class="btn btn--main" type="submit">
            Save <kbd class="wide-only">Ctrl Enter</kbd>
          </button>
        )}
        <button class="btn" type="button" onClick={leave}>
          Close
        </button>
        <EntryActions wallet={wallet} entry={entry} attempt={attempt} />
      </div>
    </form>
  );
}

function same(entry: Entry, facts: Facts): boolean {
  return (
    entry.kind === facts.kind &&
    entry.amount === facts.amount &&
    entry.category === facts.category &&
    sameList(entry.parts, facts.parts) &&
    entry.payee === facts.payee &&
    sameList(entry.tags, facts.tags) &&
    entry.note === facts.note &&
    entry.occurredOn === facts.occurredOn
  );
}

function Outlook({ wallet, entry, values }: { readonly wallet: Wallet; readonly entry: Entry; readonly values: FieldValues }) {
  const held = useResource(limits.of(wallet.id)).value.value?.items ?? [];
  const parsed = parseAmount(values.amount, wallet.decimals);
  const before = entry.kind === 'expense' ? entry : undefined;
  const now =
    parsed.ok && values.kind === 'expense'
      ? {
          amount: parsed.amount,
          category: values.category.trim() || null,
          parts: partsOf(values, parsed.minor, wallet.decimals),
          tags: readTags(values.tags),
          occurredOn: values.occurredOn,
        }
      : undefined;
  const gravest = parsed.ok ? previewCorrection(held, before, now)[0] : undefined;
  return (
    <p class="w6 quiet" role="status">
      {gravest !== undefined && (
        <>
          <After after={gravest} />.{' '}
        </>
      )}
      Nothing changes until you save.
    </p>
  );
}

/** The parts as far as they can be read; none of an entry that is not split. */
function partsOf({ split }: FieldValues, whole: bigint, decimals: number) {
  if (split.rows.length === 0) return null;
  const amounts = amountsOf(split, whole, decimals);
  return split.rows.map(({ category }, index) => ({
    category: category.trim(),
    amount: fromMinor(amounts[index] ?? 0n, decimals),
  }));
}

import { computed } from '@preact/signals';
import type { EntryQuery } from '../api/reads.ts';
import type { EntryKind } from '../api/entry-types.ts';
import { KIND_NAMES } from '../state/entry-words.ts';
import { address, setQuery } from '../state/route.ts';

/** What a row can lack. */
type Without = NonNullable<EntryQuery['without']>;

/** What narrows the register. It lives in the address, so that a figure can link to its rows and Back works. */
export interface Filters {
  readonly q: string;
  readonly from: string;
  readonly to: string;
  readonly category: string;
  readonly payee: string;
  readonly tag: string;
  /** `spending` is what counts as out: expenses, and the refunds that are taken off them. */
  readonly kind: EntryKind | 'spending' | '';
  readonly min: string;
  readonly max: string;
  readonly void: boolean;
  readonly importId: string;
  /** Only rows that have no payee, or no category. */
  readonly without: Without | '';
  /** The two times of the report that a figure came from. */
  readonly occurredAsOf: string;
  readonly recordedAsOf: string;
}

export const filters = computed<Filters>(() => {
  const search = address.value.searchParams;
  const text = (name: string): string => search.get(name) ?? '';
  const kind = text('kind');
  const without = text('without');
  return {
    q: text('q'),
    from: text('from'),
    to: text('to'),
    category: text('category'),
    payee: text('payee'),
    tag: text('tag'),
    kind: isKind(kind) ? kind : '',
    min: text('min'),
    max: text('max'),
    void: text('void') === 'include',
    importId: text('import'),
    without: isWithout(without) ? without : '',
    occurredAsOf: text('occurredAsOf'),
    recordedAsOf: text('recordedAsOf'),
  };
});

const isKind = (text: string): text is EntryKind | 'spending' => text === 'spending' || Object.hasOwn(KIND_NAMES, text);
const isWithout = (text: string): text is Without => text === 'payee' || text === 'category';

export function narrow(change: Partial<Filters>): void {
  const { void: shown, importId, ...rest } = change;
  const parts: Record<string, string | undefined> = { ...rest, open: undefined };
  if (shown !== undefined) parts['void'] = shown ? 'include' : undefined;
  if (importId !== undefined) parts['import'] = importId || undefined;
  setQuery(parts);
}

const NOTHING: Omit<Filters, 'void'> = {
  q: '',
  from: '',
  to: '',
  category: '',
  payee: '',
  tag: '',
  kind: '',
  min: '',
  max: '',
  importId: '',
  without: '',
  occurredAsOf: '',
  recordedAsOf: '',
};

export function clearFilters(): void {
  narrow({ ...NOTHING, void: false });
}

export function isNarrowed({ void: _shown, ...held }: Filters): boolean {
  return Object.values(held).some((part) => part !== '');
}

export function queryOf({ void: shown, importId, ...held }: Filters): EntryQuery {
  const set = Object.fromEntries(Object.entries({ ...held, import: importId }).filter(([, part]) => part !== ''));
  return shown ? { ...set, void: 'include' } : set;
}

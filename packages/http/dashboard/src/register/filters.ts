import { computed } from '@preact/signals';
import type { EntryQuery } from '../api/reads.ts';
import type { EntryKind } from '../api/entry-types.ts';
import { KIND_NAMES } from '../state/entry-words.ts';
import { address, setQuery } from '../state/route.ts';

/** What narrows the register. It lives in the address, so that a figure can link to its rows and Back works. */
export interface Filters {
  readonly q: string;
  readonly from: string;
  readonly to: string;
  readonly category: string;
  readonly payee: string;
  readonly tag: string;
  readonly kind: EntryKind | '';
  readonly min: string;
  readonly max: string;
  readonly void: boolean;
  readonly importId: string;
}

export const filters = computed<Filters>(() => {
  const search = address.value.searchParams;
  const text = (name: string): string => search.get(name) ?? '';
  const kind = text('kind');
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
  };
});

const isKind = (text: string): text is EntryKind => Object.hasOwn(KIND_NAMES, text);

export function narrow(change: Partial<Filters>): void {
  const { void: shown, importId, ...rest } = change;
  const parts: Record<string, string | undefined> = { ...rest, open: undefined };
  if (shown !== undefined) parts['void'] = shown ? 'include' : undefined;
  if (importId !== undefined) parts['import'] = importId || undefined;
  setQuery(parts);
}

export function clearFilters(): void {
  narrow({ q: '', from: '', to: '', category: '', payee: '', tag: '', kind: '', min: '', max: '', void: false, importId: '' });
}

export function isNarrowed(held: Filters): boolean {
  return [held.q, held.from, held.to, held.category, held.payee, held.tag, held.kind, held.min, held.max, held.importId].some(
    (part) => part !== '',
  );
}

export function queryOf(held: Filters): EntryQuery {
  const { q, from, to, category, payee, tag, kind, min, max, importId } = held;
  const set = (text: string): string | undefined => (text === '' ? undefined : text);
  return {
    q: set(q),
    from: set(from),
    to: set(to),
    category: set(category),
    payee: set(payee),
    tag: set(tag),
    kind: set(kind),
    min: set(min),
    max: set(max),
    import: set(importId),
    void: held.void ? 'include' : undefined,
  };
}

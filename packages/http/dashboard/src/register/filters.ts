import { computed } from '@preact/signals';
import type { EntryQuery } from '../api/reads.ts';
import type { Kind } from '../api/types.ts';
import { address, setQuery } from '../state/route.ts';

/** What narrows the register. It lives in the address, so that a figure can link to its rows and Back works. */
export interface Filters {
  readonly q: string;
  readonly from: string;
  readonly to: string;
  readonly category: string;
  readonly kind: Kind | '';
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
    kind: kind === 'income' || kind === 'expense' ? kind : '',
    min: text('min'),
    max: text('max'),
    void: text('void') === 'include',
    importId: text('import'),
  };
});

export function narrow(change: Partial<Filters>): void {
  const { void: shown, importId, ...rest } = change;
  const parts: Record<string, string | undefined> = { ...rest, open: undefined };
  if (shown !== undefined) parts['void'] = shown ? 'include' : undefined;
  if (importId !== undefined) parts['import'] = importId || undefined;
  setQuery(parts);
}

export function clearFilters(): void {
  narrow({ q: '', from: '', to: '', category: '', kind: '', min: '', max: '', void: false, importId: '' });
}

export function isNarrowed(held: Filters): boolean {
  return [held.q, held.from, held.to, held.category, held.kind, held.min, held.max, held.importId].some((part) => part !== '');
}

export function queryOf(held: Filters): EntryQuery {
  const { q, from, to, category, kind, min, max, importId } = held;
  const set = (text: string): string | undefined => (text === '' ? undefined : text);
  return {
    q: set(q),
    from: set(from),
    to: set(to),
    category: set(category),
    kind: set(kind),
    min: set(min),
    max: set(max),
    import: set(importId),
    void: held.void ? 'include' : undefined,
  };
}

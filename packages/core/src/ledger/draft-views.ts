import type { ViewStore } from '../ports/view-store.ts';

/** The name under which a view is folded anew while the one that is read stays. */
export function draftOf(view: string): string {
  return `${view}~`;
}

export function isDraft(view: string): boolean {
  return view.endsWith('~');
}

/** A store as those see it who fold drafts: under their views' own names. */
export function draftViews(store: ViewStore): Pick<ViewStore, 'load' | 'save' | 'drop'> {
  return {
    async load(stream, views, refs) {
      const found = await store.load(
        stream,
        views.map(draftOf),
        refs.map((ref) => ({ ...ref, view: draftOf(ref.view) })),
      );
      return {
        seen: new Map([...found.seen].map(([draft, seen]) => [draft.slice(0, -1), seen])),
        buckets: found.buckets.map((bucket) => ({ ...bucket, view: bucket.view.slice(0, -1) })),
      };
    },
    save: ({ stream, views, buckets }) =>
      store.save({
        stream,
        views: views.map((each) => ({ ...each, view: draftOf(each.view) })),
        buckets: buckets.map((each) => ({ ...each, view: draftOf(each.view) })),
      }),
    drop: (view, stream) => store.drop(draftOf(view), stream),
  };
}

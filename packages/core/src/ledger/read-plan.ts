import { head, HEAD, type Head } from '../wallet/head.ts';
import type { Need, Views } from '../wallet/state.ts';
import type { StreamViews } from './stream-views.ts';

/** A read: what it needs, found out step by step, and what it makes of it. */
export interface ReadPlan<Result> {
  /** Named again after each loading, until nothing is missing. The head is always there. */
  needs(head: Head, views: Views): readonly Need[];
  result(head: Head, views: Views, at: { readonly version: number; readonly position: number }): Result;
}

/** Reads in one moment: between the check and the result nothing is awaited, so no event comes in between. */
export async function readConsistently<Result>(views: StreamViews, plan: ReadPlan<Result>): Promise<Result> {
  for (;;) {
    const first: readonly Need[] = [{ projection: head, bucket: HEAD }];
    const wanted = isLoaded(views, first) ? plan.needs(views.get(head, HEAD), views) : first;
    if (wanted !== first && isLoaded(views, wanted)) {
      return plan.result(views.get(head, HEAD), views, { version: views.place, position: views.position });
    }
    await views.load(wanted);
  }
}

function isLoaded(views: StreamViews, needs: readonly Need[]): boolean {
  return needs.every(({ projection, bucket }) => views.has(projection, bucket));
}

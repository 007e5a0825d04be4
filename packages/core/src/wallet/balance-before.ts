import type { CivilDate } from '../calendar.ts';
import { ALL_YEARS, flowOf, MOVED_IN, MOVED_OUT, sumOf, type Flow, type Flows } from './flows.ts';

/** Gives the flows of a bucket. */
export type FlowReader = (bucket: string) => Flows;

/** What a part adds to the balance: what came in less what went out, transfers included. */
export function netOf({ in: came, out: went, moved = {} }: Flow): bigint {
  return sumOf(came) - sumOf(went) + BigInt(moved[MOVED_IN] ?? '0') - BigInt(moved[MOVED_OUT] ?? '0');
}

/** The buckets that the balance at the beginning of a day is made of. */
export function bucketsBefore(date: CivilDate): readonly string[] {
  return [ALL_YEARS, date.slice(0, 4), date.slice(0, 7)];
}

/** The balance at the beginning of a day, in minor units: the years, months and days before it. */
export function balanceBefore(date: CivilDate, read: FlowReader): bigint {
  let balance = 0n;
  const here = { [ALL_YEARS]: date.slice(0, 4), [date.slice(0, 4)]: date.slice(0, 7), [date.slice(0, 7)]: date };
  for (const [bucket, part] of Object.entries(here)) {
    const view = read(bucket);
    for (const name in view) if (name < part) balance += netOf(flowOf(view, name));
  }
  return balance;
}

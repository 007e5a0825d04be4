import { addDays, isRecurrence, parseRecurrence, type CivilDate, type Course } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelDays } from './recurrence-model.ts';
import { bookedOf, codeOf, day, done, expectViewsToBeTrue, worldOn, type World } from './schedule-fixtures.ts';

const START = day('2026-01-15');
/** No run comes this far. */
const END = addDays(START, 900);
const RULES = [
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,SA',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=5FR',
  'FREQ=DAILY;INTERVAL=9',
  'FREQ=WEEKLY;COUNT=5',
];

/** The slow, obvious model: it remembers what was said, and looks at every day from the beginning each time. */
class Model {
  readonly #terms: { since: CivilDate; days: ReadonlySet<CivilDate> | null; amount: string }[] = [];
  readonly #skipped = new Set<CivilDate>();
  readonly booked: string[] = [];
  through: CivilDate | undefined;

  set(since: CivilDate, course: Course | null, amount: string): void {
    const kept = this.#terms.filter((terms) => terms.since < since);
    const days = course === null ? null : new Set(modelDays(course, END));
    this.#terms.splice(0, Infinity, ...kept, { since, days, amount });
  }

  get isSet(): boolean {
    return this.#terms.length > 0;
  }

  isOver(on: CivilDate): boolean {
    const last = this.#terms.at(-1);
    return last?.days === null && last.since <= on;
  }

  isBooked(on: CivilDate): boolean {
    return this.through !== undefined && on <= this.through;
  }

  amountOn(on: CivilDate): string | undefined {
    const ruling = this.#terms.findLast(({ since }) => since <= on);
    return ruling?.days?.has(on) === true ? ruling.amount : undefined;
  }

  toggle(on: CivilDate, skip: boolean): string {
    if (this.isBooked(on)) return 'occurrence-booked';
    if (this.#skipped.has(on) === skip) return 'nothing-to-change';
    if (skip && this.amountOn(on) === undefined) return 'occurrence-unknown';
    if (skip) this.#skipped.add(on);
    else this.#skipped.delete(on);
    return 'recorded';
  }

  /** Every day of a stretch that is open and not skipped. */
  open(before: CivilDate): readonly string[] {
    const days: string[] = [];
    for (let on = START; on < before; on = addDays(on, 1)) {
      const amount = this.isBooked(on) || this.#skipped.has(on) ? undefined : this.amountOn(on);
      if (amount !== undefined) days.push(`${on} ${amount}`);
    }
    return days;
  }

  book(today: CivilDate, limit: number): void {
    const due = this.open(addDays(today, 1)).slice(0, limit);
    this.booked.push(...due);
    this.through = (due.at(-1)?.slice(0, 10) as CivilDate | undefined) ?? this.through;
  }
}

type Step =
  | {
      readonly do: 'set';
      readonly rule: string;
      readonly from: number;
      readonly startsOn: number;
      readonly amount: number;
      readonly shift: 'none' | 'before' | 'after';
    }
  | { readonly do: 'stop' | 'skip' | 'keep'; readonly on: number }
  | { readonly do: 'book'; readonly limit: number }
  | { readonly do: 'wait'; readonly days: number };

const ahead = fc.integer({ min: -5, max: 40 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      rule: fc.constantFrom(...RULES),
      from: ahead,
      startsOn: fc.integer({ min: -20, max: 0 }),
      amount: fc.integer({ min: 1, max: 99 }),
      shift: fc.constantFrom('none', 'before', 'after'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('stop', 'skip', 'skip', 'keep'), on: ahead }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('book' as const), limit: fc.constantFrom(1, 3, 200) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }) },
);

async function run(step: Step, today: CivilDate, model: Model, { wallet, another }: World): Promise<void> {
  switch (step.do) {
    case 'set': {
      const from = addDays(today, step.from) < START ? START : addDays(today, step.from);
      const startsOn = addDays(from, step.startsOn) < START ? START : addDays(from, step.startsOn);
      const rule = parseRecurrence(step.rule);
      if (!isRecurrence(rule)) throw new Error(rule);
      const { shift } = step;
      const amount = `${step.amount}.00`;
      const details = { kind: 'expense', category: 'Food', amount, rule: step.rule, startsOn, from, shift };
      const code = codeOf(await wallet.setSchedule('s', details));
      const course = { rule, startsOn, monthEnd: 'last-day', shift } as const;
      if (model.isBooked(from) && code !== 'rule-never-happens') expect(code).toBe('occurrence-booked');
      if (code === 'recorded') model.set(from, course, amount);
      else expect(['occurrence-booked', 'rule-never-happens', 'nothing-to-change']).toContain(code);
      return;
    }
    case 'stop': {
      const on = addDays(today, step.on);
      const code = codeOf(await wallet.stopSchedule('s', { on }));
      const expected = model.isBooked(on) ? 'occurrence-booked' : model.isOver(on) ? 'nothing-to-change' : 'recorded';
      expect(code).toBe(model.isSet ? expected : 'schedule-unknown');
      if (code === 'recorded') model.set(on, null, '');
      return;
    }
    case 'skip':
    case 'keep': {
      const on = addDays(today, step.on);
      const outcome = step.do === 'skip' ? wallet.skipOccurrence('s', on) : wallet.keepOccurrence('s', on);
      expect(codeOf(await outcome)).toBe(model.isSet ? model.toggle(on, step.do === 'skip') : 'schedule-unknown');
      return;
    }
    case 'book': {
      const by = step.limit === 3 ? another() : wallet;
      if (model.isSet) done(await by.bookDue({ limit: step.limit }));
      model.book(today, step.limit);
      return;
    }
    case 'wait':
  }
}

test('a schedule books, and announces, what a walk over every day finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 18 }), async (steps) => {
      const world = await worldOn(START);
      const model = new Model();
      let today = START;
      for (const step of steps) {
        if (step.do === 'wait') today = addDays(today, step.days);
        world.goTo(today);
        await run(step, today, model, world);
      }
      expect(await bookedOf(world.wallet)).toEqual(model.booked);
      const to = addDays(today, 90);
      const { items } = await world.wallet.upcoming({ to });
      expect(items.filter(({ skipped }) => !skipped).map(({ on, amount }) => `${on} ${amount}`)).toEqual(model.open(to));
      await expectViewsToBeTrue(world.wallet);
    }),
    { numRuns: 60 },
  );
});

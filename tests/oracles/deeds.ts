import fc from 'fast-check';
import { category, oddLines, oddText, tag } from './odd-texts.ts';

/** What a household may do, before it is known what there is to do it with: places are taken modulo what there is. */
const place = fc.nat(999);
const minor = fc.oneof({ weight: 8, arbitrary: fc.bigInt(1n, 250_000n) }, { weight: 1, arbitrary: fc.bigInt(1n, 10n ** 15n) });
/** Days back from the household's today; most are the day itself, many fall on few days. */
const daysBack = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: -40, max: -1 }) },
);
// What no text of the ledger may hold; its refusal is tested elsewhere.
const UNWRITABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;
const line = (pieces: number): fc.Arbitrary<string> => oddText(pieces).map((text) => text.replaceAll(UNWRITABLE, ' '));
const lines = oddLines.map((text) =>
  text
    .split('\n')
    .map((each) => each.replaceAll(UNWRITABLE, ' '))
    .join('\n'),
);
const named = category.map((text) => text.replaceAll(UNWRITABLE, '·'));
const texts = fc.record({
  payee: fc.option(fc.oneof(fc.constantFrom('Baker', 'ACME'), line(6)), { nil: undefined }),
  note: fc.option(lines, { nil: undefined }),
  tags: fc.option(
    fc.uniqueArray(
      tag.map((text) => text.replaceAll(UNWRITABLE, '·')),
      { minLength: 1, maxLength: 3 },
    ),
    { nil: undefined },
  ),
});

const booking = fc.record({
  type: fc.constant('book' as const),
  kind: fc.constantFrom('income', 'expense', 'expense', 'expense'),
  wallet: place,
  amount: minor,
  daysBack,
  texts,
  category: named,
});
const split = fc.record({
  type: fc.constant('split' as const),
  kind: fc.constantFrom('income', 'expense', 'expense'),
  wallet: place,
  parts: fc.array(
    fc.record({ category: named, minor, share: fc.integer({ min: 1, max: 9 }), note: fc.option(lines, { nil: undefined }) }),
    {
      minLength: 2,
      maxLength: 4,
    },
  ),
  byShares: fc.boolean(),
  daysBack,
  texts,
});
const refund = fc.record({
  type: fc.constant('refund' as const),
  wallet: place,
  entry: place,
  amount: minor,
  of: fc.boolean(),
  category: named,
  daysBack,
  texts,
});
const correct = fc.record({
  type: fc.constant('correct' as const),
  wallet: place,
  entry: place,
  changes: fc.record(
    { amount: minor, category: named, daysBack, texts, kind: fc.constantFrom('income' as const, 'expense' as const) },
    { requiredKeys: [] },
  ),
});
const onEntry = fc.record({ type: fc.constantFrom('void' as const, 'restore' as const), wallet: place, entry: place });
const bulk = fc.record({
  type: fc.constant('bulk' as const),
  wallet: place,
  entries: fc.array(place, { minLength: 2, maxLength: 6 }),
  category: named,
  texts,
});
const transfer = fc.record({
  type: fc.constant('transfer' as const),
  from: place,
  to: place,
  amount: minor,
  other: minor,
  daysBack,
  texts,
  fee: fc.option(minor, { nil: undefined, freq: 4 }),
  /** What becomes of it: it arrives at once or later, finds its target closed, or is taken back by one side. */
  fate: fc.constantFrom('arrives', 'arrives', 'waits', 'waits', 'refused', 'recalled', 'given back'),
});
const join = fc.record({
  type: fc.constant('join' as const),
  from: place,
  to: place,
  amount: minor,
  other: minor,
  daysBack,
  texts,
});
const file = fc.record({
  type: fc.constant('import' as const),
  wallet: place,
  name: fc.nat(2),
  rows: fc.array(
    fc.record({
      kind: fc.constantFrom('income' as const, 'expense' as const),
      amount: fc.bigInt(1n, 300n),
      day: fc.nat(20),
      texts,
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  takenBack: fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0),
});
const schedule = fc.record({
  type: fc.constant('schedule' as const),
  wallet: place,
  id: fc.nat(1),
  rule: fc.constantFrom(
    'FREQ=MONTHLY;BYMONTHDAY=31',
    'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9',
    'FREQ=MONTHLY;INTERVAL=3',
    'FREQ=DAILY;INTERVAL=10;COUNT=12',
  ),
  kind: fc.constantFrom('income', 'expense', 'expense'),
  amount: minor,
  daysBack: fc.nat(200),
  category: named,
  texts,
});
const due = fc.record({ type: fc.constantFrom('due' as const, 'skip' as const, 'stop' as const), wallet: place, id: fc.nat(1) });
const limit = fc.record({
  type: fc.constant('limit' as const),
  wallet: place,
  id: fc.nat(1),
  period: fc.constantFrom('day', 'week', 'month', 'month', 'quarter', 'year', 'custom', 'custom'),
  firstDay: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined, freq: 2 }),
  amount: minor,
  daysBack,
  scope: fc.option(named, { nil: undefined }),
  tag: fc.option(tag, { nil: undefined, freq: 6 }),
  rollover: fc.constantFrom('none', 'surplus', 'both'),
  removed: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
});
const plan = fc.record({
  type: fc.constant('plan' as const),
  wallet: place,
  amount: minor,
  category: named,
  texts,
  booked: fc.boolean(),
});
const count = fc.record({
  type: fc.constant('count' as const),
  wallet: place,
  counted: fc.bigInt(-100_000n, 100_000n),
  category: named,
});
const undo = fc.record({
  type: fc.constant('undo' as const),
  wallet: place,
  what: fc.constantFrom('last', 'again', 'any'),
  version: place,
});
const rename = fc.record({ type: fc.constant('rename' as const), wallet: place, name: line(5) });

const deed = fc.oneof(
  { weight: 10, arbitrary: booking },
  { weight: 4, arbitrary: split },
  { weight: 3, arbitrary: refund },
  { weight: 7, arbitrary: correct },
  { weight: 4, arbitrary: onEntry },
  { weight: 2, arbitrary: bulk },
  { weight: 7, arbitrary: transfer },
  { weight: 2, arbitrary: join },
  { weight: 2, arbitrary: file },
  { weight: 3, arbitrary: schedule },
  { weight: 3, arbitrary: due },
  { weight: 3, arbitrary: limit },
  { weight: 1, arbitrary: plan },
  { weight: 1, arbitrary: count },
  { weight: 4, arbitrary: undo },
  { weight: 1, arbitrary: rename },
);

export const CURRENCIES = ['EUR', 'USD', 'JPY', 'ISK', 'KWD', 'BHD'] as const;

/** What a household does, in order, with days that pass in between. */
const course = fc.record({
  wallets: fc.array(
    fc.record({ name: fc.oneof(fc.constantFrom('Cash', 'In transit'), line(5)), currency: fc.constantFrom(...CURRENCIES) }),
    { minLength: 2, maxLength: 4 },
  ),
  deeds: fc.array(fc.record({ deed, days: fc.constantFrom(0, 0, 0, 1, 3, 17) }), { minLength: 15, maxLength: 45, size: 'max' }),
});

type ValueOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
export type Deed = ValueOf<typeof deed>;
export type DeedOf<Type extends Deed['type']> = Extract<Deed, { readonly type: Type }>;
export type Texts = ValueOf<typeof texts>;
export type Course = ValueOf<typeof course>;

/** What the household of a seed does. */
export function courseOf(seed: number): Course {
  const [sample] = fc.sample(course, { seed, numRuns: 1 });
  if (sample === undefined) throw new Error('a sample of one has one');
  return sample;
}

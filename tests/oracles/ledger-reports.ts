import {
  addDays,
  exponentOf,
  formatMinor,
  periodOf,
  split,
  type CivilDate,
  type EntryFacts,
  type JournalWalletSource,
  type Period,
  type RegisterCursor,
  type Wallet,
} from '@kakeibo/core';

/** Where the ledger's own reports differ from what the entries come to when they are added up one by one. */
export async function reportDifferences(wallet: Wallet, slow: JournalWalletSource): Promise<readonly string[]> {
  const counting = slow.entries.filter((entry) => entry.void !== true);
  const exponent = exponentOf(slow.currency);
  const text = (minor: bigint): string => formatMinor(minor, exponent);
  const sum = (facts: readonly JournalWalletSource['entries'][number]['facts'][], of: (facts: EntryFacts) => bigint): string =>
    text(facts.reduce((total, each) => total + of(each as EntryFacts), 0n));
  const all = counting.map(({ facts }) => facts);
  const found: string[] = [];
  const compare = (what: string, said: string | undefined, true_: string): void => {
    if (said !== true_) found.push(`${slow.id} ${what}: the report says ${said}, the entries ${true_}`);
  };
  compare('balance', (await wallet.summary())?.balance, sum(all, signed));
  const period = stretchOf(all.map(({ occurredOn }) => occurredOn));
  const months = split(period, 'month', 400);
  const within = ({ from, to }: Period) => all.filter(({ occurredOn }) => occurredOn >= from && occurredOn < to);

  const balance = await wallet.balance({ period, by: 'month', on: addDays(period.to, -1) });
  const cashflow = await wallet.cashflow(period);
  const statement = await wallet.incomeStatement(period);
  for (const [at, month] of months.entries()) {
    const [step, flow] = [balance.series[at], cashflow.months[at]];
    const until = all.filter(({ occurredOn }) => occurredOn < month.to);
    compare(`balance at the end of ${month.from}`, step?.balance, sum(until, signed));
    compare(
      `moved in ${month.from}`,
      step?.moved,
      sum(within(month), (facts) => (isMove(facts) ? signed(facts) : 0n)),
    );
    compare(`income of ${month.from}`, flow?.in, sum(within(month), income));
    compare(`spending of ${month.from}`, flow?.out, sum(within(month), spending));
    for (const [side, of] of [
      ['income', income],
      ['expenses', spending],
    ] as const) {
      const told = new Map(statement[side].rows.map(({ category, amounts }) => [category, amounts[at]]));
      for (const category of new Set([...told.keys(), ...categoriesOf(within(month), of)])) {
        const own = sum(within(month), (facts) => inCategory(facts, category, of));
        // What comes to nothing may be left out.
        compare(`${side} of ${category} in ${month.from}`, told.get(category) ?? text(0n), own);
      }
    }
  }
  const report = await wallet.spending(period);
  for (const { category, total } of report.rows)
    compare(
      `spending on ${category}`,
      total,
      sum(all, (facts) => inCategory(facts, category, spending)),
    );
  compare('spending', report.total, sum(all, spending));
  found.push(...(await registerDifferences(wallet, slow, text)));
  return found;
}

function isMove({ kind }: EntryFacts): boolean {
  return kind === 'sent' || kind === 'received';
}

function signed({ kind, amount }: EntryFacts): bigint {
  return kind === 'expense' || kind === 'sent' ? -amount.minor : amount.minor;
}

function income({ kind, amount }: EntryFacts): bigint {
  return kind === 'income' ? amount.minor : 0n;
}

function spending({ kind, amount }: EntryFacts): bigint {
  if (kind === 'expense') return amount.minor;
  return kind === 'refund' ? -amount.minor : 0n;
}

function partsOf({ category = '', amount, parts }: EntryFacts): readonly { readonly category: string; readonly minor: bigint }[] {
  return parts?.map((part) => ({ category: part.category, minor: part.amount.minor })) ?? [{ category, minor: amount.minor }];
}

function inCategory(facts: EntryFacts, category: string, of: (facts: EntryFacts) => bigint): bigint {
  const whole = of(facts);
  const own = partsOf(facts).filter(
    (part) => part.category === category || (category !== '' && part.category.startsWith(`${category}:`)),
  );
  const minor = own.reduce((total, part) => total + part.minor, 0n);
  return whole === 0n ? 0n : whole < 0n ? -minor : minor;
}

function categoriesOf(all: readonly object[], of: (facts: EntryFacts) => bigint): readonly string[] {
  return (all as readonly EntryFacts[]).flatMap((facts) =>
    of(facts) === 0n ? [] : partsOf(facts).map(({ category }) => category),
  );
}

/** All months that something lies in, and the first that has nothing after them. */
function stretchOf(days: readonly CivilDate[]): Period {
  const sorted = days.toSorted();
  const [first, last] = [sorted[0] ?? ('2025-06-01' as CivilDate), sorted.at(-1) ?? ('2025-06-01' as CivilDate)];
  return { from: periodOf('month', first).from, to: periodOf('month', periodOf('month', last).to).to };
}

async function registerDifferences(
  wallet: Wallet,
  slow: JournalWalletSource,
  text: (minor: bigint) => string,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (let after: RegisterCursor | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<Wallet['entries']>> = await wallet.entries(
      {},
      { limit: 7, ...(after === undefined ? {} : { after }) },
    );
    said.push(...page.items.map(({ id, occurredOn, amount, balance }) => `${occurredOn} ${id} ${amount} ${balance}`));
    after = page.next;
  }
  let running = 0n;
  const true_ = slow.entries
    .filter((entry) => entry.void !== true)
    .toSorted((a, b) =>
      a.facts.occurredOn === b.facts.occurredOn ? a.version - b.version : a.facts.occurredOn < b.facts.occurredOn ? -1 : 1,
    )
    .map(({ id, facts }) => {
      running += signed(facts as EntryFacts);
      return `${facts.occurredOn} ${id} ${text(facts.amount.minor)} ${text(running)}`;
    });
  return said
    .toReversed()
    .flatMap((line, at) => (line === true_[at] ? [] : [`${slow.id} register row ${at}: ${line}, not ${true_[at]}`]));
}

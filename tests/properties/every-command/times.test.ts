import { exponentOf, formatMinor, formatRecordTime, type CivilDate, type EntryLine, type Wallet } from '@kakeibo/core';
import { expect } from 'vitest';
import { everyLookAhead, everyReport } from '../../core/every-report.ts';
import { slowWallet } from '../../oracles/slow-wallet.ts';
import { choose } from './choices.ts';
import { testInvariants } from './invariants.ts';
import { done, type Played } from './play.ts';

/** What entries come to, in minor units. */
interface Sums {
  readonly entries: number;
  readonly in: bigint;
  readonly out: bigint;
  readonly moved: bigint;
}

/** What the log says of a wallet, as it was when the log had so many events, up to a day. */
function slowTotals({ log }: Played, walletId: string, position: number, day: string): Sums {
  const events = log.filter((event) => event.stream === `wallet-${walletId}` && event.position <= position);
  const live = slowWallet(events).entries.filter(({ facts, void: isVoid }) => isVoid !== true && facts.occurredOn <= day);
  const sum = (...kinds: readonly string[]): bigint =>
    live.reduce((all, { facts }) => (kinds.includes(facts.kind) ? all + facts.amount.minor : all), 0n);
  return {
    entries: live.length,
    in: sum('income'),
    out: sum('expense') - sum('refund'),
    moved: sum('received') - sum('sent'),
  };
}

const minor = (text: string): bigint => BigInt(text.replace('.', ''));

/** The entries of a history that hang on no other, as a person would book them. */
async function independent({ world }: Played): Promise<readonly EntryLine[]> {
  const all = await Promise.all(world.purses.map(({ wallet }) => wallet.entries({}, { limit: 500 })));
  return all.flatMap(({ items }) => items.filter(({ kind }) => kind === 'income' || kind === 'expense')).slice(0, 30);
}

async function booked({ world }: Played, lines: readonly EntryLine[]): Promise<Wallet> {
  const { walletId } = done(await world.ledger.openWallet({ name: 'Anew', currency: 'EUR' }));
  const wallet = world.ledger.wallet(walletId);
  for (const { kind, amount, category, payee, tags, occurredOn } of lines) {
    const sum = formatMinor(minor(amount), exponentOf('EUR' as Parameters<typeof exponentOf>[0]));
    const details = { amount: sum, category: category ?? 'Split', tags, occurredOn, ...(payee === null ? {} : { payee }) };
    done(await (kind === 'income' ? wallet.addIncome(details) : wallet.addExpense(details)));
  }
  return wallet;
}

/** Every report, without what tells when and in which order something was recorded. */
async function byDate(wallet: Wallet): Promise<unknown> {
  const { pages, limits, totals } = await everyReport(wallet);
  const dated = pages.map(({ statement: { lines: _, ...statement }, largest: __, unusual: ___, ...rest }) => ({
    ...rest,
    statement,
  }));
  const recording = new Set(['version', 'position', 'next']);
  return JSON.parse(JSON.stringify({ dated, limits, totals }, (key, value: unknown) => (recording.has(key) ? undefined : value)));
}

/** A clock that was set back since may stand before an instant again, or have recorded what came next before it. */
function isAmbiguous(
  at: string,
  { position, log, now }: { readonly position: number; readonly log: Played['log']; readonly now: number },
): boolean {
  return at > formatRecordTime(now * 1000) || log.some((event) => event.position > position && event.recordedAt <= at);
}

testInvariants([
  {
    name: 'invariant 7: a report as of an instant is the one that was given then, whatever was recorded since',
    async check({ world, moments, log }) {
      for (const { walletId, position, recordedAt, reports, ahead } of moments) {
        const wallet = world.ledger.wallet(walletId);
        expect(await everyReport(wallet.asOf({ recordedAsOf: recordedAt }))).toEqual(reports);
        if (ahead === undefined || isAmbiguous(ahead.at, { position, log, now: world.now })) continue;
        expect(await everyLookAhead(wallet.asOf({ recordedAsOf: ahead.at }))).toEqual(ahead.given);
      }
    },
  },
  {
    name: 'invariant 10: as of the end of both times is what is now, and as of any two is what the log says of them',
    async check(played) {
      const { world, moments } = played;
      const ends = { recordedAsOf: '2200-01-01T00:00:00.000000Z', occurredAsOf: '9998-12-31' as CivilDate };
      const { wallet } = choose(world.purses, played.history.steps.length) as (typeof world.purses)[number];
      expect(await everyReport(wallet.asOf(ends))).toEqual(await everyReport(wallet));
      expect(await everyLookAhead(wallet.asOf(ends))).toEqual(await everyLookAhead(wallet));
      for (const { walletId, position, recordedAt } of moments) {
        for (const occurredAsOf of [world.day(-5), world.day(20), world.day(60)]) {
          const times = { recordedAsOf: recordedAt, occurredAsOf };
          const { entries, in: came, out, received, sent } = await world.ledger.wallet(walletId).asOf(times).totals({});
          const told = { entries, in: minor(came), out: minor(out), moved: minor(received) - minor(sent) };
          expect(told).toEqual(slowTotals(played, walletId, position, occurredAsOf));
        }
      }
    },
  },
  {
    name: 'invariant 8: the order in which entries are recorded leaves every report by date as it is',
    async check(played) {
      const lines = await independent(played);
      const cut = played.history.steps.length % Math.max(1, lines.length);
      const reports = await byDate(await booked(played, lines));
      expect(await byDate(await booked(played, lines.toReversed()))).toEqual(reports);
      expect(await byDate(await booked(played, [...lines.slice(cut), ...lines.slice(0, cut)]))).toEqual(reports);
    },
  },
  {
    name: 'invariant 9: an entry that is booked late gives the reports that it would have given in time',
    async check(played) {
      const lines = await independent(played);
      const late = choose(lines, played.history.steps.length);
      if (late === undefined) return;
      const rest = lines.filter((line) => line !== late);
      expect(await byDate(await booked(played, [...rest, late]))).toEqual(await byDate(await booked(played, [late, ...rest])));
    },
  },
]);

import type { CivilDate } from '../calendar.ts';
import type { WalletId } from '../ids.ts';
import { streamOf } from '../projections/directory.ts';
import {
  forecastBuckets,
  forecastEnd,
  forecastReport,
  MAX_STEPS,
  plannedAhead,
  type Expected,
  type ForecastReport,
} from '../projections/forecast.ts';
import { flows } from '../wallet/flows.ts';
import type { Head } from '../wallet/head.ts';
import { OPEN_PLANS, openPlans } from '../wallet/plans.ts';
import { isEnd, type Schedule } from '../wallet/schedules.ts';
import type { AsOf } from './report-reads.ts';
import { comingOf, readSchedules, type Coming } from './schedules.ts';
import type { Reader } from './session.ts';
import { walletIds } from './wallet-ids.ts';

/** What is expected of a wallet, and whether that is all of it. */
interface Expecting {
  readonly expected: readonly Expected[];
  readonly complete: boolean;
}

/** How the balance of a wallet is expected to move before a day, at most ten years ahead, with what other wallets are to send. */
export async function readForecast(
  reader: Reader,
  walletId: WalletId,
  { to }: { readonly to: CivilDate },
): Promise<ForecastReport & AsOf> {
  const periodOf = ({ zone }: Head) => {
    const today = reader.today(zone === '' ? 'UTC' : zone);
    return { from: today, to: forecastEnd(today, to) };
  };
  const stream = streamOf(walletId);
  const window = await readSchedules(reader, stream, (_, head) => periodOf(head));
  const incoming = await readIncoming(reader, walletId, window);
  return readSchedules(
    reader,
    stream,
    (known, head, at, views) => {
      const period = periodOf(head);
      const isOpen = head.status === 'open';
      const { days, complete } = comingOf(isOpen ? known : [], { today: period.from, to: period.to, limit: MAX_STEPS });
      const scheduled = days.filter(({ skipped }) => !skipped).map(expectedOf);
      const planned = plannedAhead(views.get(openPlans, OPEN_PLANS), period);
      const expected = inOrder([...scheduled, ...planned, ...(isOpen ? incoming.expected : [])]);
      const report = forecastReport({ period, currency: head.currency, expected }, (bucket) => views.get(flows, bucket));
      return { ...report, complete: report.complete && complete && incoming.complete, ...at };
    },
    (head) => [
      { projection: openPlans, bucket: OPEN_PLANS },
      ...forecastBuckets(periodOf(head)).map((bucket) => ({ projection: flows, bucket })),
    ],
  );
}

/** What the schedules of all other wallets are to send to one. */
async function readIncoming(
  reader: Reader,
  to: WalletId,
  period: { readonly from: CivilDate; readonly to: CivilDate },
): Promise<Expecting> {
  const others = (await walletIds(reader)).filter((id) => id !== to);
  const found = await Promise.all(
    others.map((from) =>
      readSchedules(reader, streamOf(from), (known, { status }): Expecting => {
        const sending = status === 'open' ? known.filter(([, schedule]) => sendsTo(schedule, to)) : [];
        const { days, complete } = comingOf(sending, { today: period.from, to: period.to, limit: MAX_STEPS });
        return { expected: days.flatMap((day) => arrivalOf(day, { from, to })), complete };
      }),
    ),
  );
  return { expected: found.flatMap(({ expected }) => expected), complete: found.every(({ complete }) => complete) };
}

function sendsTo({ terms }: Schedule, wallet: WalletId): boolean {
  return terms.some((each) => !isEnd(each) && each.to?.wallet === wallet);
}

/** The schedule says what arrives, in the currency of the wallet that it goes to. */
function arrivalOf(
  { scheduleId: id, on, terms, skipped }: Coming,
  { from, to }: { readonly from: WalletId; readonly to: WalletId },
): readonly Expected[] {
  if (skipped || terms.to?.wallet !== to) return [];
  return [{ on, minor: BigInt(terms.to.other.amount), what: 'incoming', id, walletId: from }];
}

function expectedOf({ scheduleId: id, on, terms }: Coming): Expected {
  const amount = BigInt(terms.facts.amount);
  return { on, minor: terms.facts.kind === 'income' ? amount : -amount, what: 'schedule', id };
}

function inOrder(expected: readonly Expected[]): readonly Expected[] {
  return expected.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

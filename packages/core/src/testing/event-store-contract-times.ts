/** Record times that are asked for: what a restore needs. The clock stands at noon of 14 October 2026. */
import { equal, refused } from './contract.ts';
import type { EventStoreClaim } from './event-store-fixtures.ts';
import { appended, newEvent, newEvents, wholeLog } from './event-store-fixtures.ts';

const day = (text: string): string => `2026-10-${text}Z`;

/** Events that ask for these record times. */
function asking(...times: readonly string[]) {
  return times.map((recordedAt) => ({ ...newEvent(), recordedAt }));
}

async function timesIn(store: Parameters<typeof wholeLog>[0]): Promise<readonly string[]> {
  return (await wholeLog(store)).map(({ recordedAt }) => recordedAt);
}

export const RECORD_TIME_CLAIMS: readonly EventStoreClaim[] = [
  [
    'a record time that is asked for is kept, each of an append its own',
    async (store) => {
      const times = [day('01T08:00:00.000001'), day('01T08:00:00.000007'), day('02T09:30:00.123456')];
      const events = await appended(store, 'wallet-1', asking(...times), 0);
      equal(
        events.map(({ recordedAt }) => recordedAt),
        times,
        'the answer',
      );
      equal(await store.read('wallet-1', { after: 0, limit: 10 }), events, 'the stream');
      await appended(store, 'wallet-2', newEvents(1), 0);
      equal(await timesIn(store), [...times, day('14T12:00:00.000000')], 'the log');
    },
  ],
  [
    'a record time that is not later than the last is not kept',
    async (store) => {
      const last = day('10T00:00:00.000000');
      await appended(store, 'a', asking(last), 0);
      await appended(store, 'b', asking(last), 0);
      await appended(store, 'b', asking(day('09T00:00:00.000000')), 1);
      equal(await timesIn(store), [last, day('14T12:00:00.000000'), day('14T12:00:00.000001')], 'record times');
    },
  ],
  [
    'a record time of one day ahead of the clock is kept, one of more is not',
    async (store) => {
      await appended(store, 'a', asking(day('15T12:00:00.000001')), 0);
      await appended(store, 'a', asking('2255-01-01T00:00:00.000000Z'), 1);
      await appended(store, 'b', asking(day('15T12:00:00.000000')), 0);
      const times = [day('14T12:00:00.000000'), day('14T12:00:00.000001'), day('15T12:00:00.000000')];
      equal(await timesIn(store), times, 'record times');
    },
  ],
  [
    'an append with and without record times keeps those that it can',
    async (store) => {
      const kept = day('01T08:00:00.000000');
      const events = [...asking(kept), ...newEvents(1), ...asking(day('02T08:00:00.000000')), ...newEvents(1)];
      await appended(store, 'a', events, 0);
      const rest = [day('14T12:00:00.000000'), day('14T12:00:00.000001'), day('14T12:00:00.000002')];
      equal(await timesIn(store), [kept, ...rest], 'record times');
    },
  ],
  [
    'a repeat shows the record time that was kept, not the one that is asked for now',
    async (store) => {
      const events = asking(day('01T08:00:00.000000'));
      const stored = await appended(store, 'a', events, 0);
      const again = events.map((event) => ({ ...event, recordedAt: day('02T08:00:00.000000') }));
      equal(await store.append('a', again, { expected: 0 }), { kind: 'repeated', events: stored }, 'the answer');
    },
  ],
  [
    'a record time in another form is refused as a bug',
    async (store) => {
      for (const time of [
        '2026-10-01',
        '2026-10-01T08:00:00Z',
        '2026-02-30T08:00:00.000000Z',
        '1969-12-31T23:59:59.999999Z',
        '',
      ]) {
        await refused(() => store.append('a', asking(time), { expected: 0 }), 'assertion-failed', time);
      }
      equal(await timesIn(store), [], 'the log');
    },
  ],
];

/** What every outbox must hold: progress and what it calls for are one, once, and only of the term that stands. */
import { parseJson } from '../json.ts';
import { REMOVED_AT_ONCE } from '../lease-rules.ts';
import { DONE_KEPT } from '../ports/outbox.ts';
import { MAX_EVENT_BYTES } from '../ports/event-store.ts';
import type { JsonObject } from '../ports/event-store.ts';
import { equal, refused } from './contract.ts';
import type { Claim } from './contract.ts';
import { committed, hold, idsOf, LEASE, message, standing, taken, term } from './lease-steps.ts';
import type { Leased } from './lease-steps.ts';

const COMMIT_CLAIMS: readonly Claim<Leased>[] = [
  [
    'a checkpoint moves together with the messages that it calls for',
    async ({ leases, outbox }) => {
      equal(await standing(outbox), [undefined, []], 'at first');
      const held = await taken(leases, 'one');
      await committed(outbox, held, { after: 0, upTo: 3, messages: [message('b'), message('a')] });
      await committed(outbox, held, { after: 3, upTo: 9 });
      await committed(outbox, held, { after: 9, upTo: 9, messages: [message('c')] });
      const stored = ['b', 'a', 'c'].map((id, at) => ({ place: at + 1, ...message(id) }));
      equal([await outbox.checkpoint('mail'), await outbox.pending('mail', 10)], [9, stored], 'what is there');
      equal(idsOf(await outbox.pending('mail', 2)), ['b', 'a'], 'a page of two');
    },
  ],
  [
    'a commit from where the checkpoint does not stand is stale and writes nothing',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      await committed(outbox, held, { after: 2, upTo: 5, messages: [message('x')] }, 'stale');
      await committed(outbox, held, { after: 0, upTo: 5, messages: [message('a')] });
      for (const after of [0, 4, 6]) await committed(outbox, held, { after, upTo: 9, messages: [message('x')] }, 'stale');
      equal(await standing(outbox), [5, ['a']], 'what is there');
    },
  ],
  [
    'a commit and a note of what is done are fenced unless their term is the lease’s',
    async ({ leases, outbox }) => {
      const isFenced = async (token: number, lease?: string): Promise<void> => {
        const at = (await outbox.checkpoint('mail')) ?? 0;
        await committed(outbox, hold(token, lease), { after: at, upTo: at + 1, messages: [message('x')] }, 'fenced');
        equal(await outbox.settle(hold(token, lease), 'mail', ['a']), 'fenced', 'a note');
      };
      await isFenced(1);
      await committed(outbox, await taken(leases, 'one', 2), { after: 0, upTo: 1, messages: [message('a')] });
      for (const token of [1, 3]) await isFenced(token);
      await isFenced(2, 'another lease');
      await leases.swap(LEASE, term('one', 2), term('one', 2, 1));
      await committed(outbox, hold(2), { after: 1, upTo: 2 });
      await leases.swap(LEASE, term('one', 2, 1), term(null, 2, 2));
      await isFenced(2);
      await taken(leases, 'two', 3);
      await isFenced(2);
      equal(await standing(outbox), [2, ['a']], 'what is there');
    },
  ],
  [
    'the same id again is the same message, done or not',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const twice = [message('a', { first: true }), message('b'), message('a', { first: false })];
      await committed(outbox, held, { after: 0, upTo: 1, messages: twice });
      await outbox.settle(held, 'mail', ['b']);
      await committed(outbox, held, { after: 1, upTo: 2, messages: [message('b'), message('c'), message('a')] });
      const stored = [
        { place: 1, ...message('a', { first: true }) },
        { place: 3, ...message('c') },
      ];
      equal(await outbox.pending('mail', 10), stored, 'what is there');
    },
  ],
  [
    'of many commits from one place exactly one is taken',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          outbox.commit(held, { name: 'mail', after: 0, upTo: 1, messages: [message(`${at}-a`), message(`${at}-b`)] }),
        ),
      );
      equal(answers.filter((answer) => answer === 'committed').length, 1, 'winners');
      const winner = answers.indexOf('committed');
      equal(await standing(outbox), [1, [`${winner}-a`, `${winner}-b`]], 'what is there');
    },
  ],
];

const MESSAGE_CLAIMS: readonly Claim<Leased>[] = [
  [
    'what is done leaves, and what is left keeps its order',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const ids = Array.from({ length: 300 }, (_, at) => `m${at}`);
      await committed(outbox, held, { after: 0, upTo: 1, messages: ids.map((id) => message(id)) });
      const done = ids.filter((_, at) => at % 3 !== 0);
      equal(await outbox.settle(held, 'mail', [...done, 'never put in']), 'settled', 'a note');
      equal(await outbox.settle(held, 'mail', done), 'settled', 'the note again');
      equal(await outbox.settle(held, 'mail', []), 'settled', 'a note of nothing');
      const left = ids.filter((_, at) => at % 3 === 0);
      equal(idsOf(await outbox.pending('mail', 1_000)), left, 'what is left');
      equal(idsOf(await outbox.pending('mail', 7)), left.slice(0, 7), 'a page');
    },
  ],
  [
    'what was done long ago is removed a part at a time, and what is not done, or is near the end, never',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const ids = Array.from({ length: DONE_KEPT + REMOVED_AT_ONCE + 102 }, (_, at) => `m${at}`);
      const [first = '', second = '', ...others] = ids;
      const last = others.at(-1) ?? '';
      const late = others[REMOVED_AT_ONCE] ?? '';
      await committed(outbox, held, { after: 0, upTo: 1, messages: ids.map((id) => message(id)) });
      await outbox.settle(held, 'mail', [second, ...others]);
      equal(await standing(outbox), [1, [first]], 'what is not done');
      // What is kept is known by its id; what was removed would be put in again.
      await committed(outbox, held, { after: 1, upTo: 2, messages: [first, second, late, last].map((id) => message(id)) });
      const again = { place: ids.length + 1, ...message(second) };
      equal(await outbox.pending('mail', 10), [{ place: 1, ...message(first) }, again], 'known and not known any more');
      await outbox.settle(held, 'mail', [first, second]);
      await committed(outbox, held, { after: 2, upTo: 3, messages: [late, last].map((id) => message(id)) });
      equal(await outbox.pending('mail', 10), [{ place: ids.length + 2, ...message(late) }], 'another part is gone');
      for (let notes = 0; notes < 3; notes += 1) await outbox.settle(held, 'mail', [late]);
      const lastPlace = ids.length + 2;
      const [gone = '', kept = ''] = ids.slice(lastPlace - DONE_KEPT - 2);
      await committed(outbox, held, { after: 3, upTo: 4, messages: ['new', gone, kept].map((id) => message(id)) });
      const next = [
        { place: lastPlace + 1, ...message('new') },
        { place: lastPlace + 2, ...message(gone) },
      ];
      equal(await outbox.pending('mail', 10), next, 'places go on, and the last ones are kept to the very one');
    },
  ],
  [
    'outboxes are kept apart by their names',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const names = ['mail', 'Mail', 'é', 'e\u0301', "it's", '__proto__'];
      for (const [at, name] of names.entries())
        await committed(outbox, held, { name, after: 0, upTo: at + 1, messages: [message('a', { name })] });
      await outbox.settle(held, 'Mail', ['a']);
      for (const [at, name] of names.entries())
        equal(await standing(outbox, name), [at + 1, name === 'Mail' ? [] : ['a']], `of ${name}`);
      equal(await outbox.pending('é', 1), [{ place: 1, ...message('a', { name: 'é' }) }], 'the data');
    },
  ],
  [
    'two thousand messages go in at once',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const messages = Array.from({ length: 2_000 }, (_, at) => message(`m${at}`));
      await committed(outbox, held, { after: 0, upTo: 1, messages });
      await committed(outbox, held, { after: 1, upTo: 2, messages: [...messages, message('last')] });
      equal(await standing(outbox), [2, [...messages.map(({ id }) => id), 'last']], 'what is there');
    },
  ],
  [
    'any JSON and any id comes back as it was',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const data = parseJson('{"__proto__":[null,true,1.5e-7,""],"é🧾":{"\\u0000":"\\ud800"}}') as JsonObject;
      const full = { text: 'é'.repeat((MAX_EVENT_BYTES - '{"text":""}'.length) / 2) };
      const ids = ["it's", '100%_', 'é', 'e\u0301', 'A', 'a', '🧾'.repeat(60), '__proto__'];
      const messages = [...ids.map((id) => message(id, data)), message('full', full)];
      await committed(outbox, held, { after: 0, upTo: 1, messages });
      const stored = messages.map((one, at) => ({ place: at + 1, ...one }));
      equal(await outbox.pending('mail', 100), stored, 'the messages');
    },
  ],
  [
    'what is handed to a commit may change after the call',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const data = { sum: '1.00' };
      const commit = committed(outbox, held, { after: 0, upTo: 1, messages: [message('a', data)] });
      data.sum = '2.00';
      await commit;
      equal((await outbox.pending('mail', 1))[0]?.data, { sum: '1.00' }, 'the message as it was');
    },
  ],
  [
    'what no store can keep is refused as a bug',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const commit =
        (step: object, from = held) =>
        () =>
          outbox.commit(from, { name: 'mail', after: 0, upTo: 1, messages: [], ...step });
      const isBug = async (what: string, work: () => Promise<unknown>): Promise<void> => refused(work, 'assertion-failed', what);
      await isBug('a checkpoint that moves back', commit({ after: 2 }));
      await isBug('no name', commit({ name: '' }));
      await isBug('a message without an id', commit({ messages: [message('')] }));
      await isBug('a message without a type', commit({ messages: [{ ...message('a'), type: '' }] }));
      await isBug('a message that is too big', commit({ messages: [message('a', { text: 'x'.repeat(MAX_EVENT_BYTES) })] }));
      await isBug('no term', commit({}, hold(0)));
      await isBug('a page without a bound', () => outbox.pending('mail', 0));
      equal(await standing(outbox), [undefined, []], 'nothing is written');
    },
  ],
];

export const OUTBOX_CLAIMS: readonly Claim<Leased>[] = [...COMMIT_CLAIMS, ...MESSAGE_CLAIMS];

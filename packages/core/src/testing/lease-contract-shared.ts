/** Leases and outboxes, opened more than once: what programs that share them rely on. */
import type { Resource } from '../ports/resource.ts';
import { equal, holds } from './contract.ts';
import type { Claim } from './contract.ts';
import { committed, LEASE, message, standing, taken, term } from './lease-steps.ts';
import type { Leased } from './lease-steps.ts';

/** Opens the same place once more. */
type OpenAgain = () => Promise<Leased & Resource>;

export const SHARED_LEASE_CLAIMS: readonly Claim<OpenAgain>[] = [
  [
    'lease, checkpoint and messages are there when they are opened again',
    async (open) => {
      const before = await open();
      const held = await taken(before.leases, 'one', 7);
      await committed(before.outbox, held, { after: 0, upTo: 5, messages: [message('a'), message('b')] });
      await before.outbox.settle(held, 'mail', ['a']);
      await before.close();
      const after = await open();
      equal(await after.leases.read(LEASE), term('one', 7), 'the lease');
      equal(await standing(after.outbox), [5, ['b']], 'the outbox');
    },
  ],
  [
    'two openings see each other’s changes at once',
    async (open) => {
      const [one, other] = [await open(), await open()];
      for (let token = 1; token <= 10; token += 1) {
        const [mine, yours] = token % 2 === 0 ? [one, other] : [other, one];
        const held = await taken(mine.leases, `holder ${token}`, token);
        equal(await yours.leases.read(LEASE), term(`holder ${token}`, token), 'the lease');
        await committed(mine.outbox, held, { after: token - 1, upTo: token, messages: [message(`m${token}`)] });
        equal((await standing(yours.outbox))[0], token, 'the checkpoint');
      }
      equal((await standing(one.outbox))[1].length, 10, 'the messages');
    },
  ],
  [
    'of a hundred contenders through two openings exactly one gets the lease',
    async (open) => {
      const [one, other] = [await open(), await open()];
      for (let token = 1; token <= 3; token += 1) {
        const seen = await one.leases.read(LEASE);
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, at) =>
            (at % 2 === 0 ? one : other).leases.swap(LEASE, seen, term(`contender ${at}`, token)),
          ),
        );
        equal(answers.filter(Boolean).length, 1, 'winners');
        for (const { leases } of [one, other])
          equal(await leases.read(LEASE), term(`contender ${answers.indexOf(true)}`, token), 'the lease');
      }
    },
  ],
  [
    'a holder that was replaced through another opening writes nothing more',
    async (open) => {
      const [old, next] = [await open(), await open()];
      const stale = await taken(old.leases, 'old', 1);
      await committed(old.outbox, stale, { after: 0, upTo: 1, messages: [message('a')] });
      const held = await taken(next.leases, 'next', 2);
      await committed(old.outbox, stale, { after: 1, upTo: 2, messages: [message('b')] }, 'fenced');
      equal(await old.outbox.settle(stale, 'mail', ['a']), 'fenced', 'noting what was done');
      equal(await old.leases.swap(LEASE, term('old', 1), term('old', 1, 1)), false, 'a renewal');
      await committed(next.outbox, held, { after: 1, upTo: 2, messages: [message('c')] });
      equal(await standing(old.outbox), [2, ['a', 'c']], 'what is there');
    },
  ],
  [
    'nothing of a term is written once it has ended, however close they come',
    async (open) => {
      let [old, next] = [await open(), await open()];
      let position = 0;
      for (let token = 1; token <= 10; token += 1) {
        const stale = await taken(old.leases, `holder ${token}`, token);
        let isOver = false;
        const writing = (async () => {
          for (let left = 10; left > 0; left -= 1) {
            const wasOver = isOver;
            const answer = await old.outbox.commit(stale, { name: 'mail', after: position, upTo: position + 1, messages: [] });
            holds(answer !== 'stale' && (!wasOver || answer === 'fenced'), `it wrote after its term: ${answer}`);
            if (answer === 'committed') position += 1;
          }
        })();
        equal(await next.leases.swap(LEASE, term('any', token), term(null, token, 1)), true, 'the term ends');
        isOver = true;
        const written = (await next.outbox.checkpoint('mail')) ?? 0;
        await writing;
        const seen = (await old.outbox.checkpoint('mail')) ?? 0;
        equal([seen, position], [written, written], 'how far the old one came');
        [old, next] = [next, old];
      }
    },
  ],
];

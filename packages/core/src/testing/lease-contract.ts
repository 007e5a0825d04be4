/** What every store of leases, with the outbox that is written under them, must hold, as cases for any test runner. */
import type { Resource } from '../ports/resource.ts';
import { casesOf, equal, refused } from './contract.ts';
import type { Claim, ContractCase } from './contract.ts';
import { LEASE, taken, term } from './lease-steps.ts';
import type { Leased } from './lease-steps.ts';
import { SHARED_LEASE_CLAIMS } from './lease-contract-shared.ts';
import { OUTBOX_CLAIMS } from './outbox-contract.ts';

const LEASE_CLAIMS: readonly Claim<Leased>[] = [
  [
    'a lease that nobody had is absent, and one that was taken is as it was taken',
    async ({ leases }) => {
      equal(await leases.read(LEASE), undefined, 'before');
      equal(await leases.swap(LEASE, undefined, term('one', 1)), true, 'taking it');
      equal(await leases.read(LEASE), term('one', 1), 'after');
    },
  ],
  [
    'a lease changes only for who has seen how it stands',
    async ({ leases }) => {
      await taken(leases, 'one', 3);
      equal(await leases.swap(LEASE, term('one', 3), term('one', 3, 1)), true, 'a renewal');
      for (const seen of [undefined, term('one', 2, 1), term('one', 3), term('one', 3, 2), term('one', 4, 1)])
        equal(await leases.swap(LEASE, seen, term('two', 9)), false, `who saw ${JSON.stringify(seen)}`);
      equal(await leases.read(LEASE), term('one', 3, 1), 'nothing is changed');
      equal(await leases.swap('other', term('one', 1), term('two', 2)), false, 'one that is not there');
      equal(await leases.read('other'), undefined, 'nothing is made');
    },
  ],
  [
    'a lease is let go and taken again',
    async ({ leases }) => {
      await taken(leases, 'one');
      equal(await leases.swap(LEASE, term('one', 1), term(null, 1, 1)), true, 'let go');
      equal(await leases.read(LEASE), term(null, 1, 1), 'nobody has it');
      await taken(leases, 'two', 2);
      equal(await leases.read(LEASE), term('two', 2), 'somebody has it');
    },
  ],
  [
    'leases are kept apart by their names, and any name comes back as it was',
    async ({ leases }) => {
      const names = ["it's", '100%_', 'é', 'e\u0301', 'A', 'a', '🧾'.repeat(60), '__proto__', 'constructor'];
      for (const [at, name] of names.entries()) await taken(leases, name, at + 1, name);
      for (const [at, name] of names.entries()) equal(await leases.read(name), term(name, at + 1), name);
    },
  ],
  [
    'figures come back as they were, as large as they get',
    async ({ leases }) => {
      const large = { holder: 'one', token: Number.MAX_SAFE_INTEGER, beat: Number.MAX_SAFE_INTEGER - 1, ttlMs: 24 * 3_600_000 };
      equal(await leases.swap(LEASE, undefined, large), true, 'taking it');
      equal(await leases.read(LEASE), large, 'the lease');
    },
  ],
  [
    'of a hundred who want it at once exactly one gets it, time and again',
    async ({ leases }) => {
      for (let token = 1; token <= 5; token += 1) {
        const seen = await leases.read(LEASE);
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, at) => leases.swap(LEASE, seen, term(`contender ${at}`, token))),
        );
        equal(answers.filter(Boolean).length, 1, 'winners');
        equal(await leases.read(LEASE), term(`contender ${answers.indexOf(true)}`, token), 'the lease is the winner’s');
      }
    },
  ],
  [
    'a renewal and a taking over at once: one of them',
    async ({ leases }) => {
      await taken(leases, 'one');
      for (let round = 0; round < 20; round += 1) {
        const seen = await leases.read(LEASE);
        const { token = 0, beat = 0 } = seen ?? {};
        const answers = await Promise.all([
          leases.swap(LEASE, seen, term('one', token, beat + 1)),
          leases.swap(LEASE, seen, term('two', token + 1)),
        ]);
        equal(answers[0], !answers[1], 'one of them');
      }
    },
  ],
  [
    'a change that would hide that there was one is refused as a bug',
    async ({ leases }) => {
      await taken(leases, 'one', 2);
      const seen = term('one', 2, 5);
      for (const next of [
        term('one', 2, 5),
        term('one', 2, 4),
        term('one', 1, 9),
        term('', 3),
        term('one', 3, -1),
        term('one', 3.5),
      ])
        await refused(() => leases.swap(LEASE, seen, next), 'assertion-failed', JSON.stringify(next));
      await refused(() => leases.swap(LEASE, seen, { ...term('one', 3), ttlMs: 0 }), 'assertion-failed', 'no time');
      await refused(() => leases.swap('', seen, term('one', 3)), 'assertion-failed', 'no name');
      equal(await leases.read(LEASE), term('one', 2), 'nothing is changed');
    },
  ],
  [
    'close can be repeated, and every call after it is refused',
    async ({ leases, outbox }) => {
      const held = await taken(leases, 'one');
      const renewal = leases.swap(LEASE, term('one', 1), term('one', 1, 1));
      await Promise.all([leases.close(), leases.close(), outbox.close(), outbox.close()]);
      equal(await renewal, true, 'a renewal that was under way');
      await refused(() => leases.read(LEASE), 'closed', 'read');
      await refused(() => leases.swap(LEASE, undefined, term('one', 1)), 'closed', 'swap');
      await refused(() => outbox.checkpoint('mail'), 'closed', 'checkpoint');
      await refused(() => outbox.commit(held, { name: 'mail', after: 0, upTo: 1, messages: [] }), 'closed', 'commit');
      await refused(() => outbox.pending('mail', 1), 'closed', 'pending');
      await refused(() => outbox.settle(held, 'mail', []), 'closed', 'settle');
    },
  ],
];

function closable(leased: Leased): Leased & Resource {
  return { ...leased, close: async () => void (await Promise.all([leased.leases.close(), leased.outbox.close()])) };
}

/**
 * The cases that every store of leases and messages passes. `open` gives fresh, empty ones each time; the case closes them.
 *
 * @example
 * for (const { name, run } of leaseContract(async () => createMemoryLeases())) test(name, run);
 */
export function leaseContract(open: () => Promise<Leased>): readonly ContractCase[] {
  return casesOf(async () => closable(await open()), [...LEASE_CLAIMS, ...OUTBOX_CLAIMS]);
}

/**
 * The cases for stores whose data outlives them. `place` makes a fresh, empty place and gives what opens it, any number of times.
 *
 * @example
 * for (const { name, run } of sharedLeaseContract(newFile)) test(name, run);
 */
export function sharedLeaseContract(place: () => Promise<() => Promise<Leased>>): readonly ContractCase[] {
  return SHARED_LEASE_CLAIMS.map(([name, check]) => ({
    name,
    async run() {
      const openAt = await place();
      const opened: Resource[] = [];
      try {
        await check(async () => {
          const leased = closable(await openAt());
          opened.push(leased);
          return leased;
        });
      } finally {
        await Promise.all(opened.map((leased) => leased.close()));
      }
    },
  }));
}

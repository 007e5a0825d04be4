import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';
import { hasChromium } from './tests/browser/presence.ts';

/** Tests that start processes, browsers or package managers, and may take their time. */
const slow = [
  'browser',
  'cli',
  'dashboard',
  'db2',
  'docs',
  'examples',
  'faults',
  'oracles',
  'packages',
  'properties',
  'stores',
].map((room) => `tests/${room}/**/*.test.ts`);

/** The rooms with the longest files, in this order. */
const longest = ['stores', 'faults', 'browser', 'db2', 'cli', 'properties', 'oracles', 'adapters', 'packages', 'docs'];

/** Begins with what takes longest, so that in the end no worker is left alone with it. Vitest goes by the size of files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const room = longest.findIndex((name) => moduleId.includes(`/tests/${name}/`));
      return room === -1 ? longest.length : room;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    allowOnly: false,
    // One more than cores, since many of the slow ones wait for other programs.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    setupFiles: ['tests/seed.ts'],
    expect: { poll: { timeout: 60_000, interval: 20 } },
    // The built packages run as they will at their users': natively, not through Vite.
    server: { deps: { external: [/\/packages\/[^/]+\/dist\//] } },
    // A time-out is for what hangs: nothing here may fail because a machine is slow or busy.
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['tests/**/*.test.ts'], exclude: slow, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: slow,
          // `npm test` tells what this machine lacks.
          exclude: ['**/node_modules/**', ...(hasChromium() ? [] : ['tests/browser/**'])],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

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

export default defineConfig({
  test: {
    allowOnly: false,
    // One more than cores, since many of the slow ones wait for other programs.
    maxWorkers: 3,
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
      { extends: true, test: { name: 'slow', include: slow, testTimeout: 240_000, hookTimeout: 240_000 } },
    ],
  },
});

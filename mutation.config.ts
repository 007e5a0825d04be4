import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string): string => fileURLToPath(new URL(`packages/core/src/${file}`, import.meta.url));

/** For mutation testing: the tests of the rules, run on the sources themselves instead of on what was built of them. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@kakeibo\/core\/testing$/, replacement: source('testing/index.ts') },
      { find: /^@kakeibo\/core$/, replacement: source('index.ts') },
    ],
  },
  test: {
    include: [
      'tests/core/{money,calendar,period-rules,decide,limits,rollover,refusal-words,decisions}.test.ts',
      'tests/core/{cases-entries,cases-limits,entry-size,limit-undo,told-thresholds}.test.ts',
    ],
  },
});

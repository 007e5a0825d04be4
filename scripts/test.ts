/** `npm test [-- filters and options of vitest]`: builds what is stale, runs every test and counts them on its last line. */
import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest, type Reporter, type TestModule } from 'vitest/node';
import { buildStale } from './built.ts';
import { lacking } from './requirements.ts';

/** With `KAKEIBO_REQUIRE=all` nothing may be missing and nothing may be left out. */
const REQUIRES_ALL = process.env['KAKEIBO_REQUIRE'] === 'all';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

function count(modules: readonly TestModule[], errors: number): Tally {
  const tally: Tally = { passed: 0, failed: errors, skipped: 0 };
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') tally.passed += 1;
      else if (state === 'failed') failedHere += 1;
      else tally.skipped += 1;
    }
    // A file that breaks before its first test, or around its tests, counts as one failure.
    tally.failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
  }
  return tally;
}

function lineOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
}

const missing = lacking();
for (const line of missing) process.stdout.write(`${line}\n`);
if (REQUIRES_ALL && missing.length > 0) {
  process.stdout.write('KAKEIBO_REQUIRE=all asks for all of it.\n');
  process.stdout.write(lineOf({ passed: 0, failed: missing.length, skipped: 0 }));
  process.exit(1);
}

await buildStale(lineOf({ passed: 0, failed: 1, skipped: 0 }));
// Tests start programs by the hundred: what one of them has compiled the next need not.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));
// Not a colour in what a test compares, whatever the terminal.
process.env['NO_COLOR'] ??= '1';

let tally: Tally = { passed: 0, failed: 1, skipped: 0 };
const counter: Reporter = {
  onTestRunEnd: (modules, errors) => void (tally = count([...modules], errors.length)),
};
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest(filter, { ...options, watch: false, reporters: ['default', counter] });
await vitest.close();

const isWhole = tally.failed === 0 && tally.passed > 0 && !(REQUIRES_ALL && tally.skipped > 0);
if (REQUIRES_ALL && tally.skipped > 0) process.stdout.write('KAKEIBO_REQUIRE=all lets no test be skipped.\n');
process.stdout.write(lineOf(tally));
process.exit(isWhole ? 0 : 1);

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import rooms from '../../rooms.config.ts';
import { ROOT } from './sources.ts';

async function look(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { forbidden, options } = rooms;
  const { output } = await cruise([...folders], { ...options, baseDir, ruleSet: { forbidden }, validate: true });
  if (typeof output === 'string') throw new Error(output);
  return output;
}

const brokenIn = ({ summary }: ICruiseResult): readonly string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

test('every import keeps to the rooms', async () => {
  const result = await look(ROOT, [
    'packages/core/src',
    'packages/adapters/src',
    'packages/http/src',
    'packages/http/dashboard/src',
    'examples',
    'tests',
  ]);
  // One that looks at nothing finds nothing.
  expect(result.summary.totalCruised).toBeGreaterThan(150);
  expect(result.summary.totalDependenciesCruised ?? 0).toBeGreaterThan(500);
  expect(brokenIn(result)).toEqual([]);
});

describe('each rule finds what it forbids', () => {
  /** By rule: who imports whom. */
  const planted: Readonly<Record<string, readonly [from: string, to: string]>> = {
    'no-circle': ['packages/core/src/around.ts', 'packages/core/src/round.ts'],
    resolvable: ['packages/core/src/nowhere.ts', 'packages/core/src/not-there.ts'],
    'core-is-pure': ['packages/core/src/ids.ts', 'node:crypto'],
    'core-stands-alone': ['packages/core/src/assert.ts', 'packages/http/src/respond.ts'],
    'first-the-nouns': ['packages/core/src/money.ts', 'packages/core/src/wallet/state.ts'],
    'ports-are-words': ['packages/core/src/ports/clock.ts', 'packages/core/src/calendar.ts'],
    'wallet-decides': ['packages/core/src/wallet/decide.ts', 'packages/core/src/ledger/handle.ts'],
    'projections-fold': ['packages/core/src/projections/balance.ts', 'packages/core/src/ledger/session.ts'],
    'reactions-are-pure': ['packages/core/src/reactions/to-do.ts', 'packages/core/src/ledger/session.ts'],
    'the-runner-knows-lists': ['packages/core/src/runner/work.ts', 'packages/core/src/wallet/events.ts'],
    'files-are-rows': ['packages/core/src/import/scan.ts', 'packages/core/src/ledger/imports.ts'],
    'ledger-uses-ports': ['packages/core/src/ledger/ledger.ts', 'packages/core/src/memory/event-store.ts'],
    'memory-is-a-store': ['packages/core/src/memory/view-store.ts', 'packages/core/src/wallet/events.ts'],
    'index-is-for-others': ['packages/core/src/decider.ts', 'packages/core/src/index.ts'],
    'adapters-are-no-siblings': ['packages/adapters/src/db2/index.ts', 'packages/adapters/src/sqlite/dialect.ts'],
    'sql-knows-no-engine': ['packages/adapters/src/sql/rows.ts', 'packages/adapters/src/sqlite/index.ts'],
    'adapters-know-no-http': ['packages/adapters/src/sqlite/health.ts', 'packages/http/src/app.ts'],
    'only-the-root-sees-adapters': ['packages/http/src/routes/entries.ts', 'packages/adapters/src/formats/csv.ts'],
    'the-page-uses-the-api': ['packages/http/dashboard/src/app.ts', 'packages/core/src/follow.ts'],
    'the-service-serves-the-page': ['packages/http/src/page.ts', 'packages/http/dashboard/src/main.ts'],
    'packages-by-name': ['packages/adapters/src/sql/schema.ts', 'packages/core/src/store-rules.ts'],
    'public-entries': ['examples/deep/index.ts', 'packages/core/src/outcome.ts'],
    'nobody-imports-tests': ['packages/core/src/testing/contract.ts', 'tests/core/model.ts'],
    'runs-without-a-runner': ['packages/core/src/testing/run.ts', 'vitest'],
  };

  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-rooms-'));
  let broken: readonly string[] = [];

  function plant(path: string, line: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${line}\nexport const here = '${path}';\n`);
  }

  function specifier(from: string, to: string): string {
    return to.includes('/') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
  }

  beforeAll(async () => {
    for (const to of Object.values(planted).map(([, path]) => path)) {
      if (to.includes('/') && !to.includes('not-there')) plant(to, '');
    }
    plant('packages/core/src/round.ts', "import './around.ts';");
    plant('node_modules/vitest/index.js', '');
    writeFileSync(join(folder, 'node_modules/vitest/package.json'), '{"name":"vitest","version":"1.0.0","main":"index.js"}');
    for (const [from, to] of Object.values(planted)) plant(from, `import '${specifier(from, to)}';`);
    broken = brokenIn(await look(folder, ['packages', 'examples', 'tests']));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('no rule is left out', () => {
    expect(Object.keys(planted).toSorted()).toEqual(rooms.forbidden.map(({ name }) => name).toSorted());
  });

  test.each(Object.entries(planted))('%s', (name, [from, to]) => {
    expect(
      broken.filter((line) => line.startsWith(`${name}: ${from} → `) && line.includes(to.replace('node:', ''))),
    ).toHaveLength(1);
  });
});

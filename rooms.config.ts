import type { ICruiseOptions, IRegularForbiddenRuleType } from 'dependency-cruiser';

/**
 * Who may import whom: the table in docs/architecture.md, as dependency-cruiser reads it. tests/architecture/rooms.test.ts
 * makes sure that it looks at something and that it finds what it forbids.
 */
const core = '^packages/core/src/';
const rooms = (...names: readonly string[]): string => `${core}(${names.join('|')})/`;

interface Rule extends IRegularForbiddenRuleType {
  readonly name: string;
}

/** Imports that may not be. */
function never(name: string, comment: string, from: string | Rule['from'], to: string | Rule['to']): Rule {
  return {
    name,
    comment,
    severity: 'error',
    from: typeof from === 'string' ? { path: from } : from,
    to: typeof to === 'string' ? { path: to } : to,
  };
}

const coreRules = [
  never('core-is-pure', 'The core has no Node API and no I/O.', core, { dependencyTypes: ['core'] }),
  never('core-stands-alone', 'The core imports its own files and three libraries.', core, {
    pathNot: `${core}|/(temporal-polyfill|rrule-temporal|@noble/hashes)/`,
  }),
  never(
    'first-the-nouns',
    'Money, calendar, ids and the like know nothing of wallets.',
    { path: `${core}[^/]+[.]ts$`, pathNot: `${core}index[.]ts$` },
    rooms('wallet', 'projections', 'reactions', 'ledger', 'runner', 'import', 'export', 'memory', 'testing'),
  ),
  never('ports-are-words', 'A port names what it needs of the world, nothing else.', rooms('ports'), {
    path: core,
    pathNot: rooms('ports'),
  }),
  never(
    'wallet-decides',
    'The wallet does not know who reads or runs it.',
    rooms('wallet'),
    rooms('projections', 'reactions', 'ledger', 'runner', 'import', 'export', 'memory', 'testing'),
  ),
  never(
    'projections-fold',
    'A projection is a pure fold over what the wallet said.',
    rooms('projections'),
    rooms('reactions', 'ledger', 'runner', 'import', 'export', 'memory', 'testing'),
  ),
  never(
    'reactions-are-pure',
    'A reaction says what is called for; it knows nobody who does it.',
    rooms('reactions'),
    rooms('ledger', 'runner', 'import', 'export', 'memory', 'testing'),
  ),
  never(
    'the-runner-knows-lists',
    'The runner does what is on a list, whatever that is: it knows no wallet and no ledger.',
    rooms('runner'),
    rooms('wallet', 'projections', 'ledger', 'import', 'export', 'memory', 'testing'),
  ),
  never(
    'files-are-rows',
    'Reading and writing files knows no ledger and no store.',
    rooms('import', 'export'),
    rooms('reactions', 'ledger', 'runner', 'memory', 'testing'),
  ),
  never('ledger-uses-ports', 'The ledger reaches stores through ports; only views have a default, in memory.', rooms('ledger'), {
    path: rooms('runner', 'memory', 'testing'),
    pathNot: `${core}memory/view-store[.]ts$`,
  }),
  never(
    'memory-is-a-store',
    'The reference stores know ports and nothing of wallets.',
    rooms('memory'),
    rooms('wallet', 'projections', 'reactions', 'ledger', 'runner', 'import', 'export', 'testing'),
  ),
  never('index-is-for-others', 'Inside the core everyone names the file he means.', core, `${core}index[.]ts$`),
];

const outerRules = [
  never(
    'adapters-are-no-siblings',
    'An adapter imports the core, `sql` and its own folder.',
    { path: '^packages/adapters/src/([^/]+)/' },
    { path: '^packages/adapters/src/', pathNot: '^packages/adapters/src/(sql|$1)/' },
  ),
  never('sql-knows-no-engine', 'What is shared by the engines names none of them.', '^packages/adapters/src/sql/', {
    path: '^packages/adapters/src/',
    pathNot: '^packages/adapters/src/sql/',
  }),
  never('adapters-know-no-http', 'An adapter does not know who plugs it in.', '^packages/adapters/', '^packages/http/'),
  never(
    'only-the-root-sees-adapters',
    'Adapters are plugged in by plug.ts, stores by stores.ts.',
    { path: '^packages/http/src/', pathNot: '^packages/http/src/(plug|stores)[.]ts$' },
    '^packages/adapters/|^@kakeibo/adapters',
  ),
  never('the-page-uses-the-api', 'The dashboard talks to the API and imports its own files.', '^packages/http/dashboard/', {
    path: '^packages/|^@kakeibo/',
    pathNot: '^packages/http/(dashboard|node_modules)/',
  }),
  never(
    'the-service-serves-the-page',
    'The service serves the built page; it imports none of it.',
    '^packages/http/src/',
    '/dashboard/',
  ),
  never('packages-by-name', 'A package imports another by its public name.', '^packages/([^/]+)/', {
    path: '^packages/[^/]+/src/',
    pathNot: '^packages/$1/',
  }),
  never(
    'public-entries',
    'Examples and tests use what everyone can.',
    { path: '^(examples|tests)/', pathNot: '^tests/dashboard/' },
    {
      path: '^packages/[^/]+/(src|dashboard)/',
    },
  ),
  never('nobody-imports-tests', 'Packages and examples do not import tests.', '^(packages|examples)/', '^tests/'),
  never('runs-without-a-runner', 'No package needs a test runner.', '^packages/[^/]+/src/', '/vitest/'),
];

const options: ICruiseOptions = {
  doNotFollow: { path: 'node_modules|/dist/' },
  exclude: { path: '/dashboard-dist/' },
  moduleSystems: ['es6'],
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default'],
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css', '.d.ts'],
  },
};

export default {
  forbidden: [
    never('no-circle', 'No two files need each other.', {}, { circular: true }),
    never('resolvable', 'What is imported is there.', {}, { couldNotResolve: true, pathNot: '^vite/' }),
    ...coreRules,
    ...outerRules,
  ],
  options,
};

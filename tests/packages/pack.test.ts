import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../servers/ports.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const packages = ['core', 'adapters', 'http'];
const run = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** By package: what `npm pack` made of it. */
const packed = new Map<string, Packed>();
let folder = '';

async function pack(name: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: join(ROOT, 'packages', name),
  });
  const [made] = JSON.parse(stdout) as readonly [Packed];
  packed.set(name, made);
}

// A folder that knows nothing of the repository, as a user's.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakeibo-packages-'));
  await Promise.all(packages.map(pack));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'their-program', private: true, type: 'module' }));
  const archives = packages.map((name) => `./${packed.get(name)?.filename}`);
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...archives], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an archive holds what was built, its types and its words, and no sources', () => {
  test.each(packages)('%s', (name) => {
    const files = packed.get(name)?.files.map(({ path }) => path) ?? [];
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'README.md']));
    expect(files.filter((path) => path.endsWith('.d.ts')).length).toBeGreaterThan(0);
    expect(files.filter((path) => !/^(dist|dashboard-dist)\/|^(package[.]json|LICENSE|README[.]md)$/.test(path))).toEqual([]);
    expect(files.filter((path) => path.endsWith('.tsbuildinfo') || /^dist\/.*(?<![.]d)[.]tsx?$/.test(path))).toEqual([]);
  });
});

describe('the examples run on the installed packages', () => {
  test.each(['quickstart', 'custom-projection', 'own-store'])('%s', async (name) => {
    const example = join(ROOT, 'examples', name);
    cpSync(example, join(folder, name), { recursive: true });
    const { stdout } = await run(process.execPath, [join(folder, name, 'index.ts')], { cwd: folder });
    expect(stdout).toBe(readFileSync(join(example, 'expected.txt'), 'utf8'));
  });
});

test('a user has one core, whoever asks for it', () => {
  expect(existsSync(join(folder, 'node_modules/@kakeibo/core/dist/index.js'))).toBe(true);
  for (const name of ['adapters', 'http'])
    expect(existsSync(join(folder, `node_modules/@kakeibo/${name}/node_modules/@kakeibo`))).toBe(false);
});

test('who did not install a driver is told in a line, and only when he asks for it', async () => {
  const program = `import { openMysql } from '@kakeibo/adapters/mysql';
    await openMysql({ url: 'mysql://app@localhost/x' }).catch(({ code, message }) => console.log(code, message));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder });
  expect(stdout).toBe('refused a MySQL store needs the package mysql2: npm install mysql2\n');
});

test('the installed service starts, and brings its page', async () => {
  const data = join(folder, 'data');
  mkdirSync(data);
  const command = join(folder, 'node_modules/.bin/kakeibo-server');
  const stop = new AbortController();
  const url = `http://127.0.0.1:${await freePort()}`;
  const served = run(command, [], {
    cwd: folder,
    signal: stop.signal,
    env: { ...process.env, PORT: new URL(url).port, KAKEIBO_DATA: data },
  }).catch((error: unknown) => error);
  try {
    await expect.poll(() => statusOf(`${url}/healthz`)).toBe(200);
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<div id="app">');
  } finally {
    stop.abort();
    await served;
  }
});

async function statusOf(url: string): Promise<number> {
  try {
    return (await fetch(url)).status;
  } catch {
    return 0;
  }
}

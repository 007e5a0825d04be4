import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = [
  '/',
  '/register',
  '/limits',
  '/limits?new=1',
  '/limits?history=food',
  '/goals',
  '/goals?new=1',
  '/schedules',
  '/transfers',
  '/reports',
  '/reports?report=cashflow',
  '/reports?report=income',
  '/reports?report=budget',
  '/reports?report=networth',
  '/reports?report=entries',
  '/reports?report=statement&recordedAsOf=2099-01-01',
  '/import',
  '/history',
  '/check',
  '/settings',
];
const ROWS = 20_000;

let service: Service;
let browser: Browser;
let walletId: string;

/** A household's year in one file. */
function csv(): string {
  const lines = ['date,note,category,amount'];
  for (let index = 0; index < ROWS; index += 1) {
    const day = new Date(Date.now() - Math.floor((index * 365) / ROWS) * 86_400_000).toISOString().slice(0, 10);
    lines.push(
      `${day},Entry ${index},Food:${['Cafe', 'Groceries', 'Restaurant'][index % 3]},${index % 10 === 0 ? '' : '-'}${1 + (index % 40)}.${String(index % 100).padStart(2, '0')}`,
    );
  }
  return lines.join('\n');
}

/** A goal with something in it, one that is overdue, a plan, a check that differs and a rate. */
async function withPlansOf(wallet: string): Promise<void> {
  const write = (method: string, path: string, body: object) => call(service.url, method, `/wallets/${wallet}${path}`, body);
  await write('POST', '/income', { amount: '900.00', category: 'Salary' });
  await write('PUT', '/goals/bike', { name: 'A bike', target: '800.00', by: '2099-12-31' });
  await write('POST', '/goals/bike/save', { amount: '120.00' });
  await write('PUT', '/goals/coat', { name: 'A coat', target: '200.00', by: '2020-01-01' });
  await write('POST', '/plans', { kind: 'expense', amount: '84.00', category: 'Home:Power', occurredOn: '2099-01-01' });
  await write('POST', '/checks', { counted: '899.00' });
  await write('PUT', '/rates/USD', { rate: '1.0842' });
}

beforeAll(async () => {
  service = await startService();
  const wallet = await call<{ id: string }>(service.url, 'POST', '/wallets', {
    name: 'Household',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  });
  walletId = wallet.id;
  await call(service.url, 'PUT', `/wallets/${walletId}/limits/food`, { scope: 'Food', period: 'month', amount: '400.00' });
  const startsOn = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const rent = { kind: 'expense', amount: '800.00', category: 'Home:Rent', note: 'Rent', rule: 'FREQ=MONTHLY;BYMONTHDAY=31' };
  await call(service.url, 'PUT', `/wallets/${walletId}/schedules/rent`, { ...rent, startsOn, remindDays: 31 });
  await call(service.url, 'PUT', `/wallets/${walletId}/schedules/daily`, {
    ...rent,
    note: 'Coffee',
    rule: 'FREQ=DAILY',
    startsOn,
  });
  await withPlansOf(walletId);
  const response = await fetch(`${service.url}/api/v1/wallets/${walletId}/imports?format=csv`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body: csv(),
  });
  expect(await response.json()).toMatchObject({ added: ROWS, bad: [] });
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

/** Adds up how far what is on a page moves without anybody's doing. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry && !('hadRecentInput' in entry && entry.hadRecentInput)) shifts.sum += Number(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

async function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { shifts: { sum: number } }).shifts.sum);
}

const LOOKS = [
  { name: 'wide', options: { viewport: { width: 1440, height: 900 } } },
  { name: 'narrow', options: { viewport: { width: 360, height: 740 }, hasTouch: true } },
  { name: 'dark', options: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const } },
];

/** What is wrong with a page in one look. */
async function faultsOf(path: string, { name, options }: (typeof LOOKS)[number]): Promise<readonly string[]> {
  const { page, context, complaints } = await openPage(browser, options);
  await watchShifts(page);
  await page.goto(service.url + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect.poll(() => page.locator('.bones').count()).toBe(0);
  await page.waitForTimeout(800);
  const faults: string[] = [];
  if (!(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))) faults.push('scrolls sideways');
  const shifts = await shiftsOf(page);
  if (shifts >= 0.02) faults.push(`jumps by ${shifts}`);
  // The policy forbids scripts from elsewhere, so axe goes in through the debugger, as a person's extension would.
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
  faults.push(...found);
  faults.push(...complaints);
  await context.close();
  return faults.map((fault) => `${name}: ${fault}`);
}

test.each(PAGES)('%s has no accessibility fault, no sideways scroll and no jump: wide, narrow and dark', async (path) => {
  expect((await Promise.all(LOOKS.map((look) => faultsOf(path, look)))).flat()).toEqual([]);
});

test.each(['/', '/history', '/schedules', '/reports?report=entries'])('%s does not jump when answers come late', async (path) => {
  const { page, context } = await openPage(browser);
  let asked = 0;
  await page.route('**/api/v1/wallets/**', async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 1_200 + ((asked * 377) % 900)));
    await route.continue();
  });
  await watchShifts(page);
  await page.goto(service.url + path);
  await page.locator('main .sheet').first().waitFor();
  await page.locator('main .bones').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
  expect(await shiftsOf(page)).toBeLessThan(0.005);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
});

test('the register of 20,000 rows keeps few rows in the page, wherever one scrolls', async () => {
  const { page, context } = await openPage(browser);
  await page.goto(`${service.url}/register`);
  await page
    .getByText(/^Entry \d+$/)
    .first()
    .waitFor();
  for (const part of [0.1, 0.5, 0.9, 0.2]) {
    await page.evaluate((to) => window.scrollTo(0, document.documentElement.scrollHeight * to), part);
    await page.waitForTimeout(800);
    expect(await page.locator('tr').count()).toBeLessThan(200);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole('searchbox').first().fill('entry 19999');
  await page.getByText('Entry 19999').first().waitFor();
  await context.close();
});

test('the first load is at most 120 KB of compressed JavaScript, without charts', async () => {
  const { page, context } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  const scripts = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (!response.url().endsWith('.js')) return;
    scripts.set(
      response.url(),
      response.body().then((body) => gzipSync(body).length),
    );
  });
  await page.goto(`${service.url}/limits`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForTimeout(800);
  const total = (await Promise.all(scripts.values())).reduce((sum, size) => sum + size, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(total).toBeLessThan(120 * 1024);
  await context.close();
});

test('everything is reached and booked by the keyboard alone', async () => {
  const { page, context } = await openPage(browser);
  await page.goto(service.url);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('n');
  await page.keyboard.type('3.30 pretzel @Food:Cafe');
  await page.keyboard.press('Enter');
  await page.getByText('pretzel').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.waitForURL(/\/register/);
  await page.keyboard.press('?');
  await page
    .getByText(/shortcut/i)
    .first()
    .waitFor();
  await context.close();
});

test('names with markup in them stay text on every page', async () => {
  const hostile = '<img src=x onerror=document.title=1>"\'&amp;';
  await call(service.url, 'POST', `/wallets/${walletId}/expenses`, {
    amount: '1.00',
    category: `Food:${hostile}`,
    note: hostile,
  });
  const { page, context, complaints } = await openPage(browser);
  for (const path of PAGES) {
    await page.goto(service.url + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForTimeout(500);
    expect(await page.title()).not.toBe('1');
  }
  expect(complaints).toEqual([]);
  await context.close();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;
let one: Watched;
let wallet: string;

interface LimitRead {
  readonly scope: string | null;
  readonly tag: string | null;
  readonly amount: string;
  readonly period: string;
  readonly firstDay: number;
  readonly rollover: string;
  readonly cap: string | null;
  readonly mode: string;
  readonly startsOn: string;
}
const limits = async (): Promise<readonly LimitRead[]> =>
  (await call<{ items: readonly LimitRead[] }>(service.url, 'GET', `${wallet}/limits`)).items;

beforeAll(async () => {
  service = await startService();
  const { id, today } = await call<{ id: string; today: string }>(service.url, 'POST', '/wallets', {
    name: 'Household',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  });
  wallet = `/wallets/${id}`;
  await call(service.url, 'POST', `${wallet}/expenses`, { amount: '30.00', category: 'Food:Cafe', occurredOn: today });
  browser = await openChromium();
  one = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

test('sets a limit from pay day to pay day that carries on, sees where it would stand, and takes it back', async () => {
  const { page } = one;
  await page.goto(`${service.url}/limits?new=1`);
  await page.getByLabel('A limit for').selectOption('a category');
  await page.getByRole('combobox', { name: 'Category' }).fill('Food');
  await page.getByLabel('Amount, EUR').fill('60');
  await page.getByLabel('Period', { exact: true }).selectOption('each month');
  await page.getByLabel('Begins on day').fill('25');
  await page.getByLabel('At the end of a period').selectOption('what is left or over is carried on');
  await page.getByLabel('At most').fill('20');
  await page.getByText(/30\.00 of 60\.00, 50 %, 30\.00 left/).waitFor();
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByText('Limit set: Food, 60.00 each month from the 25th.').waitFor();
  expect(await limits()).toMatchObject([
    { scope: 'Food', amount: '60.00', period: 'month', firstDay: 25, rollover: 'both', cap: '20.00', mode: 'warn' },
  ]);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('Not set any more: Food').first().waitFor();
  expect(await limits()).toEqual([]);
});

test('a limit that lacks something says so at the field, and a tag is as good as a category', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Set a limit' }).click();
  await page.getByLabel('A limit for').selectOption('a tag');
  await page.getByLabel('Amount, EUR').fill('100');
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByText('Name a tag, as holiday.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('limit-tag');
  await page.getByRole('textbox', { name: 'Tag' }).fill('#holiday');
  await page.getByLabel('Period', { exact: true }).selectOption('once, for days of my own');
  await page.getByLabel('First day').fill('2026-01-01');
  await page.getByLabel('Last day').fill('2026-01-31');
  await page.getByLabel('When it would be over').selectOption('refuse to book');
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByText('Limit set: #holiday, 100.00 once.').waitFor();
  expect(await limits()).toMatchObject([{ tag: 'holiday', period: 'custom', mode: 'block' }]);
  await page.getByRole('button', { name: 'Remove the limit of #holiday' }).click();
  await page.getByText('Limit removed').first().waitFor();
  expect(await limits()).toEqual([]);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('Limit back: #holiday').first().waitFor();
  expect(await limits()).toMatchObject([{ tag: 'holiday', period: 'custom', mode: 'block' }]);
});

test('shows what was carried, and period by period what was planned, spent and left', async () => {
  const { page } = one;
  const { today } = await call<{ today: string }>(service.url, 'GET', wallet);
  const before = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2, 1)).toISOString().slice(0, 10);
  await call(service.url, 'POST', `${wallet}/expenses`, { amount: '43.60', category: 'Food', occurredOn: before });
  const body = { scope: 'Food', period: 'month', rollover: 'both' };
  await call(service.url, 'PUT', `${wallet}/limits/food`, { ...body, amount: '50.00', startsOn: before });
  await page.getByText('50.00 planned, +6.40 carried').waitFor();
  await page.getByRole('link', { name: 'History of the limit of Food' }).click();
  const rows = page.locator('.history tbody tr');
  await rows.nth(1).waitFor();
  expect(await rows.nth(0).innerText()).toMatch(/50\.00\s+\+6\.40\s+30\.00\s+26\.40\s+53 %/);
  expect(await rows.nth(1).innerText()).toMatch(/50\.00\s+0\.00\s+43\.60\s+6\.40\s+87 %/);
  await page.getByRole('link', { name: 'Change' }).click();
  await page.getByLabel('Amount, EUR').fill('70');
  await page.getByLabel('Amount from').fill(today);
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByText('70.00 planned, +6.40 carried').waitFor();
  await page.getByRole('link', { name: 'History of the limit of Food' }).click();
  await page.getByRole('main').getByText('70.00 each month').waitFor();
  expect(await rows.nth(0).innerText()).toContain('70.00');
  expect(await rows.nth(1).innerText()).toContain('50.00');
});

test('no page complained', () => {
  expect(one.complaints).toEqual([]);
});

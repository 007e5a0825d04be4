import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;
let one: Watched;
let wallet: string;
let today: string;

interface Standing {
  readonly balance: string;
  readonly entries: number;
  readonly planned: { readonly in: string; readonly out: string };
}
const standing = (): Promise<Standing> => call<Standing>(service.url, 'GET', wallet);

beforeAll(async () => {
  service = await startService();
  const opened = await call<{ id: string; today: string }>(service.url, 'POST', '/wallets', {
    name: 'Purse',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  });
  wallet = `/wallets/${opened.id}`;
  today = opened.today;
  await call(service.url, 'POST', `${wallet}/income`, { amount: '100.00', category: 'Cash', occurredOn: today });
  browser = await openChromium();
  one = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

test('says the difference while one types, books it with a category, and takes it back', async () => {
  const { page } = one;
  await page.goto(`${service.url}/check`);
  await page.getByText('The entries come to 100.00.').waitFor();
  await page.getByLabel('I counted, EUR').fill('100');
  await page.getByText('It agrees.').waitFor();
  await page.getByLabel('I counted, EUR').fill('96,80');
  await page.getByText('Difference −3.20').waitFor();
  await page.getByRole('button', { name: 'Book the difference' }).click();
  await page.getByText('Name a category, as Cash:Unknown.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('count-category');
  await page.getByRole('combobox', { name: 'Category' }).fill('Cash:Unknown');
  await page.getByRole('button', { name: 'Book the difference' }).click();
  await page.getByText('Booked −3.20, so that the balance is what you counted.').first().waitFor();
  expect(await standing()).toMatchObject({ balance: '96.80', entries: 2 });
  await page.getByText('difference booked').waitFor();
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('What you counted stays.').first().waitFor();
  expect((await standing()).balance).toBe('100.00');
});

test('keeps what was counted, with what the entries came to then and come to now', async () => {
  const { page } = one;
  await page.getByLabel('I counted, EUR').fill('0');
  await page.getByRole('button', { name: 'Only write it down' }).click();
  await page.getByText('Written down: −100.00 differs.').first().waitFor();
  const rows = page.locator('table tbody tr');
  await rows.nth(1).waitFor();
  expect(await rows.nth(0).innerText()).toMatch(/0\.00\s+100\.00\s+100\.00\s+−100\.00/);
  await call(service.url, 'POST', `${wallet}/expenses`, { amount: '100.00', category: 'Food', occurredOn: today });
  await rows.nth(0).getByText('agrees').waitFor();
  expect(await rows.nth(0).innerText()).toMatch(/0\.00\s+100\.00\s+0\.00\s+agrees/);
});

test('plans an entry, books it, takes that back, and drops it', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Plan an entry' }).click();
  const form = page.getByRole('form', { name: 'Plan an entry' });
  await form.getByLabel('Amount, EUR').fill('84');
  await form.getByLabel('What for').fill('Power');
  await form.getByRole('combobox', { name: 'Category' }).fill('Home:Power');
  await form.getByRole('button', { name: 'Plan it' }).click();
  await page.getByText('Planned −84.00 for Power.').first().waitFor();
  expect(await standing()).toMatchObject({ balance: '0.00', planned: { out: '84.00' } });

  await page.getByRole('button', { name: 'Book Power' }).click();
  await page.getByText('Booked −84.00 for Power.').first().waitFor();
  expect(await standing()).toMatchObject({ balance: '-84.00', planned: { out: '0.00' } });
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('Not booked any more: −84.00 for Power.').first().waitFor();
  expect(await standing()).toMatchObject({ balance: '0.00', planned: { out: '84.00' } });

  await page.getByRole('button', { name: 'Drop Power' }).click();
  await page.getByText('Dropped −84.00 for Power.').first().waitFor();
  expect(await standing()).toMatchObject({ planned: { out: '0.00' } });
});

test('recomputes everything from the events and says that it agrees', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByRole('heading', { name: 'Everything agrees' }).waitFor();
  await page.getByText(/events are complete and in order, and every figure is the sum/).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the report' }).click();
  expect((await download).suggestedFilename()).toMatch(/^kakeibo-check-.*\.json$/);
  expect(one.complaints).toEqual([]);
});

test('names each thing that does not agree, and where', async () => {
  const { page } = one;
  const finding = { view: 'flows', bucket: '2026', place: null, expected: '6106.39', found: '6116.39' };
  const findings = [{ what: 'changed', stream: wallet.replace('/wallets/', 'wallet-'), ...finding }];
  const result = { events: 9, streams: 1, buckets: 4, findings, more: 0, unchecked: [] };
  const body = `event: progress\ndata: {"stage":"log","done":9,"total":9}\n\nevent: result\ndata: ${JSON.stringify(result)}\n\n`;
  await page.route('**/api/v1/verify', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('heading', { name: '1 thing does not agree' }).waitFor();
  await page.getByRole('row', { name: /A stored figure is not what the events come to.*Purse, flows, 2026.*6116\.39/ }).waitFor();
  await page.unroute('**/api/v1/verify');
});

test('says in the settings what a rate was, and takes it back', async () => {
  const { page } = one;
  const rates = () => call<{ items: readonly unknown[] }>(service.url, 'GET', `${wallet}/rates`);
  await page.goto(`${service.url}/settings`);
  const form = page.getByRole('form', { name: 'Set a rate' });
  await form.getByLabel('Currency').selectOption('JPY');
  await form.getByLabel('1 EUR in JPY').fill('163,2');
  await form.getByRole('button', { name: 'Set the rate' }).click();
  await page.getByText(`Rate set: 163.2 JPY on ${today}.`).waitFor();
  expect((await rates()).items).toEqual([{ quote: 'JPY', on: today, rate: '163.2' }]);
  await page.getByRole('button', { name: `Remove JPY of ${today}` }).click();
  await page.getByText('Rate removed').first().waitFor();
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('Rate back').first().waitFor();
  expect((await rates()).items).toHaveLength(1);
});

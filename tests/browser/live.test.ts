import type { Browser, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;

beforeAll(async () => {
  service = await startService();
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

test('what is booked after the page has read and before its line is open is shown, with its alert', async () => {
  const { id } = await call<{ id: string }>(service.url, 'POST', '/wallets', { name: 'Household', currency: 'EUR' });
  const wallet = `/wallets/${id}`;
  await call(service.url, 'PUT', `${wallet}/limits/food`, { scope: 'Food', period: 'month', amount: '10' });
  await call(service.url, 'POST', `${wallet}/expenses`, { amount: '1', category: 'Food', note: 'Bread' });
  const { page, complaints } = await openPage(browser);
  const lineMayOpen = Promise.withResolvers<void>();
  await page.route('**/api/v1/live', async (route) => {
    await lineMayOpen.promise;
    await route.continue();
  });
  const onTheWay = new Set<Request>();
  page.on('request', (request) => onTheWay.add(request));
  page.on('requestfinished', (request) => onTheWay.delete(request));
  await page.goto(service.url);
  await page.getByText('Bread').first().waitFor();
  await expect.poll(() => [...onTheWay].map((request) => request.url())).toEqual([`${service.url}/api/v1/live`]);
  await call(service.url, 'POST', `${wallet}/expenses`, { amount: '9', category: 'Food', note: 'Cheese' });
  lineMayOpen.resolve();
  await page.getByText('Cheese').first().waitFor();
  await page
    .getByText(/Food has reached/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

test('what is booked while the register reads its rows is shown when they are there', async () => {
  const { id } = await call<{ id: string }>(service.url, 'POST', '/wallets', { name: 'Holidays', currency: 'EUR' });
  const { page, complaints } = await openPage(browser);
  const rowsMayCome = Promise.withResolvers<void>();
  const rowsAreRead = Promise.withResolvers<void>();
  await page.route(/entries\?.*totals=true/, async (route) => {
    const response = await route.fetch();
    rowsAreRead.resolve();
    await rowsMayCome.promise;
    await route.fulfill({ response });
  });
  await page.goto(`${service.url}/register?wallet=${id}`);
  await rowsAreRead.promise;
  const isReadAgain = page.waitForResponse(async (response) => {
    return response.url().endsWith('/entries?limit=200') && (await response.text()).includes('Ferry');
  });
  await call(service.url, 'POST', `/wallets/${id}/expenses`, { amount: '9', category: 'Travel', note: 'Ferry' });
  await isReadAgain;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  rowsMayCome.resolve();
  await page.getByText('Ferry').first().waitFor({ timeout: 20_000 });
  expect(complaints).toEqual([]);
});

test('what is booked in another wallet is in the net worth a moment later', async () => {
  const details = { currency: 'CHF' };
  const here = await call<{ id: string }>(service.url, 'POST', '/wallets', { ...details, name: 'Purse' });
  const there = await call<{ id: string }>(service.url, 'POST', '/wallets', { ...details, name: 'Chest' });
  const { page, complaints } = await openPage(browser);
  await page.goto(`${service.url}/reports?report=networth&wallet=${here.id}`);
  const row = page.getByRole('row', { name: /Chest/ });
  await row.getByText('0.00').first().waitFor();
  await call(service.url, 'POST', `/wallets/${there.id}/income`, { amount: '77.77' });
  await row.getByText('77.77').first().waitFor({ timeout: 10_000 });
  expect(complaints).toEqual([]);
});

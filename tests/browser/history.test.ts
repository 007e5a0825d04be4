import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;
let one: Watched;
let walletId: string;

beforeAll(async () => {
  service = await startService();
  const body = { name: 'Household', currency: 'EUR', zone: 'Europe/Berlin' };
  walletId = (await call<{ id: string }>(service.url, 'POST', '/wallets', body)).id;
  for (const note of ['first', 'second', 'third']) {
    await call(service.url, 'POST', `/wallets/${walletId}/expenses`, { amount: '2', category: 'Other', note });
  }
  browser = await openChromium();
  one = await openPage(browser);
  await one.page.goto(`${service.url}/history`);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

const notes = async (): Promise<readonly (string | null)[]> =>
  (
    await call<{ items: readonly { note: string | null }[] }>(service.url, 'GET', `/wallets/${walletId}/entries?limit=200`)
  ).items.map(({ note }) => note);
const become = async (wanted: readonly string[]): Promise<void> => {
  await expect.poll(notes).toEqual(wanted);
};

test('undoes the last thing, then one further back, and does it again', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Undo the last thing' }).click();
  await become(['second', 'first']);
  await page.getByText('Undone: Booked: −2.00 for third').first().waitFor();
  await page.getByRole('button', { name: 'Undo what was done: Booked: −2.00 for first' }).click();
  await become(['second']);
  await page.getByRole('button', { name: 'Redo what was done: Undone: Booked: −2.00 for first' }).click();
  await become(['second', 'first']);
  await page.getByText('Done again: Booked: −2.00 for first').first().waitFor();
});

test('says why something cannot be undone', async () => {
  const { page } = one;
  const wallet = page.getByRole('listitem').filter({ hasText: 'Wallet opened' });
  await wallet.getByText(/Close it instead/).waitFor();
  expect(await wallet.getByRole('button').count()).toBe(0);
});

test('z and Shift z reach what was done before the page was opened', async () => {
  const { page } = one;
  await call(service.url, 'POST', `/wallets/${walletId}/expenses`, { amount: '2', category: 'Other', note: 'fourth' });
  await page.goto(`${service.url}/register`);
  await page.getByText('fourth').first().waitFor();
  await page.locator('body').press('z');
  await become(['second', 'first']);
  await page.getByText(/Undone, 1 entry/).waitFor();
  await page.locator('body').press('Shift+Z');
  await become(['fourth', 'second', 'first']);
});

test('shows older changes, and undoes one of them', async () => {
  const { page } = one;
  for (let count = 0; count < 60; count += 1) {
    const body = { amount: '1', category: 'Other', note: `later ${count}` };
    await call(service.url, 'POST', `/wallets/${walletId}/expenses`, body);
  }
  await page.goto(`${service.url}/history`);
  await page.getByRole('button', { name: 'Show older changes' }).click();
  await page.getByText('Wallet opened').waitFor();
  await page.getByRole('button', { name: 'Undo what was done: Booked: −2.00 for second' }).click();
  await expect.poll(async () => (await notes()).includes('second')).toBe(false);
  await page
    .getByRole('listitem')
    .filter({ hasText: 'for second undone' })
    .filter({ hasText: /^Booked/ })
    .waitFor();
});

test('no page complained', () => {
  expect(one.complaints).toEqual([]);
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;
let one: Watched;
let walletId: string;

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly amount: string;
  readonly category: string | null;
  readonly parts: readonly { readonly category?: string; readonly amount?: string }[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly refunds: string | null;
}
const entries = async (query = ''): Promise<readonly Listed[]> =>
  (await call<{ items: readonly Listed[] }>(service.url, 'GET', `/wallets/${walletId}/entries?limit=200${query}`)).items;
const becomes = async (query: string, wanted: readonly Partial<Listed>[]): Promise<void> => {
  await expect.poll(() => entries(query)).toMatchObject(wanted);
};

beforeAll(async () => {
  service = await startService();
  const body = { name: 'Household', currency: 'EUR', zone: 'Europe/Berlin' };
  walletId = (await call<{ id: string }>(service.url, 'POST', '/wallets', body)).id;
  browser = await openChromium();
  one = await openPage(browser);
  await one.page.goto(service.url);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

test('books a split with payee and tags, once its parts add up', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'All fields' }).click();
  const form = page.getByRole('form', { name: 'Book an entry, all fields' });
  await form.locator('[name="amount"]').fill('61.47');
  await form.locator('[name="payee"]').fill('Weekly market');
  await form.locator('[name="tags"]').fill('#trip, ida');
  await form.getByRole('button', { name: 'Split it over several categories' }).click();
  await form.getByLabel('Category of part 1').fill('Food:Groceries');
  await form.getByLabel('Amount of part 1, EUR').fill('41.47');
  await form.getByLabel('Category of part 2').fill('Gifts');
  await form.getByText('20.00 left').waitFor();
  await form.getByLabel('Amount of part 2, EUR').fill('15');
  await form.getByRole('button', { name: 'Book it' }).click();
  await form.getByText(/5\.00 is left/).waitFor();
  await form.getByRole('button', { name: 'Another part' }).click();
  await form.getByLabel('Category of part 3').fill('Household');
  await form.getByRole('button', { name: /the rest is part 3/ }).click();
  await form.getByText('Adds up').waitFor();
  await form.getByRole('button', { name: 'Book it' }).click();
  const parts = [
    { category: 'Food:Groceries' },
    { category: 'Gifts', amount: '15.00' },
    { category: 'Household', amount: '5.00' },
  ];
  await becomes('', [{ payee: 'Weekly market', tags: ['ida', 'trip'], category: null, parts }]);
});

test('the register shows and folds the parts, and splits by shares', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Register' }).first().click();
  await page.getByRole('button', { name: '3 parts' }).click();
  await page.locator('tr.part').nth(2).getByText('5.00').waitFor();
  await page.getByRole('button', { name: '3 parts' }).click();
  expect(await page.locator('tr.part').count()).toBe(0);
  await page.getByRole('button', { name: 'Weekly market' }).click();
  const form = page.getByRole('form', { name: 'Correct Weekly market' });
  await form.getByLabel('By shares').check();
  await form.getByText('20.49').first().waitFor();
  await form.getByRole('button', { name: /^Save/ }).click();
  const even = { category: 'Gifts', amount: '20.49' };
  await becomes('', [{ parts: [{ category: 'Food:Groceries', amount: '20.49' }, even, { category: 'Household' }] }]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await becomes('', [{ parts: [{ amount: '41.47' }, { amount: '15.00' }, { amount: '5.00' }] }]);
});

test('refunds an expense, and the register says that it is one', async () => {
  const { page } = one;
  const body = { amount: '38.60', category: 'Household', payee: 'Hardware store' };
  const { entryId } = await call<{ entryId: string }>(service.url, 'POST', `/wallets/${walletId}/expenses`, body);
  await page.getByRole('button', { name: 'Hardware store' }).click();
  const form = page.getByRole('form', { name: 'Correct Hardware store' });
  await form.getByRole('button', { name: 'Refund' }).click();
  const back = form.getByLabel('What came back today, EUR');
  expect(await back.inputValue()).toBe('38.60');
  await back.fill('22.90');
  await back.press('Enter');
  await becomes('&kind=refund', [{ amount: '22.90', refunds: entryId, category: 'Household', payee: 'Hardware store' }]);
  await page.getByText('refund', { exact: true }).waitFor();
  await page.getByText('+22.90').first().waitFor();
});

test('another refund offers what is left, and none when nothing is', async () => {
  const { page } = one;
  const form = page.getByRole('form', { name: 'Correct Hardware store' });
  const open = async (): Promise<void> => {
    // It closes by itself when the refund before is booked.
    await form.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Hardware store' }).last().click();
    await form.getByRole('button', { name: 'Refund' }).click();
  };
  await open();
  const back = form.getByLabel('What came back today, EUR');
  expect(await back.inputValue()).toBe('15.70');
  await back.press('Enter');
  await becomes('&kind=refund', [{ amount: '15.70' }, { amount: '22.90' }]);
  await open();
  await page.getByText('All of it came back already.').waitFor();
});

test('the figure of what went out leads to the entries that make it up, refunds too', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Home' }).first().click();
  const out = page.locator('.figure', { hasText: /^Out, / }).getByRole('link');
  const figure = await out.textContent();
  await out.click();
  await page.waitForURL(/kind=spending/);
  await page.getByRole('button', { name: 'Out', pressed: true }).waitFor();
  await page.getByText('+22.90').first().waitFor();
  await page.locator('.totals', { hasText: figure ?? 'no figure' }).waitFor();
  await page.getByRole('link', { name: 'Register' }).first().click();
});

test('gives several rows a category and tags at once, and one Undo takes it back', async () => {
  const { page } = one;
  for (const note of ['first', 'second']) {
    await call(service.url, 'POST', `/wallets/${walletId}/expenses`, { amount: '2', category: 'Other', note });
  }
  await page.getByText('second').first().waitFor();
  await page.getByRole('button', { name: 'Select rows' }).click();
  for (const name of ['first', 'second', 'Weekly market']) await page.getByLabel(`Select ${name}`, { exact: true }).check();
  await page.getByRole('button', { name: 'Change them' }).click();
  const group = page.getByRole('group', { name: 'Change the selected entries' });
  await group.getByLabel('Category').fill('Food:Cafe');
  await group.getByLabel(/^Tags/).fill('#cafe');
  await group.getByRole('button', { name: 'Change 3 entries' }).click();
  await becomes('&tag=cafe&max=2', [{ category: 'Food:Cafe' }, { category: 'Food:Cafe' }]);
  await becomes('&tag=cafe&min=3', [{ payee: 'Weekly market', category: null }]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await becomes('&tag=cafe', []);
  await becomes('&category=Other', [{ tags: [] }, { tags: [] }]);
  await becomes('&tag=trip', [{ payee: 'Weekly market' }]);
});

test('on a phone the same is within the page', async () => {
  const { page, context } = await openPage(browser, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await page.goto(`${service.url}/register`);
  await page.getByRole('button', { name: 'Select rows' }).click();
  await page.getByLabel('Select second', { exact: true }).check();
  await page.getByRole('button', { name: 'Change them' }).click();
  await page.getByRole('group', { name: 'Change the selected entries' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await context.close();
});

test('narrows by a tag that is pressed and by a payee, both kept in the address', async () => {
  const { page } = one;
  await page.getByRole('button', { name: '#trip' }).first().click();
  await page.waitForURL(/tag=trip/);
  await expect.poll(() => page.locator('tr.e').count()).toBe(1);
  await page.goto(`${service.url}/register?payee=Hardware+store`);
  await page.getByRole('button', { name: 'Hardware store' }).first().waitFor();
  await expect.poll(() => page.locator('tr.e').count()).toBe(3);
});

test('one line takes tags', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Home' }).first().click();
  const line = page.getByLabel('New entry: amount, what for, category, day');
  await line.fill('3.20 bun #breakfast @Food:Cafe');
  await line.press('Enter');
  await becomes('&tag=breakfast', [{ amount: '3.20', category: 'Food:Cafe' }]);
});

test('no page complained', () => {
  // Completion of payees may be missing from a service; the field takes what is typed all the same.
  expect(one.complaints.filter((text) => !text.includes('404'))).toEqual([]);
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;
let one: Watched;
const ids = new Map<string, string>();

const id = (name: string): string => ids.get(name) ?? '';

beforeAll(async () => {
  service = await startService();
  for (const [name, currency] of [
    ['Household', 'EUR'],
    ['Savings', 'EUR'],
    ['Dollars', 'USD'],
  ]) {
    const body = { name, currency, zone: 'Europe/Berlin' };
    ids.set(name ?? '', (await call<{ id: string }>(service.url, 'POST', '/wallets', body)).id);
  }
  await call(service.url, 'POST', `/wallets/${id('Household')}/income`, { amount: '1000' });
  browser = await openChromium();
  one = await openPage(browser);
  await one.page.goto(`${service.url}/transfers?wallet=${id('Household')}`);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

const balance = async (name: string): Promise<string> =>
  (await call<{ balance: string }>(service.url, 'GET', `/wallets/${id(name)}`)).balance;
const settles = async (name: string, wanted: string): Promise<void> => {
  await expect.poll(() => balance(name)).toBe(wanted);
};
const form = (page: Page) => page.getByRole('form', { name: 'Send to another wallet' });

test('sends money on, sees it arrive, and takes it back with Undo', async () => {
  const { page } = one;
  await form(page).getByLabel('To', { exact: true }).selectOption({ label: 'Savings, EUR' });
  await form(page).getByLabel('Amount, EUR').fill('300');
  await form(page).getByText('700.00').waitFor();
  await form(page).getByLabel('Note').fill('for Brittany');
  await form(page).getByLabel('Note').press('Control+Enter');
  await page.getByText('Sent 300.00 to Savings.').waitFor();
  await settles('Savings', '300.00');
  await page.getByText(/, arrived/).waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await settles('Savings', '0.00');
  await settles('Household', '1000.00');
  await page.getByText(/, taken back/).waitFor();
});

test('between currencies it shows the rate, and its fee is an expense that goes with it', async () => {
  const { page } = one;
  await form(page).getByLabel('To', { exact: true }).selectOption({ label: 'Dollars, USD' });
  await form(page).getByLabel('Amount, EUR').fill('100');
  await form(page).getByLabel('What arrives, USD').fill('108.42');
  await form(page).getByText('1 EUR = 1.0842 USD').waitFor();
  await form(page).getByLabel('Fee, EUR, if any').fill('1.50');
  await form(page).getByRole('button', { name: 'Send' }).click();
  await form(page)
    .getByText(/needs a category/)
    .waitFor();
  await form(page).getByLabel('Category of the fee').fill('Bank:Fees');
  await form(page).getByRole('button', { name: 'Send' }).click();
  await settles('Dollars', '108.42');
  await settles('Household', '898.50');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await settles('Dollars', '0.00');
  await settles('Household', '1000.00');
});

test('two entries that look like one transfer are joined, and are two again when it is taken back', async () => {
  const { page } = one;
  await call(service.url, 'POST', `/wallets/${id('Household')}/expenses`, { amount: '75', category: 'Other' });
  await call(service.url, 'POST', `/wallets/${id('Savings')}/income`, { amount: '75' });
  await page.getByRole('button', { name: /^Join/ }).click();
  await page.getByText(/One transfer now: 75.00/).waitFor();
  const kinds = async () =>
    (
      await call<{ items: readonly { kind: string; amount: string }[] }>(
        service.url,
        'GET',
        `/wallets/${id('Household')}/entries?min=75&max=75`,
      )
    ).items.map(({ kind }) => kind);
  expect(await kinds()).toEqual(['sent']);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(kinds).toEqual(['expense']);
  await page.getByRole('button', { name: /^Leave/ }).click();
  await page.getByText('Left as two entries.').waitFor();
  expect(await page.getByRole('button', { name: /^Join/ }).count()).toBe(0);
});

test('one line sends money too, and what is on its way is said on home and in the side', async () => {
  const { page } = one;
  const items = [
    {
      transferId: 't',
      state: 'sent',
      from: id('Household'),
      to: id('Savings'),
      amount: '40.00',
      currency: 'EUR',
      toAmount: '40.00',
      toCurrency: 'EUR',
      occurredOn: '2026-10-14',
      reason: null,
    },
  ];
  await page.route('**/api/v1/transfers', (route) => route.fulfill({ json: { items, count: 1 } }));
  await page.goto(`${service.url}/?wallet=${id('Household')}`);
  await page.getByText(/40\.00 EUR from Household to Savings: in transit/).waitFor();
  await page.getByRole('link', { name: '1 in transit' }).waitFor();
  const line = page.getByLabel('New entry: amount, what for, category, day');
  await line.fill('20 to savings for Ida');
  await page.getByRole('form', { name: 'Book an entry' }).getByText('Transfer').waitFor();
  await line.press('Enter');
  await settles('Savings', '95.00');
  expect(await line.inputValue()).toBe('');
});

test('no page complained', () => {
  expect(one.complaints).toEqual([]);
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

// One evening with reports: each test goes on where the one before it stopped.

let service: Service;
let browser: Browser;
let one: Watched;
let page: Page;
let wallet: string;

const sheet = (name: string | RegExp) => page.getByRole('region', { name });
const post = (path: string, body: object) => call<{ entryId: string }>(service.url, 'POST', `${wallet}${path}`, body);

beforeAll(async () => {
  service = await startService();
  const { id } = await call<{ id: string }>(service.url, 'POST', '/wallets', { name: 'Household', currency: 'EUR' });
  const dollars = await call<{ id: string }>(service.url, 'POST', '/wallets', { name: 'Dollars', currency: 'USD' });
  wallet = `/wallets/${id}`;
  await call(service.url, 'POST', `/wallets/${dollars.id}/income`, {
    amount: '108.42',
    category: 'Gift',
    occurredOn: '2025-01-05',
  });
  await call(service.url, 'PUT', `${wallet}/limits/food`, { scope: 'Food', period: 'month', amount: '50.00' });
  await post('/income', { amount: '1000.00', category: 'Salary', occurredOn: '2025-03-01' });
  for (const month of ['2025-01', '2025-02', '2025-03']) {
    await post('/expenses', { amount: '10.00', category: 'Food:Cafe', payee: 'Röststätte', occurredOn: `${month}-05` });
    await post('/expenses', { amount: '12.00', category: 'Food:Cafe', payee: 'Röststätte', occurredOn: `${month}-06` });
    await post('/expenses', { amount: '30.00', category: 'Food:Groceries', tags: ['weekly'], occurredOn: `${month}-07` });
  }
  await post('/expenses', { amount: '200.00', category: 'Food:Cafe', payee: 'Röststätte', occurredOn: '2025-03-20' });
  await post('/expenses', { amount: '120.00', category: 'Food:Cafe', payee: 'Röststätte', occurredOn: '2025-04-20' });
  browser = await openChromium();
  one = await openPage(browser, { timezoneId: 'UTC' });
  ({ page } = one);
  await page.goto(`${service.url}/reports?wallet=${id}&from=2025-03-01`);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

/** What the register says that its rows come to. */
const totals = () => page.locator('.totals').textContent();

test('shows what was spent beside the month before, and leads to exactly the rows behind a figure', async () => {
  const row = sheet('Spending').getByRole('row', { name: /Food:Cafe/ });
  await row.waitFor();
  expect(await row.textContent()).toMatch(/222\.00.*22\.00.*\+200\.00.*\+909 %/);
  await row.getByRole('link', { name: '222.00' }).click();
  await page.waitForURL(/register.*from=2025-03-01/);
  await page.getByText('3 entries').waitFor();
  expect(await totals()).toContain('222.00');
  await page.goBack();
});

test('shows it by payee, with those without one, and by tag', async () => {
  await sheet('Spending').getByRole('button', { name: 'Payee' }).click();
  const none = sheet('Spending').getByRole('row', { name: /Without a payee/ });
  await none.getByRole('link', { name: '30.00' }).first().click();
  await page.getByRole('button', { name: 'Without a payee' }).waitFor();
  await page.getByText('2 entries').waitFor();
  expect(await totals()).toMatch(/out 30\.00/);
  await page.goBack();
  await sheet('Spending').getByRole('button', { name: 'Tag' }).click();
  await sheet('Spending')
    .getByRole('row', { name: /#weekly/ })
    .waitFor();
});

test('goes from month to month and to days of its own, and the address keeps them', async () => {
  await page.getByRole('button', { name: 'The stretch before' }).click();
  await page.getByRole('status').getByText('February 2025').waitFor();
  await page.getByRole('button', { name: 'Quarter' }).click();
  await page.getByRole('status').getByText('Q1 2025').waitFor();
  await page.getByRole('button', { name: 'Own days' }).click();
  await page.getByLabel('From', { exact: true }).fill('2025-03-02');
  await page.reload();
  await page.getByRole('status').getByText('2–31 Mar 2025').waitFor();
});

test('cash flow has the savings rate, and the income statement its months', async () => {
  await page.goto(`${service.url}/reports?report=cashflow&stretch=quarter&from=2025-01-01`);
  await sheet('Cash flow').getByText('64 %').first().waitFor();
  await sheet('Cash flow').locator('canvas').waitFor();
  await page.getByRole('link', { name: 'Income statement' }).click();
  await page.getByRole('button', { name: 'Quarter' }).click();
  const cafe = sheet('Income statement').getByRole('row', { name: /Food:Cafe/ });
  expect(await cafe.first().textContent()).toMatch(/266\.00.*22\.00.*22\.00.*222\.00/);
});

test('the largest and the unusual are told with why, and lead to the entry', async () => {
  await page.goto(`${service.url}/reports?report=entries&stretch=month&from=2025-04-01`);
  await sheet('Unusual').getByText('10 times the usual 12.00 of Röststätte; the middle of 7 earlier entries.').waitFor();
  await sheet('Largest').getByRole('link', { name: '−120.00' }).click();
  await page.waitForURL(/open=/);
  await page.getByText('1 entry').waitFor();
});

test('net worth lists apart what has no rate, and takes it in when there is one', async () => {
  await page.goto(`${service.url}/reports?report=networth&stretch=year&from=2025-01-01`);
  await sheet('Net worth')
    .getByText(/In no total.*108\.42 USD/)
    .waitFor();
  await call(service.url, 'PUT', `${wallet}/rates/USD`, { rate: '1.0842', on: '2025-01-01' });
  await page.reload();
  await sheet('Net worth').getByText('1 EUR = 1.0842 USD, 1 Jan 2025').waitFor();
  await sheet('Net worth')
    .getByRole('row', { name: /Dollars.*100\.00/ })
    .waitFor();
  await page.getByText('As of', { exact: true }).click();
  await page.getByLabel('What was known on').fill('2020-01-01');
  await page.getByText('what was known on 1 January 2020. These are not the figures of now.', { exact: false }).waitFor();
  await sheet('Net worth').getByText('At the end of 1 January 2020').waitFor();
  expect(await sheet('Net worth').locator('.figure--big').textContent()).toContain('0.00');
  expect(
    await sheet('Net worth')
      .getByRole('row', { name: /Dollars/ })
      .count(),
  ).toBe(0);
});

test('the statement runs from opening to closing, and is a file too', async () => {
  await page.goto(`${service.url}/reports?report=statement&from=2025-03-01`);
  const statement = sheet(/^Statement of/);
  await statement.getByText('Closing at the end of 31 March').waitFor();
  expect(await statement.locator('dl').textContent()).toMatch(/Opening, 1 March−104\.00In\+1,000\.00Out−252\.00Closing.*644\.00/);
  const href = await statement.getByRole('link', { name: 'PDF' }).getAttribute('href');
  const file = await fetch(service.url + href);
  expect(file.headers.get('content-type')).toBe('application/pdf');
});

test('as of a day, later entries count nowhere, the band says so, and the rows follow', async () => {
  await page.getByText('As of', { exact: true }).click();
  await page.getByLabel('What had occurred by').fill('2025-03-06');
  await page.getByText(/what had occurred by 6 March 2025\. These are not the figures of now/).waitFor();
  const statement = sheet(/^Statement of/);
  await statement.getByRole('link', { name: '874.00' }).click();
  await page.getByRole('button', { name: 'Had occurred by 6 Mar 2025' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await statement.locator('dl').getByText('644.00').waitFor();
  expect(one.complaints).toEqual([]);
});

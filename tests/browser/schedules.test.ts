import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

// One evening with schedules: each test goes on where the one before it stopped.

let service: Service;
let browser: Browser;
let one: Watched;
let wallet: string;

beforeAll(async () => {
  service = await startService();
  const { id } = await call<{ id: string }>(service.url, 'POST', '/wallets', { name: 'Household', currency: 'EUR' });
  wallet = `/wallets/${id}`;
  await call(service.url, 'POST', `${wallet}/income`, { amount: '1912.60', note: 'Opening balance' });
  browser = await openChromium();
  one = await openPage(browser, { timezoneId: 'UTC' });
  await one.page.goto(`${service.url}/schedules`);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

interface Schedules {
  readonly items: readonly {
    readonly scheduleId: string;
    readonly next: string | null;
    readonly stopsOn: string | null;
    readonly skipped: readonly string[];
    readonly terms: readonly { readonly amount: string; readonly rule: string; readonly from: string }[];
  }[];
}

/** Asks until the only schedule is as it should be. */
async function until(isThere: (schedule: Schedules['items'][number]) => boolean): Promise<Schedules['items'][number]> {
  let first: Schedules['items'][number] | undefined;
  await expect
    .poll(async () => {
      [first] = (await call<Schedules>(service.url, 'GET', `${wallet}/schedules`)).items;
      return first !== undefined && isThere(first);
    })
    .toBe(true);
  return first as Schedules['items'][number];
}

const undo = () => one.page.getByRole('button', { name: /^Undo/ }).first().click();

test('sets a rent with simple choices, and sees it in words', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Set a schedule' }).click();
  await page.getByLabel('What for').fill('Rent');
  await page.locator('#schedule-amount').fill('800');
  await page.locator('#schedule-category').fill('Home:Rent');
  await page.getByLabel('Payee').fill('Landlord');
  await page.getByLabel('How often').selectOption('month');
  await page.getByLabel('On', { exact: true }).selectOption('31');
  await page.getByLabel('On a weekend').selectOption('before');
  await page.getByLabel('Remind me').selectOption('14');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('First day').fill(tomorrow);
  await page.getByText('Booked every month on the 31st, or its last day; on a weekend the working day before.').waitFor();
  await page.locator('#schedule-amount').press('Control+Enter');
  const rent = await until(({ terms }) => terms.length === 1);
  expect(rent.terms).toMatchObject([{ amount: '800.00', rule: 'FREQ=MONTHLY;BYMONTHDAY=31', from: tomorrow }]);
  await page
    .getByRole('region', { name: 'All schedules' })
    .getByText('every month on the 31st, or its last day; on a weekend the working day before', { exact: true })
    .waitFor();
});

test('a wrong amount and a wrong rule are told at their field', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Set a schedule' }).click();
  await page.locator('#schedule-amount').fill('a lot');
  await page.locator('#schedule-amount').press('Control+Enter');
  await page.locator('#schedule-amount[aria-invalid="true"]').waitFor();
  await page.locator('#schedule-amount').fill('5');
  await page.locator('#schedule-category').fill('Food');
  await page.getByLabel('How often').selectOption('own');
  await page.getByLabel(/^Rule/).fill('FREQ=HOURLY');
  await page.getByLabel(/^Rule/).press('Control+Enter');
  await page.locator('#schedule-rule[aria-invalid="true"]').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
});

test('shows where the balance goes, with its lowest point and as a table', async () => {
  const { page } = one;
  const sheet = page.getByRole('region', { name: 'Forecast' });
  const end = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  await sheet.getByLabel('To the end of').fill(end);
  await sheet.getByText(/Lowest ≈/).waitFor();
  await sheet.getByText('Show as a table').click();
  await sheet.getByRole('row').nth(9).waitFor();
  expect(await sheet.getByRole('row').nth(1).textContent()).toMatch(/Rent.*−800\.00.*1,112\.60/);
  await sheet.locator('canvas').waitFor();
});

test('skips one occurrence, and takes the skip back with Undo', async () => {
  const { page } = one;
  const { next } = await until(() => true);
  const soon = page.getByRole('region', { name: 'Due soon' });
  await soon.getByRole('button', { name: /^Skip/ }).first().click();
  expect((await until(({ skipped }) => skipped.length === 1)).skipped).toEqual([next]);
  await soon.getByText('skipped').waitFor();
  await undo();
  await until(({ skipped }) => skipped.length === 0);
  await soon.getByText('skipped').waitFor({ state: 'detached' });
});

test('changes the rent from the second occurrence on, and takes it back', async () => {
  const { page } = one;
  const { next } = await until(() => true);
  const soon = page.getByRole('region', { name: 'Due soon' });
  await soon
    .getByRole('button', { name: /from here/ })
    .first()
    .click();
  const form = page.getByRole('region', { name: 'Change Rent' });
  const later = new Date(Date.parse(next ?? '') + 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel('From this day on').fill(later);
  await form.locator('#schedule-amount').fill('850');
  await form.locator('#schedule-amount').press('Control+Enter');
  const changed = await until(({ terms }) => terms.length === 2);
  expect(changed.terms.map(({ amount, from }) => [amount, from])).toEqual([
    ['800.00', expect.any(String)],
    ['850.00', later],
  ]);
  await page.getByRole('region', { name: 'All schedules' }).getByText('−850.00').waitFor();
  await undo();
  const back = await until(({ terms }) => terms.every(({ amount }) => amount === '800.00'));
  expect(back.next).toBe(next);
});

test('stops it, and lets it go on', async () => {
  const { page } = one;
  const before = await until(() => true);
  await page.getByRole('button', { name: 'Stop Rent' }).click();
  await until(({ stopsOn, next }) => stopsOn === before.next && next === null);
  await page.getByRole('region', { name: 'All schedules' }).getByText('stopped', { exact: true }).waitFor();
  await undo();
  const on = await until(({ next }) => next === before.next);
  expect(on.stopsOn).toBe(null);
});

test('what is set for today is booked by itself, and home shows what is still due and the line ahead', async () => {
  const { page } = one;
  await call(service.url, 'PUT', `${wallet}/schedules/coffee`, {
    kind: 'expense',
    amount: '2.00',
    category: 'Food:Cafe',
    note: 'Coffee',
    rule: 'FREQ=DAILY',
  });
  await page.getByRole('link', { name: 'Home' }).first().click();
  await page.getByText('1,910.60').first().waitFor();
  await page.getByRole('region', { name: 'Latest entries' }).getByText('Coffee').waitFor();
  await page.getByText(/^day by day, forecast to/).waitFor();
  const month = new Date().toISOString().slice(0, 7);
  const due = page.getByRole('region', { name: /^Still due in/ });
  const { items } = await call<{ items: readonly { on: string }[] }>(service.url, 'GET', `${wallet}/upcoming`);
  const count = items.filter(({ on }) => on.startsWith(month)).length;
  expect(await due.count()).toBe(count > 0 ? 1 : 0);
});

test('sets a transfer to a wallet in another currency', async () => {
  const { page } = one;
  await call(service.url, 'POST', '/wallets', { name: 'Tokyo', currency: 'JPY' });
  await page.reload();
  await page.getByRole('link', { name: 'Schedules' }).first().click();
  await page.getByRole('button', { name: 'Set a schedule' }).click();
  await page.getByLabel('What for').fill('Saving');
  await page.getByLabel('Kind').selectOption('transfer');
  await page.locator('#schedule-amount').fill('50');
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'Tokyo' });
  await page.getByLabel('Arrives, JPY').fill('8000');
  await page.getByLabel('How often').selectOption('fortnight');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('First day').fill(tomorrow);
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('region', { name: 'All schedules' }).getByText('to Tokyo').waitFor();
  const { items } = await call<Schedules>(service.url, 'GET', `${wallet}/schedules`);
  const terms = items.map((schedule) => schedule.terms[0]).find((each) => each?.amount === '50.00');
  expect(terms).toMatchObject({ kind: 'transfer', to: { amount: '8000', currency: 'JPY' } });
});

test('no page complained: no error, no broken content policy', () => {
  // The browser notes the refusal of the wrong rule.
  expect(one.complaints.filter((text) => !text.includes('status of 422'))).toEqual([]);
});

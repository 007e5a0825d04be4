import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { openChromium, openPage, watch, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

// One person, one browser, one evening: each test goes on where the one before it stopped.

let service: Service;
let browser: Browser;
let one: Watched;
let other: Page;
let walletId: string;

beforeAll(async () => {
  service = await startService();
  browser = await openChromium();
  one = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

const bookLine = async (page: Page, text: string): Promise<void> => {
  const line = page.getByLabel('New entry: amount, what for, category, day');
  await line.fill(text);
  await line.press('Enter');
};

interface Entries {
  readonly items: readonly {
    readonly id: string;
    readonly note: string | null;
    readonly amount: string;
    readonly void: boolean;
  }[];
}
const entries = (query = ''): Promise<Entries> =>
  call<Entries>(service.url, 'GET', `/wallets/${walletId}/entries?limit=200${query}`);

/** Asks until what is asked for is there. */
async function until<Value>(ask: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  let value = await ask();
  await expect.poll(async () => isThere((value = await ask()))).toBe(true);
  return value;
}

test('opens a wallet on the first run, its zone taken from the browser', async () => {
  const { page } = one;
  await page.goto(service.url);
  await page.getByLabel('Name').fill('Household');
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByLabel(/What is in it today/).fill('1,912.60');
  await page.getByRole('button', { name: 'Open the wallet' }).click();
  await page.getByLabel('New entry: amount, what for, category, day').waitFor();
  const wallets = () =>
    call<{ items: readonly { id: string; zone: string; currency: string; balance: string }[] }>(service.url, 'GET', '/wallets');
  const { items } = await until(wallets, (answer) => answer.items[0]?.balance === '1912.60');
  expect(items).toMatchObject([{ zone: 'Europe/Berlin', currency: 'EUR', balance: '1912.60' }]);
  walletId = items[0]?.id ?? '';
});

test('books an expense in one line, and shows before Enter what it understood', async () => {
  const { page } = one;
  const line = page.getByLabel('New entry: amount, what for, category, day');
  await line.fill('12.50 coffee @Food:Cafe yesterday');
  const form = page.getByRole('form', { name: 'Book an entry' });
  await form.getByText('Cafe', { exact: false }).first().waitFor();
  await line.press('Enter');
  await page.getByText('1,900.10').first().waitFor();
  expect(await line.inputValue()).toBe('');
  expect(
    (
      await until(
        () => entries('&q=coffee'),
        ({ items }) => items.length > 0,
      )
    ).items[0],
  ).toMatchObject({ note: 'coffee', amount: '12.50', category: 'Food:Cafe' });
});

test('sets a limit and is told the moment it is crossed, in every open tab', async () => {
  const { page, context, complaints } = one;
  await page.getByRole('link', { name: 'Limits' }).first().click();
  await page.getByRole('button', { name: 'Set a limit' }).first().click();
  await page.locator('#limit-scope').fill('Food');
  await page.locator('#limit-amount').fill('50');
  await page.locator('#limit-amount').press('Control+Enter');
  await until(
    () => call<{ items: readonly unknown[] }>(service.url, 'GET', `/wallets/${walletId}/limits`),
    ({ items }) => items.length === 1,
  );

  other = await context.newPage();
  watch(other, complaints);
  await other.goto(`${service.url}/register`);
  await other.getByText('coffee').first().waitFor();

  await page.getByRole('link', { name: 'Home' }).first().click();
  await bookLine(page, '45.90 weekly market @Food:Groceries');
  await page
    .getByText(/Food is over its limit by 8\.40/)
    .first()
    .waitFor();
  await other
    .getByText(/Food is over its limit by 8\.40/)
    .first()
    .waitFor();
  await other.getByText('weekly market').first().waitFor();
});

test('takes it back with Undo, and the alert is gone', async () => {
  const { page } = one;
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await until(entries, ({ items }) => items.length === 2);
  expect((await entries()).items.map(({ note }) => note)).toEqual(['Opening balance', 'coffee']);
  expect((await entries('&void=only')).items.map(({ note }) => note)).toEqual(['weekly market']);
  const { items } = await call<{ items: readonly { clearedAt: string | null }[] }>(service.url, 'GET', '/alerts');
  expect(items.every(({ clearedAt }) => clearedAt !== null)).toBe(true);
});

test('corrects an entry in the register and sees what happened to it', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Register' }).first().click();
  await page.getByRole('button', { name: 'coffee' }).click();
  const form = page.getByRole('form', { name: 'Correct coffee' });
  await form.locator('[name="amount"]').fill('13.50');
  await form.locator('[name="amount"]').press('Control+Enter');
  await page.getByText('1,899.10').first().waitFor();
  await page.getByRole('button', { name: 'coffee' }).click();
  await page.getByText('What happened').waitFor();
  expect((await entries('&q=COFFEE')).items).toMatchObject([{ amount: '13.50', corrected: true }]);
  await page.keyboard.press('Escape');
});

const CSV = [
  'Umsätze Girokonto;;;;',
  'Buchungstag;Verwendungszweck;Betrag;Währung;Saldo',
  '15.09.2026;BIOMARKT SAGT DANKE;-46,12;EUR;1.000,00',
  '17.09.2026;DB FERNVERKEHR;-57,30;EUR;942,70',
  '17.09.2026;RÖSTSTÄTTE;-4,80;EUR;937,90',
  '17.09.2026;RÖSTSTÄTTE;-4,80;EUR;933,10',
  '31.09.2026;BUCHHANDLUNG;-27,90;EUR;905,20',
  '01.10.2026;GEHALT;1.312,75;EUR;2.217,95',
].join('\r\n');

test('brings a bank file in, sees what was left out and why, and undoes the whole of it', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Import' }).first().click();
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'umsaetze.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV, 'latin1') });
  await page.getByRole('button', { name: /Book 5 new rows/ }).click();
  await page
    .getByText(/does not exist/)
    .first()
    .waitFor();
  await until(entries, ({ items }) => items.length === 7);
  expect((await entries('&q=roststatte')).items).toHaveLength(2);
  await page.getByRole('button', { name: 'Undo the import', exact: true }).click();
  expect((await until(entries, ({ items }) => items.length === 2)).items).toHaveLength(2);
});

test('finds every acknowledged entry again after kill -9 in the middle of adding', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Home' }).first().click();
  const acknowledged: string[] = [];
  let going = true;
  const adder = async (name: string): Promise<void> => {
    for (let index = 0; going; index += 1) {
      try {
        const body = { amount: '0.01', category: 'Test', note: `${name}-${index}` };
        const { entryId } = await call<{ entryId: string }>(service.url, 'POST', `/wallets/${walletId}/expenses`, body, {
          'Idempotency-Key': `${name}-${index}`,
        });
        acknowledged.push(entryId);
      } catch {
        return;
      }
    }
  };
  const adders = ['a', 'b', 'c', 'd'].map(adder);
  await bookLine(page, '7.70 before the lights go out @Home');
  await until(
    () => Promise.resolve(acknowledged.length),
    (count) => count > 100,
  );
  await service.kill();
  going = false;
  await Promise.all(adders);
  await bookLine(page, '8.80 written in the dark @Home');
  await service.start();

  const seen = new Set<string>();
  for (let after = ''; ;) {
    const answer = await call<Entries & { readonly next: string | null }>(
      service.url,
      'GET',
      `/wallets/${walletId}/entries?limit=200${after}`,
    );
    for (const { id } of answer.items) seen.add(id);
    if (answer.next === null) break;
    after = `&after=${encodeURIComponent(answer.next)}`;
  }
  expect(acknowledged.filter((id) => !seen.has(id))).toEqual([]);

  // What was written while the service was away is booked when it is back, once.
  expect(
    (
      await until(
        () => entries('&q=dark'),
        ({ items }) => items.length > 0,
      )
    ).items,
  ).toHaveLength(1);
  expect((await entries('&q=lights')).items).toHaveLength(1);
  await page.getByText('written in the dark').first().waitFor();
});

test('no page complained: no error, no broken content policy', () => {
  expect(one.complaints).toEqual([]);
});

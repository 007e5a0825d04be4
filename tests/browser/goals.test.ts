import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

let service: Service;
let browser: Browser;
let one: Watched;
let wallet: string;

interface Goals {
  readonly items: readonly { readonly name: string; readonly target: string; readonly saved: string; readonly state: string }[];
  readonly available: string;
  readonly setAside: string;
}
const goals = (): Promise<Goals> => call<Goals>(service.url, 'GET', `${wallet}/goals`);

beforeAll(async () => {
  service = await startService();
  const { id } = await call<{ id: string }>(service.url, 'POST', '/wallets', {
    name: 'Household',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  });
  wallet = `/wallets/${id}`;
  await call(service.url, 'POST', `${wallet}/income`, { amount: '500.00', category: 'Salary' });
  browser = await openChromium();
  one = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

test('sets a goal from home and sees what it takes each week', async () => {
  const { page } = one;
  await page.goto(service.url);
  await page.getByRole('link', { name: 'Set a goal' }).click();
  await page.getByLabel('What for').fill('A bike');
  await page.getByRole('button', { name: /^Save/ }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('goal-form-target');
  await page.getByLabel('How much, EUR').fill('900');
  const by = new Date(Date.now() + 70 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('By', { exact: true }).fill(by);
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByText('Goal set: A bike, 900.00.').waitFor();
  await page.getByText(/a week for 1[01] weeks reaches it by/).waitFor();
  expect((await goals()).items).toMatchObject([{ name: 'A bike', target: '900.00', state: 'on-track' }]);
});

test('sets money aside, at most what is available, and takes it back', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'Set aside A bike' }).click();
  const form = page.getByRole('form', { name: 'Set aside for A bike' });
  await form.getByLabel('Set aside, EUR').fill('600');
  await form.getByRole('button', { name: 'Set it aside' }).click();
  await form.locator('.state--near').waitFor();
  expect((await goals()).setAside).toBe('0.00');
  await form.getByLabel('Set aside, EUR').fill('300');
  await form.getByRole('button', { name: 'Set it aside' }).click();
  await page.getByText('300.00 set aside for A bike.').first().waitFor();
  expect(await goals()).toMatchObject({ setAside: '300.00', available: '200.00' });
  await page.getByText('600.00 to go').waitFor();

  await page.getByRole('button', { name: 'Release A bike' }).click();
  await page.getByLabel('Release, EUR').fill('50');
  await page.getByRole('button', { name: 'Release it' }).click();
  await page.getByText('50.00 of A bike is available again.').first().waitFor();
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('50.00 set aside for A bike.').first().waitFor();
  expect((await goals()).setAside).toBe('300.00');
});

test('tells what happened to a goal, and brings a removed one back with what it held', async () => {
  const { page } = one;
  await page.getByRole('button', { name: 'History A bike' }).click();
  await page.getByText('+300.00 set aside').first().waitFor();
  await page.getByText('−50.00 released').first().waitFor();
  await page.getByText(/^Set: A bike, 900\.00, by /).waitFor();
  await page.getByRole('button', { name: 'Remove A bike' }).click();
  await page.getByText('300.00 is available again.', { exact: false }).first().waitFor();
  expect(await goals()).toMatchObject({ items: [], setAside: '0.00', available: '500.00' });
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await page.getByText('Goal back: A bike').first().waitFor();
  expect(await goals()).toMatchObject({ items: [{ saved: '300.00' }], available: '200.00' });
});

test('home says what is available', async () => {
  const { page } = one;
  await page.getByRole('link', { name: 'Home' }).first().click();
  await page.getByRole('link', { name: '200.00 available' }).waitFor();
  await page.getByText('300.00 of the 500.00 is set aside; 200.00 is available.').waitFor();
  // The browser tells of the refusal that was asked for.
  expect(one.complaints.filter((said) => !said.includes('409 (Conflict)'))).toEqual([]);
});

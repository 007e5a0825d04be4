import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, openPage, type Watched } from './chromium.ts';
import { call, startService, type Service } from './service.ts';

// One evening with files of banks: each test goes on where the one before it stopped.

let service: Service;
let browser: Browser;
let one: Watched;
let page: Page;
let wallet: string;

interface Entries {
  readonly items: readonly {
    readonly payee: string | null;
    readonly category: string | null;
    readonly amount: string;
    readonly tags: readonly string[];
  }[];
}

const row = (id: string, amount: string, day: string, name: string): string =>
  `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day}<TRNAMT>${amount}<FITID>${id}<NAME>${name}</STMTTRN>\n`;
const account = (id: string, rows: string): string =>
  `<STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>${id}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n${rows}</BANKTRANLIST></STMTRS></STMTTRNRS>`;
const ofx = (...accounts: readonly string[]): string =>
  `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1>${accounts.join('')}</BANKMSGSRSV1></OFX>`;

const SEPTEMBER = row('F1', '-23.80', '20260901', 'REWE SAGT DANKE') + row('F2', '-7.50', '20260903', 'ROESTSTAETTE');

const sheet = (name: string) => page.getByRole('region', { name, exact: true });
const rowsOf = (text: RegExp) => sheet('Rows').getByRole('row', { name: text });

async function choose(name: string, text: string): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

async function entries(): Promise<Entries['items']> {
  return (await call<Entries>(service.url, 'GET', `${wallet}/entries`)).items;
}

beforeAll(async () => {
  service = await startService();
  const { id } = await call<{ id: string }>(service.url, 'POST', '/wallets', { name: 'Household', currency: 'EUR' });
  wallet = `/wallets/${id}`;
  const coffee = { amount: '7.50', category: 'Food:Cafe', note: 'Two coffees', occurredOn: '2026-09-02' };
  await call(service.url, 'POST', `${wallet}/expenses`, coffee);
  browser = await openChromium();
  one = await openPage(browser, { timezoneId: 'UTC' });
  ({ page } = one);
  await page.goto(`${service.url}/import`);
  await page.getByRole('heading', { name: 'Imports so far' }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await service?.end();
});

test('a file of two accounts asks which one goes into the wallet', async () => {
  await choose('september.qfx', ofx(account('111', SEPTEMBER), account('222', row('G1', '-1.00', '20260901', 'Other'))));
  await sheet('Account').getByText('Which account goes into this wallet?').waitFor();
  expect(await page.getByRole('button', { name: /^Book/ }).isDisabled()).toBe(true);
  await sheet('Account').getByRole('radio', { name: /^111/ }).check();
  await rowsOf(/REWE SAGT DANKE/).waitFor();
  await sheet('Rows').getByText('2 new rows, 0 already there, 0 to mend').waitFor();
});

test('an entry booked by hand is offered, and linked only when that is confirmed', async () => {
  await rowsOf(/ROESTSTAETTE.*booked already/)
    .getByRole('button', { name: 'ROESTSTAETTE' })
    .click();
  await sheet('Rows')
    .getByRole('button', { name: /It is this one\s+Two coffees/ })
    .click();
  await rowsOf(/Two coffees.*linked/).waitFor();
  await sheet('Rows').getByText('1 new row, 0 already there, 1 linked, 0 to mend').waitFor();
});

test('a rule made of a row sorts it, and the row says so', async () => {
  await rowsOf(/REWE/).getByRole('button', { name: 'REWE SAGT DANKE' }).click();
  await sheet('Rows').getByRole('button', { name: 'Make a rule of it' }).click();
  await page.getByLabel('Contains').fill('rewe');
  await page.getByLabel('Gets the category').fill('Food:Groceries');
  await page.getByLabel('And tags').fill('weekly');
  await page.getByLabel('And is called').fill('REWE');
  await page.getByRole('button', { name: 'Set the rule' }).click();
  await sheet('Rules').getByText('payee contains "rewe", money out becomes Food:Groceries, #weekly, called REWE').waitFor();
  await rowsOf(/REWE #weekly.*by a rule/).waitFor();
});

test('books the file, which can be undone as a whole', async () => {
  await page.getByRole('button', { name: 'Book 1 new row' }).click();
  await sheet('Done').getByText('linked').waitFor();
  const [first, second, ...more] = await entries();
  expect([first?.amount, first?.category, second?.category, more.length]).toEqual(['7.50', 'Food:Cafe', 'Food:Groceries', 0]);
  await sheet('Done').getByRole('button', { name: 'Undo the import' }).click();
  await page.getByText('Import undone: 1 entry is void.', { exact: false }).first().waitFor();
  expect(await entries()).toMatchObject([{ amount: '7.50', payee: null }]);
});

test('what the bank tells anew corrects the entry, and the same again is already there', async () => {
  const file = (amount: string) =>
    ofx(account('111', row('H1', amount, '20260910', 'Hotel') + row('H2', '-5.00', '20260911', 'Kiosk')));
  await choose('pending.ofx', file('-100.00'));
  await page.getByRole('button', { name: 'Book 2 new rows' }).click();
  await page.getByRole('button', { name: 'Another file' }).click();
  await choose('booked.ofx', file('-104.30'));
  await rowsOf(/Hotel.*told anew/).waitFor();
  await rowsOf(/Kiosk.*already there/).waitFor();
  await page.getByRole('button', { name: 'Take over 1 change' }).click();
  await sheet('Done').getByText('told anew').waitFor();
  expect((await entries()).find(({ payee }) => payee === 'Hotel')?.amount).toBe('104.30');
  await page.getByRole('button', { name: 'Another file' }).click();
});

test('a row gets a category by hand, another is left out', async () => {
  await choose('qif.qif', '!Type:Bank\nD2026-09-20\nT-3.50\nPBakery\n^\nD2026-09-21\nT-4.00\nPStranger\n^\n');
  await sheet('Account').getByText('the file is QIF').waitFor();
  await rowsOf(/Bakery/)
    .getByRole('button', { name: 'Bakery' })
    .click();
  await sheet('Rows').getByLabel('Category').fill('Food:Bread');
  await sheet('Rows').getByRole('button', { name: 'Use it' }).click();
  await rowsOf(/Bakery.*Food:Bread chosen/).waitFor();
  await rowsOf(/Stranger/)
    .getByRole('button', { name: 'Stranger' })
    .click();
  await sheet('Rows').getByRole('button', { name: 'Leave it out' }).click();
  await rowsOf(/Stranger.*left out/).waitFor();
  await page.getByRole('button', { name: 'Book 1 new row' }).click();
  await sheet('Done').waitFor();
  const all = await entries();
  expect(all.some(({ payee }) => payee === 'Stranger')).toBe(false);
  expect(all.find(({ payee }) => payee === 'Bakery')?.category).toBe('Food:Bread');
});

test('rules change entries that are there after a look at what would change, and that is undone', async () => {
  await call(service.url, 'POST', `${wallet}/expenses`, {
    amount: '9.00',
    category: 'Unsorted',
    payee: 'Rewe 7',
    occurredOn: '2026-09-12',
  });
  await sheet('Rules').getByRole('button', { name: 'Apply to entries that are there' }).click();
  await sheet('Rules').getByText('1 entry would change.').waitFor();
  await sheet('Rules').getByRole('button', { name: 'Change 1 entry' }).click();
  await page.getByText('Changed 1 entry by rules.').first().waitFor();
  expect((await entries()).find(({ amount }) => amount === '9.00')).toMatchObject({ category: 'Food:Groceries', payee: 'REWE' });
  await page.locator('.toast').getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('1 entry as before the rules.').first().waitFor();
  await sheet('Rules')
    .getByRole('button', { name: /^Remove the rule/ })
    .click();
  await sheet('Rules').getByText('No rules yet.').waitFor();
});

test('balances that the rows do not come to are shown, and a journal as text is read', async () => {
  await page.goto(`${service.url}/import`);
  const statement = ':20:X\n:25:77\n:60F:C260901EUR10,00\n:61:260902D3,50NMSC\n:86:Bakery\n:62F:C260930EUR6,00\n';
  await choose('september.sta', statement);
  await sheet('Account').getByText('come to 6.50 EUR; the closing balance is 6.00.').waitFor();
  await rowsOf(/Bakery/).waitFor();
  await choose('books.journal', '2026-09-21 Florist\n    Assets:Bank  EUR -8.00\n    Expenses:Gifts\n');
  await sheet('Account').getByText('the file is a journal').waitFor();
  await rowsOf(/Florist/).waitFor();
});

test('an archive taken from settings opens another ledger from its first page', async () => {
  await page.goto(`${service.url}/settings`);
  const href = await sheet('Take your data with you').getByRole('link', { name: 'Archive' }).getAttribute('href');
  const archive = await (await fetch(service.url + href)).text();
  const links = await sheet('Take your data with you')
    .getByRole('link')
    .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
  const files = await Promise.all(
    links.filter((each) => each?.startsWith('/api/')).map(async (each) => fetch(service.url + each)),
  );
  expect(files.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  const other = await startService();
  await page.goto(other.url);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'all.ndjson', mimeType: 'text/plain', buffer: Buffer.from(archive) });
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Open your ledger' }).waitFor();
  expect((await call<{ items: readonly object[] }>(other.url, 'GET', '/wallets')).items).toMatchObject([{ name: 'Household' }]);
  expect(one.complaints).toEqual([]);
  await other.end();
});

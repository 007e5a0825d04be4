import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, kakeibo, ledgerFile } from './command.ts';

test('books, lists and reports on a file, in words and as JSON', async () => {
  const { run, json } = await ledgerFile();
  const booked = await run('add', '12.50', 'Food:Cafe', '--note', 'Röststätte', '--on', '2026-10-14');
  expect(booked).toMatchObject({ code: 0, out: 'Booked -12.50 EUR in Household. Balance: -12.50\n', error: '' });
  expect(await json('add', '2400', 'Salary', '--income', '--on', '2026-10-01')).toMatchObject({ balance: '2387.50' });
  expect((await run('wallets')).out).toContain('Household  2387.50  EUR');
  const spending = await json('report', 'spending', '--from', '2026-10-01', '--to', '2026-11-01');
  expect(spending).toMatchObject({ total: '12.50', version: 3 });
  const table = (await run('report', 'spending', '--from', '2026-10-01', '--to', '2026-11-01')).out;
  expect(table).toMatch(/category +depth +own +total/);
});

test('reports as of two times, what is to come as well', async () => {
  const { json } = await ledgerFile();
  await json('add', '2400', 'Salary', '--income', '--on', '2026-10-01');
  for (const name of ['forecast', 'goals', 'plans', 'schedules', 'upcoming', 'checks']) {
    expect([name, await json('report', name, '--recorded-as-of', '2026-01-01')]).toMatchObject([name, { version: 0 }]);
    expect([name, await json('report', name, '--occurred-as-of', '2026-09-30')]).toMatchObject([name, { version: 2 }]);
  }
  expect(await json('report', 'forecast', '--occurred-as-of', '2026-09-30')).toMatchObject({
    from: '2026-09-30',
    opening: '0.00',
  });
});

test('brings in a file once, from a path and from the input', async () => {
  const { run, json, folder, file } = await ledgerFile();
  const text = 'Date,Amount,Payee\n2026-10-14,-12.50,Baker\n2026-10-15,100.00,Pay\n2026-02-30,1.00,Never\n';
  const path = join(folder, 'bank.csv');
  await writeFile(path, text);
  expect(await json('import', path, '--format', 'csv', '--dry-run')).toMatchObject({ counts: { new: 2, bad: 1 } });
  const imported = await run('import', path, '--format', 'csv');
  expect(imported).toMatchObject({ code: 1 });
  expect(imported.out).toContain('2 new rows in Household, 0 already there, 1 not readable');
  const again = await kakeibo(['--file', file, '--json', 'import', '-', '--format', 'csv'], text);
  expect(JSON.parse(again.out)).toMatchObject({ added: 0, duplicates: 2 });
});

test('finds out the format of a bank’s file, and says what the bank told anew', async () => {
  const { run, json, folder } = await ledgerFile();
  const path = join(folder, 'bank.ofx');
  const file = (amount: string): string =>
    `OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>77</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><DTPOSTED>20261014<TRNAMT>${amount}<FITID>F1<NAME>Baker</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
  await writeFile(path, file('-12.50'));
  expect(await json('import', path, '--dry-run')).toMatchObject({
    format: 'ofx',
    accounts: [{ account: '77' }],
    counts: { new: 1 },
  });
  expect(await json('import', path, '--account', '78')).toMatchObject({ error: { code: 'account-unknown' } });
  expect((await run('import', path)).out).toContain('1 new rows in Household, 0 already there');
  await writeFile(path, file('-13.00'));
  expect((await run('import', path, '--account', '77')).out).toContain('1 entries corrected');
});

test('brings its own journal into another wallet', async () => {
  const { run, json, folder } = await ledgerFile();
  await run('add', '12.50', 'Food:Cafe', '--note', 'Röststätte, twice', '--on', '2026-10-14');
  const path = join(folder, 'books.journal');
  await run('export', 'hledger', '--output', path);
  const other = await ledgerFile();
  const preview = await other.json('import', path, '--dry-run');
  expect(preview).toMatchObject({ format: 'journal', rows: [{ category: 'Food:Cafe', note: 'Röststätte, twice' }] });
  expect((await other.run('import', path, '--format', 'journal')).out).toContain('1 new rows in Household');
  expect(await json('import', path, '--account', 'Assets:Nowhere')).toMatchObject({ error: { code: 'account-unknown' } });
});

test('writes an export whole or not at all', async () => {
  const { run, folder } = await ledgerFile();
  await run('add', '1', 'Food', '--on', '2026-10-14');
  const path = join(folder, 'out.csv');
  expect(await run('export', 'csv', '--output', path)).toMatchObject({ code: 0, out: `Wrote ${path}\n` });
  expect(await readFile(path, 'utf8')).toContain('2026-10-14,expense,Household,Food,-1.00,EUR');
  expect(await run('export', 'csv', '--output', join(folder, 'no', 'such.csv'))).toMatchObject({ code: 3 });
});

test('moves a whole ledger into another file, and writes all wallets as one journal', async () => {
  const { run, folder } = await ledgerFile();
  await run('add', '12.50', 'Food', '--on', '2026-10-14');
  await run('open', 'Cash', '--currency', 'USD');
  const archive = join(folder, 'all.ndjson');
  expect((await run('export', 'archive', '--output', archive)).code).toBe(0);
  const copy = join(folder, 'copy.db');
  const restored = await kakeibo(['--file', copy, 'import', archive, '--format', 'archive']);
  expect(restored).toMatchObject({ code: 0, out: 'Restored 3 events.\n' });
  expect((await kakeibo(['--file', copy, 'wallets'])).out).toBe((await run('wallets')).out);
  const journal = await kakeibo(['--file', copy, 'export', 'hledger']);
  expect(journal.out).toContain('Assets:Household  EUR -12.50 = EUR -12.50');
  expect(journal.out).toContain('account Assets:Cash\n');
  const again = await kakeibo(['--file', copy, 'import', join(folder, 'no.ndjson'), '--format', 'archive']);
  expect(again.code).toBe(2);
});

test('says what is wrong, and a shell can tell', async () => {
  const { run, json } = await ledgerFile();
  expect(await run('add', '12.505', 'Food')).toMatchObject({ code: 1, out: '' });
  expect(await json('add', '12.505', 'Food')).toMatchObject({ error: { code: 'amount-too-precise', field: 'amount' } });
  expect((await run('add', '1', 'Food', '--wallet', 'Nobody')).error).toContain('There is no wallet Nobody.');
  expect(await run('report', 'weather')).toMatchObject({ code: 2 });
  expect(await run('dance')).toMatchObject({ code: 2 });
  const missing = await kakeibo(['--file', join(await folderOf(), 'none.db'), 'wallets']);
  expect(missing).toMatchObject({ code: 2 });
  expect(missing.error).toContain('There is no ledger at');
  const away = await kakeibo(['--url', 'http://127.0.0.1:9', 'wallets']);
  expect(away).toMatchObject({ code: 3 });
  expect(away.error).toContain('does not answer');
});

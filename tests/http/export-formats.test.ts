import { setTimeout as sleep } from 'node:timers/promises';
import { readBankFile } from '@kakeibo/adapters/bank-file';
import { formatAmount, parseCurrency, type BankFile, type CurrencyCode } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { API, bytesOf, has, household, said } from './export-books.ts';
import { startService } from './service.ts';
import { importPath, upload } from './upload.ts';

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a journal', () => {
  test.runIf(has('hledger'))('of all wallets is accepted by hledger, and a transfer is one transaction', async () => {
    const { service } = await household();
    const bytes = await bytesOf(service, `${API}/exports/hledger`);
    expect(said('hledger', 'a.journal', bytes, (file) => ['-f', file, 'check', '--strict'])).toBe('');
    const balances = said('hledger', 'a.journal', bytes, (file) => ['-f', file, 'balance', '--flat', '-O', 'csv']);
    expect(balances).toContain('"Assets:Giro","EUR 519.90"');
    expect(balances).toContain('"Assets:Cash； ""petty""","EUR 37.66"');
    expect(balances).not.toContain('In transit');
    expect(balances).not.toContain('"Expenses:Home",');
    expect(decoded(bytes)).toContain('~ every 15th day of month from 2026-09-15\n    (Expenses:Food)  EUR 200.00\n');
    expect(decoded(bytes)).not.toContain('Wrong');
  });

  test.runIf(has('ledger'))('is accepted by ledger, pedantically', async () => {
    const { service, giro } = await household();
    const bytes = await bytesOf(service, `${API}/exports/ledger`);
    const asked = (file: string): readonly string[] => [
      '--args-only',
      '-f',
      file,
      '--pedantic',
      'balance',
      '--flat',
      '^Assets:Giro',
    ];
    expect(said('ledger', 'a.ledger', bytes, asked)).toContain('EUR 519.90  Assets:Giro');
    const alone = await bytesOf(service, `${giro}/exports/ledger`);
    expect(said('ledger', 'a.ledger', alone, (file) => ['--args-only', '-f', file, '--pedantic', 'balance', '--flat'])).toMatch(
      /EUR 50\.00 {2}Assets:In transit/,
    );
  });

  test.runIf(has('bean-check'))('is accepted by beancount', async () => {
    const { service, cash } = await household();
    for (const path of [`${API}/exports/beancount`, `${cash}/exports/beancount`]) {
      expect(said('bean-check', 'a.beancount', await bytesOf(service, path), (file) => [file])).toBe('');
    }
  });

  test('ends before a day, when one is given, and begins with the first entry', async () => {
    const { service, giro } = await household();
    const text = decoded(await bytesOf(service, `${giro}/exports/hledger?to=2026-10-02`));
    expect(text).toContain('2026-09-01 *');
    expect(text).toContain('EUR -400.00 = EUR 600.00');
    expect(text).not.toContain('2026-10-02');
    expect((await service.call('GET', `${giro}/exports/hledger?from=2026-10-02`)).status).toBe(400);
  });
});

describe('OFX', () => {
  test('is read back by our own reader: days, sums, ids, and the balance at the end', async () => {
    const { service, giro } = await household();
    const read = async (query: string) => {
      const file = await readBankFile(await bytesOf(service, `${giro}/exports/ofx${query}`), {
        currency: parseCurrency('EUR') as CurrencyCode,
      });
      const [account] = (file as BankFile).accounts;
      const rows = account?.rows.map(({ kind, amount, payee }) => `${kind} ${formatAmount(amount)} ${payee ?? ''}`);
      return { account, rows, closing: account?.closing && formatAmount(account.closing) };
    };
    const all = await read('');
    expect(all.rows).toEqual(['income 1000.00 ', 'expense 400.00 A & <B>', 'expense 40.00 ', 'income 9.90 ', 'expense 50.00 ']);
    expect([all.account?.bad, all.closing, all.account?.from, all.account?.to]).toEqual([
      [],
      '519.90',
      '2026-09-01',
      '2026-10-07',
    ]);
    const ids = (await service.call('GET', `${giro}/entries`)).json['items'] as unknown as readonly { readonly id: string }[];
    expect(all.account?.rows.map(({ bankId }) => bankId)).toEqual(ids.map(({ id }) => id).toReversed());
    const part = await read('?from=2026-10-01&to=2026-10-03');
    expect([part.rows?.length, part.closing, part.account?.from, part.account?.to]).toEqual([
      2,
      '560.00',
      '2026-10-01',
      '2026-10-02',
    ]);
  });

  test('of an empty wallet is a file without rows', async () => {
    const service = await startService();
    const text = decoded(await bytesOf(service, `${await service.open()}/exports/ofx`));
    expect(text).toContain('<BALAMT>0.00</BALAMT>');
    expect(text).not.toContain('<STMTTRN>');
  });
});

describe('a workbook', () => {
  test.runIf(has('unzip'))('holds a row for each part, numbers as numbers and no formula', async () => {
    const { service, giro } = await household();
    const bytes = await bytesOf(service, `${giro}/exports/xlsx`);
    expect(said('unzip', 'a.xlsx', bytes, (file) => ['-tq', file])).toContain('No errors');
    const sheet = said('unzip', 'a.xlsx', bytes, (file) => ['-p', file, 'xl/worksheets/sheet1.xml']);
    expect(sheet.match(/<row /g)).toHaveLength(1 + 6);
    expect(sheet).toContain('<v>-30.10</v>');
    expect(sheet).toContain('=1+1</t>');
    expect(sheet).not.toContain('<f>');
    const october = await bytesOf(service, `${giro}/exports/xlsx?from=2026-10-02&to=2026-10-03`);
    expect(said('unzip', 'a.xlsx', october, (file) => ['-p', file, 'xl/worksheets/sheet1.xml']).match(/<row /g)).toHaveLength(3);
  });
});

describe('a printed statement', () => {
  const layout = (file: string): readonly string[] => ['-layout', file, '-'];

  test.runIf(has('pdftotext'))('is that of the current month, unless a stretch is given', async () => {
    const { service, giro } = await household();
    const text = said('pdftotext', 'a.pdf', await bytesOf(service, `${giro}/exports/pdf`), layout);
    for (const words of ['2026-10-01 to 2026-10-31', 'A & <B>', 'Food, Home', '−400.00', 'To Cash; "petty"', 'For the market']) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/Opening balance +1000\.00/);
    expect(text).toMatch(/Closing balance +519\.90/);
    expect(text).toMatch(/1000\.00 +0\.00 +430\.10 +−50\.00 +519\.90/);
    const september = await bytesOf(service, `${giro}/exports/pdf?from=2026-09-01&to=2026-10-01`);
    expect(said('pdftotext', 'a.pdf', september, layout)).toMatch(/Closing balance +1000\.00/);
  });

  test('of more entries than can be printed is refused, and says what to do', async () => {
    const service = await startService();
    const wallet = await service.open();
    const rows = Array.from({ length: 5_001 }, (_, row) => `2026-10-0${1 + (row % 9)},-${row + 1}.00,Shop ${row}`).join('\n');
    await service.call('POST', importPath(wallet), upload(`Date,Amount,Description\n${rows}\n`));
    const { status, json } = await service.call('GET', `${wallet}/exports/pdf`);
    expect([status, json['code'], json['figures']]).toEqual([422, 'export-too-large', { max: 5_000 }]);
    const day = await fetch(`${service.url}${wallet}/exports/pdf?from=2026-10-01&to=2026-10-03`);
    expect([day.status, day.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    await day.arrayBuffer();
    expect((await service.call('GET', `${wallet}/exports/pdf?from=2000-01-01`)).json['code']).toBe('request-invalid');
  });
});

describe('every export', () => {
  const formats = ['csv', 'json', 'xlsx', 'ofx', 'pdf', 'hledger', 'ledger', 'beancount'];

  test.each(formats)('as %s is an attachment that stays in its folder', async (format) => {
    const service = await startService();
    const wallet = await service.open({ name: '../..\\a/b' });
    const response = await fetch(`${service.url}${wallet}/exports/${format}`);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''-?\.*-*a-b[^/\\]*\.\w+$/);
  });

  test.each(formats)('as %s of no wallet is 404', async (format) => {
    const service = await startService();
    const { status, json } = await service.call('GET', `${API}/wallets/${crypto.randomUUID()}/exports/${format}`);
    expect([status, json['code']]).toEqual([404, 'wallet-unknown']);
  });

  test('of a stretch that ends before it begins is refused', async () => {
    const { service, giro } = await household();
    for (const format of ['csv', 'xlsx', 'ofx', 'pdf']) {
      const { status, json } = await service.call('GET', `${giro}/exports/${format}?from=2026-10-02&to=2026-10-01`);
      expect([format, status, json['code']]).toEqual([format, 400, 'request-invalid']);
    }
  });

  test('lets other requests be answered while it is sent', async () => {
    const service = await startService();
    const wallet = await service.open();
    const rows = Array.from({ length: 6_000 }, (_, row) => `2026-0${1 + (row % 9)}-1${row % 9},-${row + 1}.00,Shop ${row}`);
    await service.call('POST', importPath(wallet), upload(`Date,Amount,Description\n${rows.join('\n')}\n`));
    for (const format of ['hledger', 'xlsx']) {
      let answered = 0;
      let isOver = false;
      const download = bytesOf(service, `${wallet}/exports/${format}`).finally(() => (isOver = true));
      while (!isOver) {
        await service.call('GET', wallet);
        answered += 1;
        await sleep(1);
      }
      expect((await download).length).toBeGreaterThan(100_000);
      // Who waits for the whole file is answered once.
      expect(answered).toBeGreaterThan(2);
    }
  });
});

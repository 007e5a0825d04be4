import { readBankFile, sniffFormat } from '@kakeibo/adapters/bank-file';
import type { BankFormat } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { accountsOf, badLines, bytesOf, inEuro, refusalOf, rowLines } from './accounts.ts';
import { encode } from './bank-file.ts';
import { document, entry } from './camt-document.ts';

interface Sample {
  readonly format: BankFormat;
  /** A file with a row for each of some days and amounts; the format has its own way to write both. */
  readonly write: (rows: readonly (readonly [day: string, amount: string])[]) => string;
  readonly day: string;
  readonly amount: string;
  readonly yearless: string;
}

const two = (sample: Sample): string =>
  sample.write([
    [sample.day, sample.amount],
    [sample.day, sample.amount],
  ]);

const samples: Readonly<Record<string, Sample>> = {
  'OFX 1': {
    format: 'ofx',
    write: (rows) =>
      `OFXHEADER:100\nENCODING:UTF-8\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>Büro</BANKACCTFROM><BANKTRANLIST>\n${rows.map(([day, amount], at) => `<STMTTRN><DTPOSTED>${day}<TRNAMT>${amount}<FITID>${at}<NAME>Bäcker</STMTTRN>\n`).join('')}</BANKTRANLIST></STMTRS></OFX>\n`,
    day: '20261014',
    amount: '-3.50',
    yearless: '1014',
  },
  'OFX 2': {
    format: 'ofx',
    write: (rows) =>
      `<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200"?>\n<OFX><STMTRS><CURDEF>EUR</CURDEF><BANKTRANLIST>\n${rows.map(([day, amount], at) => `<STMTTRN><DTPOSTED>${day}</DTPOSTED><TRNAMT>${amount}</TRNAMT><FITID>${at}</FITID><NAME>Bäcker</NAME></STMTTRN>\n`).join('')}</BANKTRANLIST></STMTRS></OFX>\n`,
    day: '20261014',
    amount: '-3.50',
    yearless: '1014',
  },
  QIF: {
    format: 'qif',
    write: (rows) => `!Type:Bank\n${rows.map(([day, amount]) => `D${day}\nT${amount}\nPBäcker\n^\n`).join('')}`,
    day: '14.10.2026',
    amount: '-3,50',
    yearless: '14.10.',
  },
  CAMT: {
    format: 'camt',
    write: (rows) =>
      document(
        rows
          .map(([day, amount]) =>
            entry('<AddtlNtryInf>Bäcker</AddtlNtryInf>', { amount, day: `<BookgDt><Dt>${day}</Dt></BookgDt>` }),
          )
          .join(''),
      ),
    day: '2026-10-14',
    amount: '3.50',
    yearless: '10-14',
  },
  MT940: {
    format: 'mt940',
    write: (rows) =>
      `:20:X\n:25:DE1\n:60F:C261001EUR7,\n${rows.map(([day, amount]) => `:61:${day}D${amount}NMSC\n:86:Bäcker\n`).join('')}:62F:C261031EUR0,\n`,
    day: '261014',
    amount: '3,50',
    yearless: '1014',
  },
  'hledger’s JSON': {
    format: 'journal',
    write: (rows) =>
      `[${rows
        .map(([day, amount]) => {
          const [mantissa, other] = [amount, amount.startsWith('-') ? amount.slice(1) : `-${amount}`];
          const posting = (account: string, minor: string): string =>
            `{"paccount":"${account}","pamount":[{"acommodity":"EUR","aquantity":{"decimalMantissa":${minor},"decimalPlaces":2}}]}`;
          return `{"tdate":"${day}","tdescription":"Bäcker","tpostings":[${posting('Assets:Bank', mantissa)},${posting('Expenses:Food', other)}]}`;
        })
        .join(',\n')}]\n`,
    day: '2026-10-14',
    amount: '-350',
    yearless: '10-14',
  },
  'a journal': {
    format: 'journal',
    write: (rows) =>
      rows.map(([day, amount]) => `${day} Bäcker\n    Assets:Bank  EUR ${amount}\n    Expenses:Food  EUR 3.50\n\n`).join(''),
    day: '2026-10-14',
    amount: '-3.50',
    yearless: '10-14',
  },
};

describe.each(Object.entries(samples))('%s', (name, sample) => {
  const { format, write, day, amount } = sample;
  const read = async (bytes: Uint8Array): Promise<Awaited<ReturnType<typeof readBankFile>>> =>
    readBankFile(bytes, { ...inEuro, format });
  const rowsIn = async (bytes: Uint8Array): Promise<number> => rowLines(accountsOf(await read(bytes))[0]).length;

  test('is read as it is, with a mark of its encoding, and in UTF-16', async () => {
    const text = two(sample);
    expect(sniffFormat(bytesOf(text))).toBe(format);
    for (const bytes of ['utf-8', 'utf-8-bom', 'utf-16le-bom'] as const) {
      const [account] = accountsOf(await read(encode(text, { bytes })));
      expect([account?.rows.length, JSON.stringify(account?.rows[0]?.payee ?? account?.rows[0]?.note)]).toEqual([2, '"Bäcker"']);
    }
  });

  test('is refused by its size, whatever it holds', async () => {
    expect(refusalOf(await read(new Uint8Array(100_000_000).fill(0x20)))).toBe('file-too-large');
  });

  test('that is cut off is never read with an amount or a day that it does not have', async () => {
    const bytes = bytesOf(two(sample));
    for (let end = 0; end < bytes.length; end += 1) {
      const file = await read(bytes.slice(0, end));
      if (file.kind === 'refused') continue;
      for (const { rows } of file.accounts) {
        for (const row of rows) expect([end, row.amount.minor, row.occurredOn]).toEqual([end, 350n, '2026-10-14']);
      }
    }
  });

  test('with bytes that are nothing comes to an answer', async () => {
    const bytes = bytesOf(two(sample));
    for (const odd of [0x00, 0xff, 0x1b, 0x80]) {
      for (let place = 0; place < bytes.length; place += 7) {
        const broken = bytes.slice();
        broken[place] = odd;
        expect((await read(broken)).kind).toMatch(/^(?:bank-file|refused)$/);
      }
    }
  });

  test('has a day without a year, and the row says so', async () => {
    const [account] = accountsOf(
      await read(
        bytesOf(
          write([
            [sample.yearless, amount],
            [day, amount],
          ]),
        ),
      ),
    );
    const code = name === 'MT940' ? 'row-malformed' : 'date-without-year';
    expect([account?.rows.length, badLines(account).map((line) => line.replace(/^\d+ /, ''))]).toEqual([1, [code]]);
  });

  test('has an amount that is none, and brings no other in its place', async () => {
    for (const odd of ['--3.50', '-', 'NaN', 'Infinity', '0x10', '3.50-3.50', '1e400', '9'.repeat(100)]) {
      const file = await read(
        bytesOf(
          write([
            [day, odd],
            [day, amount],
          ]),
        ),
      );
      const rows = file.kind === 'refused' ? [] : (file.accounts[0]?.rows ?? []);
      for (const row of rows) expect([odd, row.amount.minor]).toEqual([odd, 350n]);
      expect([odd, rows.length <= 1]).toEqual([odd, true]);
    }
  });

  test('with as many rows as there may be is read, with one more it is refused', async () => {
    const rows = (count: number): Uint8Array => bytesOf(write(Array.from({ length: count }, () => [day, amount] as const)));
    expect(await rowsIn(rows(1_000))).toBe(1_000);
    const file = await readBankFile(rows(100_001), { ...inEuro, format, maxBytes: 100_000_000 });
    expect(refusalOf(file)).toMatch(/^import-too-large/);
  });
});

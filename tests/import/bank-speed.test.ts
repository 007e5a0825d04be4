import { readBankFile } from '@kakeibo/adapters/bank-file';
import { expect, it } from 'vitest';
import { workedMs } from '../worked.ts';
import { accountsOf, bytesOf, inEuro } from './accounts.ts';

function listOf(rows: number, row: (index: number) => string): string {
  return Array.from({ length: rows }, (_, index) => row(index)).join('');
}

const ofx = (rows: number, lineEnd: string): string =>
  `OFXHEADER:100\nENCODING:USASCII\nCHARSET:1252\n\n<OFX>${lineEnd}<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR${lineEnd}<BANKTRANLIST>${listOf(
    rows,
    (index) =>
      [
        '<STMTTRN>',
        '<TRNTYPE>DEBIT',
        '<DTPOSTED>20261014120000[-5:EST]',
        `<TRNAMT>-${index + 1}.50`,
        `<FITID>F${index}`,
        `<NAME>Shop ${index % 97}`,
        `<MEMO>Card ${index}`,
        '</STMTTRN>',
        '',
      ].join(lineEnd),
  )}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
const camt = (rows: number): string =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>${listOf(
    rows,
    (index) =>
      `<Ntry><Amt Ccy="EUR">${index + 1}.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-14</Dt></BookgDt>` +
      `<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties><RmtInf><Ustrd>Card ${index}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`,
  )}</Stmt></BkToCstmrStmt></Document>`;
const qif = (rows: number): string =>
  `!Type:Bank\n${listOf(rows, (index) => `D14.10.2026\nT-${index + 1}.50\nPShop\nMCard ${index}\n^\n`)}`;
const mt940 = (rows: number): string =>
  `:20:1\n:25:1\n:60F:C261001EUR1,\n${listOf(rows, (index) => `:61:261014D${index + 1},50NTRFX\n:86:166?20Card ${index}?32Shop\n`)}:62F:C261031EUR1,\n`;

async function measured(text: string): Promise<{ readonly rows: number; readonly totalMs: number; readonly longestMs: number }> {
  const bytes = bytesOf(text);
  const started = workedMs();
  let [last, longestMs, running] = [started, 0, true];
  const tick = (): void => {
    const now = workedMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  const accounts = accountsOf(await readBankFile(bytes, inEuro));
  running = false;
  return { rows: accounts[0]?.rows.length ?? 0, totalMs: workedMs() - started, longestMs };
}

it.each([
  [50_000, 'OFX in lines', ofx(50_000, '\n')],
  [50_000, 'OFX on one line', ofx(50_000, '')],
  [20_000, 'CAMT', camt(20_000)],
  [50_000, 'QIF', qif(50_000)],
  [50_000, 'MT940', mt940(50_000)],
])('%i transactions of %s are read in less than 2 seconds, and the thread is lent in between', async (rows, _, text) => {
  const runs = [await measured(text), await measured(text)];
  expect(runs.map((run) => run.rows)).toEqual([rows, rows]);
  // The best run: a collection of garbage may fall into any of them.
  expect(Math.min(...runs.map(({ totalMs }) => totalMs))).toBeLessThan(2_000);
  expect(Math.min(...runs.map(({ longestMs }) => longestMs))).toBeLessThan(250);
});

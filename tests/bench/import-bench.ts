import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBankFile, sniffFormat } from '@kakeibo/adapters/bank-file';
import { csvExport, inSlices, readCsv } from '@kakeibo/adapters/csv';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createLedger, type ImportedRow } from '@kakeibo/core';
import { createApp, serve } from '@kakeibo/http';

/** Rows as a bank's OFX file tells them, over two years. */
function bankRows(count: number, payees: number): readonly ImportedRow[] {
  const end = Date.UTC(2026, 9, 31);
  return Array.from({ length: count }, (_, index) => ({
    kind: index % 20 === 0 ? 'income' : 'expense',
    amount: `${1 + (index % 90)}.${String(index % 100).padStart(2, '0')}`,
    category: 'Unsorted',
    payee: `Shop ${index % payees}`,
    note: `Card ${index}`,
    occurredOn: new Date(end - Math.floor((index * 730) / count) * 86_400_000).toISOString().slice(0, 10),
    fingerprint: `row ${index}`,
    bankId: `F${index}`,
  }));
}

/** Imports rows with bank ids into a SQLite file, then the same again, then takes them back: in milliseconds. */
async function facadeTimes(count: number, payees: number) {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-bench-'));
  const opened = await openSqlite({ file: join(folder, 'import.db') });
  try {
    const ledger = createLedger({
      store: opened.events,
      views: opened.views,
      clock: Date,
      ids: { next: () => crypto.randomUUID() },
    });
    const outcome = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
    if (!('result' in outcome)) throw new Error('the wallet opens');
    const wallet = ledger.wallet(outcome.result.walletId);
    const rows = bankRows(count, payees);
    let started = performance.now();
    const lap = (): number => {
      const ms = Math.round(performance.now() - started);
      started = performance.now();
      return ms;
    };
    await wallet.previewImport(rows);
    const preview = lap();
    const first = await wallet.importEntries({ name: 'bench.ofx', rows });
    const added = lap();
    await wallet.importEntries({ name: 'bench.ofx', rows });
    const again = lap();
    if (!('result' in first)) throw new Error('the rows come in');
    await wallet.undoImport(first.result.importId);
    return { preview, added, again, undone: lap() };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true });
  }
}

/** The same rows as an OFX file. */
function ofxFile(count: number, payees: number): string {
  const rows = bankRows(count, payees).map(
    ({ kind, amount, occurredOn, payee, note, bankId }) =>
      `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${occurredOn.replaceAll('-', '')}<TRNAMT>${kind === 'expense' ? '-' : ''}${amount}` +
      `<FITID>${bankId}<NAME>${payee}<MEMO>${note}</STMTTRN>\n`,
  );
  return (
    'OFXHEADER:100\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST>\n' +
    `${rows.join('')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
  );
}

/** Sends an OFX file to the service over a SQLite file: the preview, and the import, in milliseconds. */
async function httpTimes(count: number, payees: number) {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-bench-'));
  const opened = await openSqlite({ file: join(folder, 'import.db') });
  const ledger = createLedger({
    store: opened.events,
    views: opened.views,
    clock: Date,
    ids: { next: () => crypto.randomUUID() },
  });
  const formats = { csv: { read: readCsv, write: csvExport, inSlices }, bank: { sniff: sniffFormat, read: readBankFile } };
  const serving = await serve(createApp({ ledger, store: opened.events, formats }), { port: 0, host: '127.0.0.1' });
  try {
    const outcome = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
    if (!('result' in outcome)) throw new Error('the wallet opens');
    const address = `${serving.url}/api/v1/wallets/${outcome.result.walletId}/imports`;
    const body = ofxFile(count, payees);
    const timed = async (query: string) => {
      const started = performance.now();
      const answer = await fetch(address + query, { method: 'POST', body, headers: { 'content-type': 'application/x-ofx' } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the service answers ${answer.status}`);
      return Math.round(performance.now() - started);
    };
    return { preview: await timed('?dryRun=true'), imported: await timed(''), again: await timed('') };
  } finally {
    await serving.drain({ timeoutMs: 100 });
    await opened.close();
    rmSync(folder, { recursive: true });
  }
}

const ROWS = 50_000;
const PAYEES = 300;

/** Brings in an OFX file of 50,000 transactions, through the facade and over HTTP, against the time it may take. */
export async function importBench() {
  const facade = await facadeTimes(ROWS, PAYEES);
  const http = await httpTimes(ROWS, PAYEES);
  const row = (name: string, ours: number, bare: number | undefined) => ({
    name: `${name} of ${ROWS.toLocaleString('en-US')} rows (ms)`,
    ours,
    bare: bare ?? ours,
    ratio: ours / (bare ?? ours),
    goal: bare === undefined ? '' : '≤ 1',
  });
  return [
    row('import through the facade, against 6 s,', facade.added, 6_000),
    row('import of an OFX file over HTTP, against 8 s,', http.imported, 8_000),
    row('preview of an OFX file over HTTP', http.preview, undefined),
    row('the same OFX file again over HTTP', http.again, undefined),
    row('taking back an import', facade.undone, undefined),
  ];
}

if (process.argv[1] === import.meta.filename) console.table(await importBench());

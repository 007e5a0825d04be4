import { describe, expect, test } from 'vitest';
import { listen } from './events.ts';
import { startService, type CallOptions } from './service.ts';
import { importPath, upload } from './upload.ts';

const CSV = [
  'Date;Amount;Description',
  '01.10.2026;-3,50;Cafe',
  '01.10.2026;-3,50;Cafe',
  '02.10.2026;2.100,00;Salary',
  '31.10.2026;-1.234,56;Rent',
].join('\n');

describe('a dry run', () => {
  test('shows what would come in, and brings nothing in', async () => {
    const service = await startService();
    const wallet = await service.open();
    const { status, json } = await service.call('POST', importPath(wallet, true), upload(CSV));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      headerRow: 1,
      header: ['Date', 'Amount', 'Description'],
      columns: { date: 0, amount: 1, note: [2] },
      dateOrder: 'dmy',
      decimalMark: ',',
      questions: [],
      counts: { rows: 4, new: 4, duplicate: 0, bad: 0 },
      rows: [
        { line: 2, status: 'new', kind: 'expense', amount: '3.50', occurredOn: '2026-10-01' },
        { line: 3, status: 'new', kind: 'expense', amount: '3.50' },
        { line: 4, status: 'new', kind: 'income', amount: '2100.00', category: null },
        { line: 5, status: 'new', kind: 'expense', amount: '1234.56', occurredOn: '2026-10-31' },
      ],
    });
    expect(json['sample']).toHaveLength(4);
    expect((await service.call('GET', wallet)).json['entries']).toBe(0);
  });

  test('asks what the rows do not decide; a real import is refused until it is answered', async () => {
    const service = await startService();
    const wallet = await service.open();
    const text = 'Date,Amount,Description\n01/02/2026,-1.00,a\n03/04/2026,-2.00,b\n';
    const { json } = await service.call('POST', importPath(wallet, true), upload(text));
    expect(json['questions']).toMatchObject([{ field: 'dateOrder', choices: ['dmy', 'mdy'] }]);
    const refused = await service.call('POST', importPath(wallet), upload(text));
    expect([refused.status, refused.json['code']]).toEqual([422, 'date-order-ambiguous']);
    const settled = await service.call('POST', importPath(wallet), upload(text, { dateOrder: 'mdy' }));
    expect(settled.json).toMatchObject({ added: 2, from: '2026-01-02', to: '2026-03-04' });
  });
});

describe('an import', () => {
  test('brings in each row once, however often the file comes', async () => {
    const service = await startService();
    const wallet = await service.open();
    const first = await service.call('POST', importPath(wallet), upload(CSV, { name: 'october.csv' }));
    expect(first.json).toMatchObject({
      added: 4,
      duplicates: 0,
      bad: [],
      from: '2026-10-01',
      to: '2026-10-31',
      version: 6,
      position: 6,
    });
    expect(first.headers.get('etag')).toBe('"6"');
    const second = await service.call('POST', importPath(wallet), upload(CSV));
    // That the file was there again is recorded, so that a repeat of the command finds it; no entry is.
    expect(second.json).toMatchObject({ added: 0, duplicates: 4, version: 7, position: 7 });
    expect((await service.call('GET', wallet)).json).toMatchObject({ entries: 4, balance: '858.44' });
    const { json } = await service.call('GET', `${wallet}/imports`);
    expect(json['items']).toMatchObject([{ importId: first.json['importId'], name: 'october.csv', rows: 4, voided: 0 }]);
  });

  test('with one key has one effect, and answers the same', async () => {
    const service = await startService();
    const wallet = await service.open();
    const send = () => service.call('POST', importPath(wallet), upload(CSV, {}, { 'idempotency-key': 'file-1' }));
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await service.call('GET', wallet)).json['entries']).toBe(4);
  });

  test('is taken back as a whole, and can come again', async () => {
    const service = await startService();
    const wallet = await service.open();
    const { json } = await service.call('POST', importPath(wallet), upload(CSV));
    const undone = await service.call('DELETE', `${wallet}/imports/${String(json['importId'])}`);
    expect(undone.json).toMatchObject({ importId: json['importId'], voided: 4 });
    expect((await service.call('GET', wallet)).json).toMatchObject({ entries: 0, balance: '0.00' });
    expect((await service.call('POST', importPath(wallet), upload(CSV))).json).toMatchObject({ added: 4 });
    expect((await service.call('DELETE', `${wallet}/imports/nope`)).json).toMatchObject({ status: 404, code: 'import-unknown' });
  });

  test('lists every row that cannot be booked, and books the others', async () => {
    const service = await startService();
    const wallet = await service.open();
    const bad = Array.from({ length: 300 }, (_, row) => `2026-13-${10 + (row % 20)},-1.00,bad ${row}`).join('\n');
    const text = `Date,Amount,Description\n2026-10-01,-1.00,good\n2026-10-02,-2.00,good\n${bad}\n`;
    const preview = await service.call('POST', importPath(wallet, true), upload(text));
    expect(preview.json['bad']).toHaveLength(200);
    expect(preview.json['counts']).toMatchObject({ rows: 302, new: 2, bad: 300 });
    const { json } = await service.call('POST', importPath(wallet), upload(text));
    expect(json).toMatchObject({ added: 2 });
    expect(json['bad']).toHaveLength(300);
    expect(json['bad']?.[299]).toMatchObject({ line: 303, code: 'date-not-real' });
  });

  test('tells how far it is when it is asked to', async () => {
    const service = await startService();
    const wallet = await service.open();
    const rows = Array.from({ length: 1_200 }, (_, row) => `2026-0${1 + (row % 9)}-1${row % 9},-${row + 1}.00,Shop ${row}`).join(
      '\n',
    );
    const seen: { event: string; data: Readonly<Record<string, unknown>> }[] = [];
    const init = {
      method: 'POST',
      headers: { 'content-type': 'text/csv', accept: 'text/event-stream' },
      body: `Date,Amount,Description\n${rows}\n`,
    };
    for await (const { event, data } of await listen(service.url + importPath(wallet), init)) seen.push({ event, data });
    expect(seen.slice(0, -1).map(({ data }) => [data['done'], data['total'], data['added'], data['skipped']])).toEqual([
      [500, 1200, 500, 0],
      [1000, 1200, 1000, 0],
      [1200, 1200, 1200, 0],
    ]);
    expect(seen.at(-1)).toMatchObject({ event: 'result', data: { added: 1200, duplicates: 0, bad: [] } });
  });

  test('that fails on its way says so on the line', async () => {
    const service = await startService();
    const wallet = await service.open();
    await service.call('DELETE', wallet);
    const init = { method: 'POST', headers: { 'content-type': 'text/csv', accept: 'text/event-stream' }, body: CSV };
    for await (const sent of await listen(service.url + importPath(wallet), init)) {
      expect(sent).toMatchObject({
        event: 'problem',
        data: { code: 'wallet-closed', status: 409, instance: importPath(wallet).split('?')[0] },
      });
    }
  });

  test('takes its settings URI-encoded too', async () => {
    const service = await startService();
    const wallet = await service.open();
    const headers = { 'content-type': 'text/csv', 'kakeibo-import': encodeURIComponent(JSON.stringify({ name: 'Ökonto.csv' })) };
    await service.call('POST', importPath(wallet), { raw: CSV, headers });
    expect((await service.call('GET', `${wallet}/imports`)).json['items']?.[0]).toMatchObject({ name: 'Ökonto.csv' });
  });
});

describe('a file is refused', () => {
  const table = (columns: number): string =>
    [1, 2].map((row) => Array.from({ length: columns }, (_, column) => `${row}${column}`).join(',')).join('\n');
  test.each<readonly [string, CallOptions, number, string]>([
    ['when it is a PDF', upload('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 422, 'file-not-csv'],
    ['when it is empty', upload(''), 422, 'file-empty'],
    ['when it is blank', upload('\n \n\n'), 422, 'file-empty'],
    ['when it is a header only', upload('Date,Amount\n'), 422, 'file-empty'],
    ['when it has one column', upload('Date\n2026-10-01\n'), 422, 'columns-unknown'],
    ['when it has 200 columns', upload(table(200)), 422, 'too-many-columns'],
    ['when it has a cell of 1 MB', upload(`Date,Amount,Note\n2026-10-01,1,"${'x'.repeat(1_000_000)}"\n`), 422, 'cell-too-long'],
    ['when it has no amounts', upload('Name,City\nAnn,Rome\nBob,Oslo\n'), 422, 'columns-unknown'],
    ['when it is larger than 20 MB', upload(Buffer.alloc(20_000_001, 'a,b\n')), 413, 'body-too-large'],
    ['when it is a picture', { raw: '{}', headers: { 'content-type': 'image/png' } }, 415, 'content-type-refused'],
    [
      'with settings that are no JSON',
      { raw: CSV, headers: { 'content-type': 'text/csv', 'kakeibo-import': 'comma' } },
      400,
      'request-invalid',
    ],
    ['with an unknown setting', upload(CSV, { delimeter: ';' }), 400, 'request-invalid'],
    ['with a delimiter that there is not', upload(CSV, { delimiter: 'x' }), 400, 'request-invalid'],
    ['with a column that it does not have', upload(CSV, { columns: { date: 0, amount: 99 } }), 422, 'columns-unknown'],
    ['with a name of control characters', upload(CSV, { name: 'a\u0007' }), 400, 'request-invalid'],
  ])('%s', async (_, sent, status, code) => {
    const service = await startService();
    const wallet = await service.open();
    const answer = await service.call('POST', importPath(wallet), sent);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect((await service.call('GET', wallet)).json['version']).toBe(1);
  });

  test('in a format that there is not, or that it is not in', async () => {
    const service = await startService();
    const wallet = await service.open();
    const sent = async (query: string) => (await service.call('POST', `${wallet}/imports${query}`, upload(CSV))).json;
    expect(await sent('?format=xls')).toMatchObject({ status: 400, code: 'request-invalid' });
    expect(await sent('?format=ofx')).toMatchObject({ status: 422 });
  });
});

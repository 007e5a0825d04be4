import { describe, expect, test } from 'vitest';
import { ofx, ofxRows, refused, samples } from './bank-files.ts';
import { startService, type Answer, type CallOptions, type Service } from './service.ts';

function sent(text: string | Uint8Array<ArrayBuffer>, settings: object = {}, type = 'application/octet-stream'): CallOptions {
  return { raw: text, headers: { 'content-type': type, 'kakeibo-import': encodeURIComponent(JSON.stringify(settings)) } };
}

async function importing(service: Service, wallet: string) {
  const call = (query: string, text: string | Uint8Array<ArrayBuffer>, settings?: object, type?: string): Promise<Answer> =>
    service.call('POST', `${wallet}/imports${query}`, sent(text, settings, type));
  return {
    preview: async (text: string, settings?: object) => (await call('?dryRun=true', text, settings)).json,
    bring: async (text: string, settings?: object) => (await call('', text, settings)).json,
    call,
  };
}

describe.each(samples)('$format', ({ format, type, text }) => {
  test.each([`?format=${format}`, ''])(
    `goes the whole way (%s): shown, brought in, known, taken back (case 44)`,
    async (query) => {
      const service = await startService();
      const wallet = await service.open();
      const { call } = await importing(service, wallet);
      const join = query === '' ? '?' : `${query}&`;
      const preview = await call(`${join}dryRun=true`, text, {}, type);
      expect(preview.json).toMatchObject({ format, counts: { rows: 3, new: 3, duplicate: 0, bad: 0 }, questions: [] });
      expect(preview.json['rows']?.[0]).toMatchObject({
        row: 0,
        status: 'new',
        kind: 'expense',
        amount: '3.50',
        occurredOn: '2026-10-01',
      });
      expect((await service.call('GET', wallet)).json).toMatchObject({ entries: 0, version: 1 });
      const first = await call(query, text, {}, type);
      expect(first.json).toMatchObject({ format, added: 3, duplicates: 0, corrected: 0, linked: 0, bad: [], from: '2026-10-01' });
      expect((await service.call('GET', wallet)).json).toMatchObject({ balance: '2093.00' });
      expect((await call(query, text, {}, type)).json).toMatchObject({ added: 0, duplicates: 3 });
      const undone = await service.call('DELETE', `${wallet}/imports/${String(first.json['importId'])}`);
      expect(undone.json).toMatchObject({ voided: 3, reverted: 0 });
      expect((await service.call('GET', wallet)).json).toMatchObject({ balance: '0.00', entries: 0 });
    },
  );
});

test('case 44: the same transactions in every format come in once', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { bring } = await importing(service, wallet);
  const [csv, ofxFile, qif, camt] = samples.map(({ text }) => text);
  expect(await bring(csv ?? '')).toMatchObject({ added: 3 });
  for (const text of [ofxFile, qif, camt]) expect(await bring(text ?? '')).toMatchObject({ added: 0, duplicates: 3 });
});

test('case 45: an id that says something else corrects its entry, and the preview says so', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { bring, preview } = await importing(service, wallet);
  await bring(ofx(ofxRows()));
  const shown = await preview(ofx(ofxRows('-4.20')));
  expect(shown['counts']).toMatchObject({ new: 0, duplicate: 2, corrected: 1 });
  expect(shown['rows']?.[1]).toMatchObject({ status: 'corrected', amount: '4.20' });
  expect(await bring(ofx(ofxRows('-4.20')))).toMatchObject({ added: 0, duplicates: 2, corrected: 1 });
  expect((await service.call('GET', wallet)).json).toMatchObject({ balance: '2092.30', entries: 3 });
});

test('two accounts of a file that use one id come into one wallet side by side', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { call } = await importing(service, wallet);
  const text = ofx(ofxRows(), '77').replace(/(<STMTTRNRS>[^]*<\/STMTTRNRS>)/, (one) => one + one.replace('77', '78'));
  const bring = async (account: string) => (await call(`?account=${account}`, text)).json;
  expect([await bring('77'), await bring('78')]).toMatchObject([{ added: 3 }, { added: 3, duplicates: 0, corrected: 0 }]);
  expect([await bring('77'), await bring('78')]).toMatchObject([
    { added: 0, duplicates: 3 },
    { added: 0, duplicates: 3 },
  ]);
});

test('balances that differ from the rows, and rows of securities, are told before and after', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { bring, preview } = await importing(service, wallet);
  const mt940 = (samples.find(({ format }) => format === 'mt940')?.text ?? '').replace('2193,00', '2100,00');
  const differs = { code: 'balance-differs', line: 1, account: '10000000/1234' };
  expect((await preview(mt940))['warnings']).toMatchObject([{ ...differs, message: expect.stringContaining('2193.00 EUR') }]);
  expect(await bring(mt940)).toMatchObject({ added: 3, warnings: [{ ...differs, message: expect.stringContaining('2100.00') }] });
  const qif = `${samples.find(({ format }) => format === 'qif')?.text ?? ''}!Type:Invst\nD2026-10-01\nNBuy\n^\n`;
  expect((await preview(qif))['warnings']).toMatchObject([{ code: 'investments-left-out', line: 14 }]);
  expect((await preview('Date,Amount\n2026-10-01,-1.00\n'))['warnings']).toEqual([]);
});

test('case 46: an id that is in the file twice is reported with its line', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { bring } = await importing(service, wallet);
  const twice = ofx(ofxRows() + ofxRows().split('\n')[0]);
  expect(await bring(twice)).toMatchObject({ added: 3, bad: [{ code: 'duplicate-id' }] });
});

test('case 48: a match and a category that were chosen in the preview are kept, and a row is left out', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { bring, preview } = await importing(service, wallet);
  const booked = await service.call('POST', `${wallet}/expenses`, {
    body: { amount: '3.50', category: 'Food', occurredOn: '2026-10-03' },
  });
  const entryId = String(booked.json['entryId']);
  const text = ofx(ofxRows());
  expect((await preview(text))['rows']?.[0]).toMatchObject({
    candidates: [{ entryId, amount: '3.50', occurredOn: '2026-10-03' }],
  });
  const settings = { matches: [{ row: 0, entryId }], categories: [{ row: 1, category: 'Coffee' }], skipRows: [2] };
  const shown = await preview(text, settings);
  expect(shown['counts']).toMatchObject({ new: 1, linked: 1, skipped: 1 });
  expect(shown['rows']?.[1]).toMatchObject({ category: 'Coffee', categoryFrom: 'chosen' });
  expect(await bring(text, settings)).toMatchObject({ added: 1, linked: 1, duplicates: 0 });
  expect((await service.call('GET', wallet)).json).toMatchObject({ balance: '-7.00', entries: 2 });
  const wrong = await bring(text, { matches: [{ row: 2, entryId }] });
  expect(wrong).toMatchObject({ status: 409, code: 'match-invalid' });
  const bad = await bring(text, { categories: [{ row: 2, category: 'a::b' }] });
  expect(bad).toMatchObject({ status: 422, code: 'category-invalid' });
});

test('case 50: a mark of the byte order, CRLF, semicolons, decimal commas and parentheses come to the same entries', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { bring } = await importing(service, wallet);
  await bring('Date,Amount,Payee\n2026-10-01,-3.50,Cafe\n2026-10-02,2100.00,Employer\n');
  for (const text of [
    '\ufeffDate;Amount;Payee\r\n2026-10-01;-3,50;Cafe\r\n2026-10-02;2100,00;Employer\r\n',
    'Date,Amount,Payee\n2026-10-01,(3.50),Cafe\n2026-10-02,2100.00,Employer\n',
    'Date,Amount,Payee\n2026-10-01,3.50-,"Cafe"\n2026-10-02,2100.00,"Employer"\n',
  ])
    expect(await bring(text)).toMatchObject({ added: 0, duplicates: 2 });
});

test('a file with several accounts asks which one, and brings in that one', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { call } = await importing(service, wallet);
  const both = ofx(ofxRows()).replace(
    '</BANKMSGSRSV1>',
    () => `${/<STMTTRNRS>.*<\/STMTTRNRS>/s.exec(ofx(ofxRows(), '999'))?.[0] ?? ''}</BANKMSGSRSV1>`,
  );
  const asked = await call('?dryRun=true', both);
  expect(asked.json).toMatchObject({
    accounts: [{ account: '12345', rows: 3, closing: '100.00', closingOn: '2026-10-31', chosen: false }, { account: '999' }],
    questions: [{ field: 'account', choices: ['12345', '999'] }],
    rows: [],
  });
  expect((await call('', both)).json).toMatchObject({ status: 422, code: 'account-ambiguous' });
  expect((await call('?account=7', both)).json).toMatchObject({ status: 422, code: 'account-unknown' });
  expect((await call('?account=999&dryRun=true', both)).json).toMatchObject({
    accounts: [{ chosen: false }, { chosen: true }],
    questions: [],
  });
  expect((await call('?account=999', both)).json).toMatchObject({ added: 3 });
});

test.each(refused)('%s is refused, and nothing of it comes in', async (_, format, bytes, code) => {
  const service = await startService();
  const wallet = await service.open();
  const { call } = await importing(service, wallet);
  for (const dryRun of ['', 'dryRun=true']) {
    const query = [format === '' ? '' : `format=${format}`, dryRun].filter(Boolean).join('&');
    const answer = await call(query === '' ? '' : `?${query}`, bytes);
    expect([answer.json['code'], answer.status]).toEqual([code, 422]);
  }
  expect((await service.call('GET', wallet)).json['version']).toBe(1);
});

test('a file of 100 MB is answered before it is whole', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { call } = await importing(service, wallet);
  const answer = await call('?format=camt', new Uint8Array(100_000_000)).catch(() => undefined);
  // A sender that does not read while it writes may find the line cut instead of the answer.
  if (answer !== undefined) expect(answer.json).toMatchObject({ status: 413, code: 'body-too-large' });
  expect((await service.call('GET', wallet)).json['version']).toBe(1);
});

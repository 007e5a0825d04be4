import { expect, test } from 'vitest';
import { startService, type CallOptions } from './service.ts';

const csv = (rows: number): string =>
  `Date,Amount,Note\n${Array.from({ length: rows }, (_, row) => `2026-10-01,-1.00,row ${row}\n`).join('')}`;

type Parts = readonly (readonly [head: string, content: string])[];
const part = (name: string, content: string): Parts[number] => [`Content-Disposition: form-data; name="${name}"`, content];

/** A form as it goes over the wire; what is wrong with it is said. */
function form(
  parts: Parts,
  {
    boundary = 'xyz',
    end = '\r\n--xyz--\r\n',
    type,
  }: { readonly boundary?: string; readonly end?: string; readonly type?: string } = {},
): CallOptions {
  const body = parts.map(([head, content]) => `--xyz\r\n${head}\r\n\r\n${content}`).join('\r\n');
  return { raw: body + end, headers: { 'content-type': type ?? `multipart/form-data; boundary=${boundary}` } };
}

test('a form carries as many choices as a file has rows, and the rows are booked by them', async () => {
  const service = await startService();
  const wallet = await service.open();
  const rows = 3_000;
  const categories = Array.from({ length: rows - 1_000 }, (_, row) => ({ row, category: `Größe:${row % 7}` }));
  const skipRows = Array.from({ length: 1_000 }, (_, at) => rows - 1_000 + at);
  const sent = form([part('settings', JSON.stringify({ name: 'größe.csv', categories, skipRows })), part('file', csv(rows))]);
  const preview = await service.call('POST', `${wallet}/imports?dryRun=true`, sent);
  expect(preview.json).toMatchObject({ counts: { rows, new: 2_000, skipped: 1_000 } });
  expect(preview.json['rows']?.[8]).toMatchObject({ category: 'Größe:1', categoryFrom: 'chosen' });
  expect((await service.call('POST', `${wallet}/imports`, sent)).json).toMatchObject({ added: 2_000 });
  const list = await service.call('GET', `${wallet}/imports`);
  expect(list.json['items']).toMatchObject([{ name: 'größe.csv', rows: 2_000 }]);
});

test('a form may leave the settings out, have them in the header, and be written by a browser', async () => {
  const service = await startService();
  const wallet = await service.open();
  const file = part('file"; filename="a.csv', csv(2));
  const plain = form([file], { type: 'Multipart/Form-Data; charset=x; boundary="xyz"' });
  expect((await service.call('POST', `${wallet}/imports`, plain)).json).toMatchObject({ added: 2 });
  const header = { 'kakeibo-import': '{"skipRows":[0]}', ...plain.headers };
  expect((await service.call('POST', `${wallet}/imports?dryRun=true`, { ...plain, headers: header })).json).toMatchObject({
    counts: { skipped: 1 },
  });
  const body = new FormData();
  body.append('file', new Blob([csv(3)]), 'x".csv');
  const response = await fetch(`${service.url}${wallet}/imports`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ added: 1, duplicates: 2 });
});

const file = part('file', csv(1));
const nameless: Parts[number] = ['Content-Type: text/csv', 'x'];
const wrong: readonly (readonly [string, CallOptions, number, string])[] = [
  ['without a boundary', form([file], { type: 'multipart/form-data' }), 400, 'has no boundary'],
  ['with another boundary', form([file], { boundary: 'abc' }), 400, 'does not begin with its boundary'],
  ['that is cut off', form([file], { end: '' }), 400, 'it is cut off'],
  [
    'that is empty',
    { raw: '--xyz--', headers: { 'content-type': 'multipart/form-data; boundary=xyz' } },
    400,
    'file: It is missing',
  ],
  ['without a file', form([part('settings', '{}')]), 400, 'file: It is missing'],
  ['with a part that has no name', form([nameless]), 400, 'no name'],
  ['with a part that has no end of its headers', form([['x'.repeat(3_000), '']]), 400, 'no end of its headers'],
  ['with a part of another name', form([file, part('more', 'x')]), 400, 'the parts `settings` and `file`'],
  ['with a part twice', form([file, file]), 400, 'twice'],
  ['with parts without end', form(Array.from({ length: 20 }, (_, at) => part(`p${at}`, ''))), 400, 'more than 8 parts'],
  ['with settings that are no JSON', form([part('settings', '{'), file]), 400, 'settings: The part is no JSON object'],
  ['with settings nested without end', form([part('settings', '['.repeat(100)), file]), 400, 'settings: The part is no JSON'],
  ['with a setting that there is not', form([part('settings', '{"skipRow":[1]}'), file]), 400, 'skipRow: There is no such field'],
  ['with a file that is too large', form([part('file', 'x'.repeat(20_000_001))]), 413, 'may have 20000000 bytes'],
  ['with settings that are too large', form([part('settings', ' '.repeat(20_000_001)), file]), 413, '“settings” may have'],
];

test.each(wrong)('a form %s is refused, and nothing comes in', async (_, sent, status, detail) => {
  const service = await startService();
  const wallet = await service.open();
  const answer = await service.call('POST', `${wallet}/imports`, sent);
  expect([answer.status, answer.json['detail']]).toEqual([status, expect.stringContaining(detail)]);
  expect((await service.call('GET', wallet)).json).toMatchObject({ entries: 0 });
});

test('settings come in one place, and of a thousand faults a hundred are told', async () => {
  const service = await startService();
  const wallet = await service.open();
  const sent = form([part('settings', '{}'), file]);
  const both = await service.call('POST', `${wallet}/imports`, { ...sent, headers: { ...sent.headers, 'kakeibo-import': '{}' } });
  expect(both.json).toMatchObject({ code: 'request-invalid', detail: expect.stringContaining('not in both') });
  const skipRows = Array.from({ length: 1_000 }, () => -1);
  const faults = await service.call('POST', `${wallet}/imports`, form([part('settings', JSON.stringify({ skipRows })), file]));
  expect(faults.json['errors']).toHaveLength(100);
});

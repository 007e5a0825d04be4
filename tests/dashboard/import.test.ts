import { expect, test } from 'vitest';
import { badRowsCsv } from '../../packages/http/dashboard/src/import/bad-rows.ts';
import { lacking, roleOf, withRole } from '../../packages/http/dashboard/src/import/columns.ts';
import { parseEvent, readEvents } from '../../packages/http/dashboard/src/import/event-stream.ts';
import { importForm } from '../../packages/http/dashboard/src/import/import-calls.ts';

test('bad rows come back as they were, with their line and the reason', () => {
  const bad = [
    { line: 8, code: 'amount-unknown', reason: '"−12,5O" has a letter O in it', text: '15.09.2026;BAECKEREI;−12,5O' },
    { line: 10, code: 'quote-open', reason: '=cmd', text: '30.09.2026;"BUCH;1' },
  ];
  expect(badRowsCsv(bad, ['Tag', 'Zweck', '=Betrag'], ';')).toBe(
    [
      '"Tag";"Zweck";"\'=Betrag";"Line";"Reason"',
      '15.09.2026;BAECKEREI;−12,5O;8;"""−12,5O"" has a letter O in it"',
      '"30.09.2026;""BUCH;1";10;"\'=cmd"',
      '',
    ].join('\r\n'),
  );
});

test('a column is given a role, and the role leaves the column that had it', () => {
  const guessed = { date: 0, note: 1, amount: 2 };
  expect([0, 1, 2, 3].map((index) => roleOf(guessed, index))).toEqual(['date', 'note', 'amount', 'skip']);
  expect(withRole(guessed, 3, 'amount', 4)).toEqual({ date: 0, note: 1, amount: 3 });
  expect(withRole(guessed, 3, 'note', 4)).toEqual({ date: 0, amount: 2, note: [1, 3] });
  expect(withRole(guessed, 3, 'debit', 4)).toEqual({ date: 0, note: 1, debit: 3 });
  expect(withRole(guessed, 1, 'skip', 4)).toEqual({ date: 0, amount: 2 });
});

test('says which column is still needed', () => {
  expect(lacking({ amount: 1 })).toBe('Which column holds the day?');
  expect(lacking({ date: 0 })).toBe('Which column holds the amount?');
  expect(lacking({ date: 0, debit: 1 })).toBe('Which column holds the money in?');
  expect(lacking({ date: 0, debit: 1, credit: 2 })).toBeUndefined();
});

test('a file travels with its settings, however many there are', async () => {
  const settings = { name: 'Größe 😀.csv', skipRows: Array.from({ length: 50_000 }, (_, row) => row) };
  const form = importForm({ file: new Blob(['a,b']), settings });
  expect(await new Response(form.get('settings')).json()).toEqual(settings);
  expect(await new Response(form.get('file')).text()).toBe('a,b');
});

test('events are read whole however the bytes arrive', async () => {
  const text = ': hello\n\nevent: progress\ndata: {"done":1,"name":"é"}\n\nevent: result\r\ndata: {"a":\r\ndata: 2}\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body)) events.push(event);
  expect(events).toEqual([
    { event: 'progress', data: '{"done":1,"name":"é"}' },
    { event: 'result', data: '{"a":\n2}' },
  ]);
  expect(parseEvent(': only a comment')).toBeUndefined();
});

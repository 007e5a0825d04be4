import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startService, type Service } from './service.ts';
import { importPath, upload } from './upload.ts';

describe('an export', () => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', 'a"b', 'a,b', 'a\nb', 'ü'];

  async function filled(): Promise<{ readonly service: Service; readonly wallet: string }> {
    const service = await startService();
    const wallet = await service.open({ name: 'Ann’s "wallet"' });
    for (const note of hostile)
      await service.call('POST', `${wallet}/expenses`, {
        body: { amount: '1.50', category: note.replaceAll(/[\n\t]/g, ' '), note },
      });
    return { service, wallet };
  }

  test('as CSV has no formula in it, and comes back as it was', async () => {
    const { service, wallet } = await filled();
    const { text, headers } = await service.call('GET', `${wallet}/exports/csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Ann%E2%80%99s%20%22wallet%22.csv");
    expect(text.split('\r\n')[0]).toBe('id,date,type,wallet,category,amount,currency,note,payee,tags');
    expect(text).toContain("'=1+1");
    expect(text).not.toMatch(/(^|,)"?[=+@\t]/m);
    const copy = await service.open({ name: 'Copy' });
    expect((await service.call('POST', importPath(copy), upload(text))).json).toMatchObject({ added: hostile.length, bad: [] });
    const notesOf = async (of: string) => {
      const items = (await service.call('GET', `${of}/entries`)).json['items'] as unknown as readonly {
        readonly note: string | null;
      }[];
      return items.map(({ note }) => note ?? '').toSorted((a, b) => a.localeCompare(b));
    };
    expect(await notesOf(copy)).toEqual(await notesOf(wallet));
  });

  test('as JSON holds every event, and figures can be made of it', async () => {
    const { service, wallet } = await filled();
    const { json } = await service.call('GET', `${wallet}/exports/json`);
    expect(json).toMatchObject({ format: 'kakeibo/1', wallet: { balance: '-13.50' } });
    const events = json['events'] as unknown as readonly {
      readonly version: number;
      readonly data: { readonly entry?: { readonly amount: string } };
    }[];
    expect(events.map(({ version }) => version)).toEqual(Array.from({ length: hostile.length + 1 }, (_, index) => index + 1));
  });

  test('of a long register is streamed, whole and in order', async () => {
    const service = await startService();
    const wallet = await service.open();
    const rows = Array.from({ length: 2_345 }, (_, row) => `2026-0${1 + (row % 9)}-1${row % 9},-${row + 1}.00,Shop ${row}`).join(
      '\n',
    );
    await service.call('POST', importPath(wallet), upload(`Date,Amount,Description\n${rows}\n`));
    const { text } = await service.call('GET', `${wallet}/exports/csv`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2_346);
    expect((await service.call('GET', `${wallet}/exports/json`)).json['events']).toHaveLength(1 + 2_345 + 5);
  });

  test('goes on when who asked for it has gone', async () => {
    const { service, wallet } = await filled();
    const stop = new AbortController();
    const response = await fetch(`${service.url}${wallet}/exports/csv`, { signal: stop.signal });
    stop.abort();
    await response.text().catch(() => undefined);
    await sleep(20);
    expect((await service.call('GET', wallet)).status).toBe(200);
  });
});

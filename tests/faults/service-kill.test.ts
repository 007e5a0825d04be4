import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { newFolder, startMain, type Process } from '../http/main-process.ts';
import { call } from '../http/service.ts';

const API = '/api/v1';

/** How often the service is killed. */
const CYCLES = Number(process.env['KAKEIBO_SERVICE_KILLS'] ?? 6);

test('a service is killed before, in and after its writes; who sends them again with the same key books each once', async () => {
  const env = { KAKEIBO_DATA: newFolder(), KAKEIBO_WRITES_PER_MINUTE: 'unlimited' };
  let service: Process = await startMain(env);
  const opened = await call(service.url, 'POST', `${API}/wallets`, { body: { name: 'Giro', currency: 'EUR' } });
  const wallet = `${API}/wallets/${String(opened.json['id'])}`;
  const answers = new Map<string, string>();
  let [sent, unanswered] = [0, 0];

  const book = async (key: string): Promise<boolean> => {
    const body = { amount: '0.01', category: `Food:${key.slice(-1)}` };
    const answer = await call(service.url, 'POST', `${wallet}/expenses`, { body, headers: { 'idempotency-key': key } }).catch(
      () => undefined,
    );
    if (answer?.status !== 201) return false;
    // What was answered once is answered again, to the letter.
    expect(answers.get(key) ?? answer.text).toBe(answer.text);
    answers.set(key, answer.text);
    return true;
  };

  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const keys = Array.from({ length: 30 }, () => `key-${(sent += 1)}`);
    const sending = keys.map(book);
    await sleep((cycle * 11) % 40);
    service.signal('SIGKILL');
    unanswered += (await Promise.all(sending)).filter((isBooked) => !isBooked).length;
    await service.ended;
    service = await startMain(env);
    // The client cannot know which were booked: it sends all of them again, also those that were answered.
    expect(await Promise.all(keys.map(book))).toEqual(keys.map(() => true));
  }
  const { url } = service;
  expect(unanswered, 'it was killed while writes were under way').toBeGreaterThan(0);
  expect((await call(url, 'GET', wallet)).json).toMatchObject({
    entries: sent,
    version: sent + 1,
    balance: `-${(sent / 100).toFixed(2)}`,
  });
  // What is kept of the entries is what a fold from the first event on comes to.

  expect((await call(url, 'POST', `${API}/verify`)).json).toMatchObject({ findings: [], more: 0 });
  service.signal('SIGTERM');
  expect((await service.ended).code).toBe(0);
});

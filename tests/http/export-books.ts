import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRunner } from '@kakeibo/core';
import { onTestFinished } from 'vitest';
import { startService, type Service, type ServiceOptions } from './service.ts';

/** Two wallets with an entry of each kind. */
export interface Household {
  readonly service: Service;
  readonly cash: string;
  readonly giro: string;
}

export const API = '/api/v1';

/** Fills a service with odd texts, a split, a refund, a void, a transfer that arrived and limits. */
export async function household(options: ServiceOptions = {}): Promise<Household> {
  const service = await startService(options);
  const [cash, giro] = [await service.open({ name: 'Cash; "petty"' }), await service.open({ name: 'Giro' })];
  const book = async (path: string, body: object): Promise<string> => {
    const { status, json, text } = await service.call('POST', path, { body });
    if (status !== 201) throw new Error(text);
    return String(json['entryId']);
  };
  await book(`${giro}/income`, { amount: '1000', category: 'Pay', occurredOn: '2026-09-01' });
  await book(`${giro}/expenses`, { amount: '400', category: 'Home:Rent', payee: 'A & <B>', occurredOn: '2026-10-01' });
  const parts = [
    { category: 'Food', amount: '30.10' },
    { category: 'Home', amount: '9.90', note: 'soap' },
  ];
  const bought = await book(`${giro}/expenses`, { amount: '40', parts, tags: ['week'], note: '=1+1', occurredOn: '2026-10-02' });
  const refund = { amount: '9.90', refunds: bought, category: 'Home', occurredOn: '2026-10-05' };
  await book(`${giro}/refunds`, refund);
  const wrong = await book(`${giro}/expenses`, { amount: '7', category: 'Wrong', occurredOn: '2026-10-06' });
  await service.call('DELETE', `${giro}/entries/${wrong}`);
  await book(`${giro}/transfers`, { to: cash.split('/').at(-1), amount: '50', occurredOn: '2026-10-07', note: 'For the market' });
  const runner = createRunner({ store: service.store, lists: [service.ledger.openTransfers], timer: { sleep } });
  await runner.settled();
  await runner.close();
  await book(`${cash}/expenses`, { amount: '12.34', category: 'Food', payee: 'Baker | Söhne; ☕', occurredOn: '2026-10-08' });
  const limit = { scope: 'Food', period: 'month', firstDay: 15, amount: '200', rollover: 'surplus' };
  await service.call('PUT', `${giro}/limits/food`, { body: limit });
  return { service, cash, giro };
}

/** The bytes of a file that a service gives. */
export async function bytesOf({ url }: Service, path: string): Promise<Uint8Array> {
  const response = await fetch(url + path);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Whether a program is installed. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

/** What a program says about a file with these bytes. */
export function said(program: string, name: string, bytes: Uint8Array, args: (file: string) => readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return execFileSync(program, args(file), { encoding: 'utf8', timeout: 100_000, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}

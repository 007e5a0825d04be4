/** What a service says that is given something to start on which cannot be. */
import { expect } from 'vitest';
import { kakeibo } from '../cli/command.ts';
import { newFolder, startMain } from './main-process.ts';
import { call } from './service.ts';

export type Env = Readonly<Record<string, string>>;

/** Nothing that is said may hold one of these, in any form in which it was given. */
export const SECRETS = ['se;cr@t%/?#1', 'geheim-42'] as const;

/** What is given, and what becomes of it: how it ends, or that it starts, or waits for its store. */
export type BadInput = readonly [what: string, env: () => Promise<Env> | Env, ends: 1 | 2 | 'starts' | 'waits', said: RegExp];

function expectNoSecret(said: string): void {
  for (const secret of SECRETS)
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      expect(said).not.toContain(form);
}

/** Starts the service, and looks at what it says and how it ends. */
export async function expectStart(env: Env, ends: BadInput[2], said: RegExp): Promise<void> {
  const main = await startMain({ KAKEIBO_DATA: newFolder(), ...env });
  if (typeof ends === 'number') {
    const { code, stderr } = await main.ended;
    expect([main.url, code, stderr.trim().split('\n').length]).toEqual(['', ends, 1]);
    expect(stderr).toMatch(/^kakeibo: /);
    expect(stderr).toMatch(said);
  } else {
    const { status, json } = await call(main.url, 'GET', '/readyz');
    expect([status, String(json['reason'] ?? '')]).toEqual([ends === 'waits' ? 503 : expect.any(Number), expect.any(String)]);
    expect(`${String(json['status'])} ${String(json['reason'] ?? '')}`).toMatch(said);
    main.signal('SIGTERM');
    expect((await main.ended).code).toBe(0);
    if (ends === 'waits') expect(main.output()).toMatch(/^kakeibo: the store is away: .+; tried again in 0.5 s$/m);
  }
  expectNoSecret(main.output());
}

/** The command line says the same, waits for nobody, and ends with 3 when it is the store's fault. */
export async function expectCommand(address: string, said: RegExp, more: readonly string[] = ['wallets']): Promise<void> {
  const { code, out, error } = await kakeibo(['--store', address, ...more]);
  expect([code, out, error.trim().split('\n').length]).toEqual([3, '', 1]);
  expect(error).toMatch(said);
  expectNoSecret(error);
}

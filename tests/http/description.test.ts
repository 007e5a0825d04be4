import { readFileSync } from 'node:fs';
import { REJECTION_CODES } from '@kakeibo/core';
import { openApiDocument } from '@kakeibo/http';
import { describe, expect, test } from 'vitest';
import { startService } from './service.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const document = openApiDocument();
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as Readonly<Record<string, Operation>>).map(([method, operation]) => ({ method, path, operation })),
);

describe('the OpenAPI document', () => {
  test('is what the service sends', async () => {
    const service = await startService();
    const { json, headers } = await service.call('GET', '/openapi.json');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json).toEqual(JSON.parse(JSON.stringify(document)));
    expect(json).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./) as string,
      info: { title: 'Kakeibo', version: expect.any(String) as string },
    });
  });

  test('names each operation once, and every parameter of its path', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(inPath.every(({ required }) => required === true)).toBe(true);
      expect(operation.summary).not.toBe('');
      expect(Object.keys(operation.responses)).toContain('default');
    }
  });

  test('points at nothing that is not in it', () => {
    const text = JSON.stringify(document);
    const names = new Set(Object.keys(document.components?.schemas ?? {}));
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) expect(names).toContain(name);
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/schemas\/)/g)]).toEqual([]);
  });

  test('says amounts are text wherever they stand', () => {
    interface Field {
      readonly type?: string | readonly string[];
      readonly anyOf?: readonly Field[];
    }
    const typesOf = ({ type, anyOf = [] }: Field): readonly unknown[] => [...[type ?? []].flat(), ...anyOf.flatMap(typesOf)];
    const found: unknown[] = [];
    JSON.stringify(document, (name, value: unknown) => {
      if (['amount', 'balance', 'spent', 'left', 'total', 'own', 'net', 'opening'].includes(name))
        found.push(...typesOf(value as Field));
      return value;
    });
    expect(found.length).toBeGreaterThan(15);
    expect(found.filter((type) => type !== 'string' && type !== 'null')).toEqual([]);
  });
});

test.each(operations)('$method $path is there', async ({ method, path }) => {
  if (path === '/api/v1/live') return;
  const service = await startService();
  const nowhere = path.replace('{walletId}', '11111111-1111-4111-8111-111111111111').replaceAll(/\{\w+\}/g, 'x');
  const { status, json } = await service.call(method.toUpperCase(), nowhere);
  expect(status).not.toBe(405);
  expect(json?.['code']).not.toBe('not-found');
});

test('every route of the application is in the document', async () => {
  const service = await startService();
  const known = new Set(operations.map(({ path }) => path));
  // Each path's methods, as its refusal of TRACE tells them.
  for (const path of known) {
    const answer = await service.call(
      'OPTIONS',
      path.replace('{walletId}', '11111111-1111-4111-8111-111111111111').replaceAll(/\{\w+\}/g, 'x'),
    );
    const described = operations
      .filter((operation) => operation.path === path)
      .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    expect([path, answer.headers.get('allow')?.split(', ').toSorted()]).toEqual([path, described.toSorted()]);
  }
});

test('the page for people has no script and no style of its own, and tells of every operation', async () => {
  const service = await startService();
  const { text, headers } = await service.call('GET', '/docs');
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(text).not.toMatch(/<script|<style|style=|\son\w+=|https?:\/\//);
  for (const { path, operation } of operations) {
    expect(text).toContain(`<code>${path}</code>`);
    expect(text).toContain(`id="${operation.operationId}"`);
  }
  const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
  expect(links.length).toBeGreaterThan(10);
  for (const id of links) expect(text).toContain(`id="${id}"`);
  expect((await service.call('GET', '/docs.css')).text).toContain('color-scheme');
});

describe('docs/http-api.md', () => {
  const text = readFileSync(new URL('../../docs/http-api.md', import.meta.url), 'utf8');

  test('tells of every operation', () => {
    const told = text.replaceAll('{id}', '{walletId}');
    const plain = (path: string): string => path.replace('/api/v1', '');
    for (const { path } of operations) expect(told).toContain(plain(path));
  });

  test('has the ledger’s codes in their order', () => {
    const table = text.slice(text.indexOf('The ledger, in order of precedence'));
    expect([...table.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code)).toEqual([...REJECTION_CODES]);
  });
});

import { expense, long, type Refusal } from './refusal.ts';

const WALLET = '11111111-1111-4111-8111-111111111111';
const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

const bodies: readonly Refusal[] = [
  [
    'no JSON',
    'POST',
    '{w}/expenses',
    { raw: '{"amount":', headers: { 'content-type': 'application/json' } },
    400,
    'json-invalid',
  ],
  [
    'no UTF-8',
    'POST',
    '{w}/expenses',
    { raw: Uint8Array.of(0x7b, 0xff, 0x7d), headers: { 'content-type': 'application/json' } },
    400,
    'json-invalid',
  ],
  ['nothing', 'POST', '{w}/expenses', {}, 400, 'request-invalid'],
  ['a list', 'POST', '{w}/expenses', { body: [] }, 400, 'request-invalid'],
  ['null', 'POST', '{w}/expenses', { body: null }, 400, 'request-invalid'],
  [
    'a form',
    'POST',
    '{w}/expenses',
    { raw: 'amount=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'content-type-refused',
  ],
  ['plain text', 'POST', '{w}/expenses', { raw: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'content-type-refused'],
  [
    'a compressed one',
    'POST',
    '{w}/expenses',
    { raw: '{}', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    415,
    'content-type-refused',
  ],
  ['an unknown field', 'POST', '{w}/expenses', expense({ ammount: '1' }), 400, 'request-invalid', 'ammount'],
  ['10 MB', 'POST', '{w}/expenses', expense({ note: long(10_000_000) }), 413, 'body-too-large'],
  [
    '100 levels',
    'POST',
    '{w}/expenses',
    { raw: deep(100), headers: { 'content-type': 'application/json' } },
    400,
    'json-invalid',
  ],
  [
    '__proto__',
    'POST',
    '{w}/expenses',
    { raw: '{"amount":"1","category":"a","__proto__":{"x":1}}', headers: { 'content-type': 'application/json' } },
    400,
    'request-invalid',
    '__proto__',
  ],
  [
    'constructor',
    'POST',
    '{w}/expenses',
    { raw: '{"amount":"1","category":"a","constructor":{"prototype":{}}}', headers: { 'content-type': 'application/json' } },
    400,
    'request-invalid',
    'constructor',
  ],
  ['a body where none is taken', 'POST', '{w}/entries/nope/restore', { body: { reason: 'x' } }, 400, 'request-invalid', 'reason'],
];

const queries: readonly Refusal[] = [
  ['an unknown parameter', 'GET', '{w}/entries?form=2026-01-01', {}, 400, 'request-invalid', 'form'],
  ['a parameter of later versions', 'GET', '{w}/reports/spending?rate=1.1', {}, 400, 'request-invalid', 'rate'],
  ['one where none is taken', 'GET', '/api/v1/wallets?x=1', {}, 400, 'request-invalid', 'x'],
  ['one twice', 'GET', '{w}/entries?q=a&q=b', {}, 400, 'request-invalid', 'q'],
  ['one as a list', 'GET', '{w}/entries?q[]=a', {}, 400, 'request-invalid', 'q[]'],
  ['a prototype', 'GET', '{w}/entries?__proto__=a', {}, 400, 'request-invalid', '__proto__'],
  ['a day that does not exist', 'GET', '{w}/entries?from=2026-02-30', {}, 400, 'request-invalid', 'from'],
  ['the year 10000', 'GET', '{w}/reports/cashflow?to=10000-01-01', {}, 400, 'request-invalid', 'to'],
  ['an end before its beginning', 'GET', '{w}/reports/spending?from=2026-10-02&to=2026-10-01', {}, 400, 'request-invalid', 'to'],
  ['an end at its beginning', 'GET', '{w}/reports/balance?from=2026-10-01&to=2026-10-01', {}, 400, 'request-invalid', 'to'],
  ['1,001 days', 'GET', '{w}/reports/balance?from=2024-01-01&to=2026-09-28', {}, 400, 'request-invalid', 'to'],
  ['401 months', 'GET', '{w}/reports/cashflow?from=1990-01-01&to=2023-06-01', {}, 400, 'request-invalid', 'to'],
  ['a page of none', 'GET', '{w}/entries?limit=0', {}, 400, 'request-invalid', 'limit'],
  ['a page of 201', 'GET', '{w}/entries?limit=201', {}, 400, 'request-invalid', 'limit'],
  ['a page of some', 'GET', '{w}/entries?limit=ten', {}, 400, 'request-invalid', 'limit'],
  ['a cursor of one’s own', 'GET', '{w}/entries?after=2026', {}, 400, 'request-invalid', 'after'],
  ['a bound that is no amount', 'GET', '{w}/entries?min=ten', {}, 400, 'request-invalid', 'min'],
  ['a kind that there is not', 'GET', '{w}/entries?kind=transfer', {}, 400, 'request-invalid', 'kind'],
  ['an unknown way to report', 'GET', '{w}/reports/spending?by=day', {}, 400, 'request-invalid', 'by'],
  ['an unknown report', 'GET', '{w}/reports/networth', {}, 404, 'not-found'],
];

const unknownWallet: readonly Refusal[] = [
  ...(
    [
      '',
      '/entries',
      '/entries/x',
      '/limits',
      '/reports/balance',
      '/reports/spending',
      '/reports/cashflow',
      '/events',
      '/imports',
      '/exports/csv',
      '/exports/json',
    ] as const
  ).map((path): Refusal => [`GET ${path}`, 'GET', `/api/v1/wallets/${WALLET}${path}`, {}, 404, 'wallet-unknown']),
  ['booking', 'POST', `/api/v1/wallets/${WALLET}/expenses`, expense({}), 404, 'wallet-unknown'],
  ['closing', 'DELETE', `/api/v1/wallets/${WALLET}`, {}, 404, 'wallet-unknown'],
  ['an id that is none', 'GET', '/api/v1/wallets/..%2f..%2fetc', {}, 404, 'wallet-unknown'],
  ['an id with a NUL', 'POST', '/api/v1/wallets/%00/expenses', expense({}), 404, 'wallet-unknown'],
  ['an escape that is none', 'GET', '/api/v1/wallets/%E0%A4%A', {}, 400, 'request-invalid'],
];

const headers: readonly Refusal[] = [
  [
    'an empty key',
    'POST',
    '{w}/expenses',
    { ...expense({}), headers: { 'idempotency-key': '' } },
    400,
    'idempotency-key-invalid',
  ],
  [
    'a key of 129 characters',
    'POST',
    '{w}/expenses',
    { ...expense({}), headers: { 'idempotency-key': long(129) } },
    400,
    'idempotency-key-invalid',
  ],
  [
    'a key with an umlaut',
    'POST',
    '{w}/expenses',
    { ...expense({}), headers: { 'idempotency-key': 'schlüssel' } },
    400,
    'idempotency-key-invalid',
  ],
  ['a bare version', 'POST', '{w}/expenses', { ...expense({}), headers: { 'if-match': '1' } }, 400, 'if-match-invalid'],
  ['a weak tag', 'POST', '{w}/expenses', { ...expense({}), headers: { 'if-match': 'W/"1"' } }, 400, 'if-match-invalid'],
  ['two tags', 'POST', '{w}/expenses', { ...expense({}), headers: { 'if-match': '"1", "2"' } }, 400, 'if-match-invalid'],
  ['a stale version', 'POST', '{w}/expenses', { ...expense({}), headers: { 'if-match': '"9"' } }, 412, 'version-conflict'],
];

/** All of them, by what they are about. */
export const requestRefusals = { bodies, queries, unknownWallet, headers };

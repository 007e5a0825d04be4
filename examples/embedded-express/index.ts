/** The service inside another Express application, under a path, behind that application's own rules. */
import type { AddressInfo } from 'node:net';
import { createLedger, createMemoryEventStore } from '@kakeibo/core';
import { createApp } from '@kakeibo/http';
import express from 'express';

const clock = { now: () => Date.UTC(2026, 9, 14, 12) };
const store = createMemoryEventStore({ clock });
const ledger = createLedger({ store, clock, ids: { next: () => crypto.randomUUID() } });

const site = express();
site.get('/', (_, response) => void response.send('The front page'));
// Whoever passes here may read and write every wallet, so a site of your own asks for more than this.
site.use('/money', (request, response, next) => {
  if (request.get('authorization') === 'Bearer letmein') next();
  else response.status(401).send('Who are you?');
});
site.use('/money', createApp({ ledger, store, clock }));

const server = site.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const headers = { authorization: 'Bearer letmein', 'content-type': 'application/json' };

console.log(`/: ${await (await fetch(origin)).text()}`);
console.log(`/money without a token: ${(await fetch(`${origin}/money/api/v1/wallets`)).status}`);

const opened = await fetch(`${origin}/money/api/v1/wallets`, {
  method: 'POST',
  headers: { ...headers, 'idempotency-key': 'first-wallet' },
  body: JSON.stringify({ name: 'Household', currency: 'EUR' }),
});
const wallet = opened.headers.get('location') ?? '';
console.log(`opened: ${opened.status} ${wallet.replace(/[0-9a-f-]{36}/, '{walletId}')}`);

const booked = await fetch(`${origin}${wallet}/expenses`, {
  method: 'POST',
  headers,
  body: JSON.stringify({ amount: '12.50', category: 'Food:Cafe' }),
});
console.log(`booked: ${booked.status}, ETag ${booked.headers.get('etag')}`);

const refused = await fetch(`${origin}${wallet}/expenses`, {
  method: 'POST',
  headers,
  body: JSON.stringify({ amount: 12.5, category: 'Food:Cafe' }),
});
const problem = (await refused.json()) as { readonly status: number; readonly code: string; readonly detail: string };
console.log(`refused: ${problem.status} ${problem.code} (${problem.detail})`);

// The application and the site share one ledger: what is read here needs no HTTP.
const [household] = await ledger.wallets();
console.log(`balance: ${household?.balance}`);

server.close();
server.closeAllConnections();

import { randomUUID } from 'node:crypto';
import { readBankFile, sniffFormat } from '@kakeibo/adapters/bank-file';
import { csvExport, inSlices, readCsv } from '@kakeibo/adapters/csv';
import { ofxHead, ofxRows, ofxTail } from '@kakeibo/adapters/ofx-out';
import { printStatement } from '@kakeibo/adapters/pdf';
import { xlsxWriter } from '@kakeibo/adapters/xlsx-out';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  type EventStore,
  type Ledger,
  type ViewStore,
} from '@kakeibo/core';
import { createApp, createLive, serve, type AppOptions, type ServeOptions } from '@kakeibo/http';
import { onTestFinished } from 'vitest';

/** A service over stores in memory, listening on a port of its own. */
export interface Service {
  readonly url: string;
  readonly ledger: Ledger;
  readonly store: EventStore;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Opens a wallet and answers the path to it. */
  open(details?: { readonly name?: string; readonly currency?: string; readonly zone?: string }): Promise<string>;
}

export interface CallOptions {
  readonly body?: unknown;
  /** The body as it goes over the wire. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body when it is JSON; nothing is known of its shape. */
  readonly json: Json;
}

/** JSON that a test looks into, as deep as it likes. */
export type Json = { readonly [name: string]: Json } & { readonly [index: number]: Json } & (string | number | boolean | null);

export interface ServiceOptions {
  readonly store?: EventStore;
  readonly views?: ViewStore;
  readonly now?: () => number;
  readonly app?: Partial<AppOptions>;
  readonly serve?: Partial<ServeOptions>;
}

const NOON = Date.parse('2026-10-14T12:00:00Z');

/** Starts a service that stops when the test is over. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const clock = { now: options.now ?? (() => NOON) };
  const store = options.store ?? createMemoryEventStore({ clock });
  const ledger = createLedger({ store, views: options.views ?? createMemoryViewStore(), clock, ids: { next: randomUUID } });
  const live = createLive({ ledger, store });
  const formats = { csv: { read: readCsv, write: csvExport, inSlices }, bank: { sniff: sniffFormat, read: readBankFile } };
  const exportFormats = { ofx: { head: ofxHead, rows: ofxRows, tail: ofxTail }, xlsx: xlsxWriter, pdf: printStatement };
  const app = createApp({ ledger, store, live, clock, formats, exportFormats, writesPerMinute: 'unlimited', ...options.app });
  const serving = await serve(app, { port: 0, host: '127.0.0.1', ...options.serve });
  onTestFinished(async () => {
    const drained = serving.drain({ timeoutMs: 100 });
    await live.close();
    await drained;
  });
  const { url } = serving;
  return {
    url,
    ledger,
    store,
    call: (method, path, rest) => call(url, method, path, rest),
    async open(details = {}) {
      const { status, json, text } = await call(url, 'POST', '/api/v1/wallets', {
        body: { name: 'Household', currency: 'EUR', ...details },
      });
      if (status !== 201) throw new Error(text);
      return `/api/v1/wallets/${String(json['id'])}`;
    },
  };
}

/** Sends a request and reads the whole answer. */
export async function call(
  url: string,
  method: string,
  path: string,
  { body, raw, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url + path, {
    method,
    headers: { ...(sent === undefined || raw !== undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  return { status: response.status, headers: response.headers, text, json: (isJson ? JSON.parse(text) : null) as Json };
}

#!/usr/bin/env node
import { StoreError } from '@kakeibo/core';
import { ConfigError } from './config-error.ts';
import { readConfig, type Config } from './config.ts';
import { openLate, type LateStore } from './late-store.ts';
import { plug } from './plug.ts';
import { serve } from './serve.ts';
import { mayComeBack, openStore } from './stores.ts';

const BAD_SETTINGS = 2;
const CANNOT_START = 1;
const MAX_STOP_MS = 10_000;

/** Serves until it is told to stop. */
async function start(config: Config): Promise<void> {
  const { store, there } = await open(config);
  const plugged = plug(config, store);
  const serving = await serve(plugged.app, config).catch(async (error: unknown) => {
    await plugged.close();
    throw error;
  });
  // Not before, since all it could do is to tell again and again that the store is away.
  void there.then(() => plugged.begin());
  onStop(async () => {
    const drained = serving.drain();
    await plugged.quiet();
    await drained;
    await plugged.close();
  });
  // Said last: who reads it may tell the service to stop at once.
  console.log(`Kakeibo listens on ${serving.url} and keeps its ledger in ${config.store.shown}`);
}

/** Opens the store, or begins to wait for one that is away. */
function open(config: Config): Promise<LateStore> {
  return openLate({
    open: () => openStore(config),
    mayPass: (error): error is StoreError => error instanceof StoreError && mayComeBack(config.store, error.code),
    onAway: ({ message }, waitMs) => console.error(`kakeibo: the store is away: ${message}; tried again in ${waitMs / 1_000} s`),
    onRefused: (error) => fail(error, CANNOT_START),
  });
}

/** Stops in order at the first signal, at once at the second. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(CANNOT_START);
    stopping = true;
    const late = setTimeout(() => process.exit(CANNOT_START), MAX_STOP_MS).unref();
    stop().then(
      () => {
        clearTimeout(late);
        endByItself();
      },
      (error: unknown) => fail(error, CANNOT_START),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/**
 * All is closed, but a database's client may still be at work in a thread, like IBM's at a connection that was given up: it crashes
 * when its process is ended in the midst of that. So the process ends when nothing is left to do, or when that takes too long.
 */
function endByItself(): void {
  process.exitCode = 0;
  setTimeout(() => process.exit(0), MAX_STOP_MS).unref();
}

function fail(error: unknown, exitCode: number): never {
  console.error(`kakeibo: ${reasonOf(error)}`);
  process.exit(exitCode);
}

/** One line for a person who starts a service. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof StoreError) return `the ledger cannot be opened: ${oneLine(error.message)}`;
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };
  if (code === 'EADDRINUSE') return `port ${port} on ${address} is taken: stop what listens there, or set PORT`;
  if (code === 'EACCES') return `port ${port} on ${address} may not be used: set PORT to one from 1024 on`;
  return oneLine(error.message);
}

/** What a server says may have several. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

try {
  await start(readConfig(process.env));
} catch (error) {
  fail(error, error instanceof ConfigError ? BAD_SETTINGS : CANNOT_START);
}

#!/usr/bin/env node
import { parseJson } from '@kakeibo/core';
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { EXIT, Failure } from './failure.ts';
import { createProgram } from './program.ts';

const { version } = parseJson(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

try {
  await createProgram(version).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  const failure = error instanceof Failure ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ error: failure?.problem ?? { detail: message } })}\n`);
  else process.stderr.write(`kakeibo: ${message}\n`);
  return failure?.exitCode ?? EXIT.broken;
}

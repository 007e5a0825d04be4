import { pino, type DestinationStream, type Level, type Logger } from 'pino';

/** A request that was answered, as the log tells it: no address, no body, no amount, no name. */
export interface LogLine {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly isStream?: true;
  readonly code?: string;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const SLOW_MS = 1_000;
const BUFFER_BYTES = 16_000;
const FLUSH_MS = 500;

/** A log of JSON lines on the standard output, written in the background. */
export function createLogger(level: (typeof LOG_LEVELS)[number], destination?: DestinationStream): Logger {
  const out = destination ?? pino.destination({ fd: 1, sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_MS });
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    out,
  );
}

/** Writes at `info`, and so are refusals; reads at `debug`; what was slow or broke stands out. */
function levelOf({ status, ms, method, isStream }: LogLine): Level {
  if (status >= 500) return 'error';
  if (ms >= SLOW_MS && isStream !== true) return 'warn';
  return status >= 400 || (method !== 'GET' && method !== 'HEAD') ? 'info' : 'debug';
}

/** Notes an answered request; `error` is what broke, when nobody foresaw it. */
export function logRequest(logger: Logger, line: LogLine, error: unknown): void {
  const level = levelOf(line);
  if (!logger.isLevelEnabled(level)) return;
  if (error === undefined) logger[level](line, 'request');
  else logger[level]({ ...line, err: error }, 'request');
}

/** Notes that something which was to be done failed; it is named by ids. */
export function logTask(logger: Logger, task: string, error: unknown): void {
  logger.warn({ task, err: error }, 'task');
}

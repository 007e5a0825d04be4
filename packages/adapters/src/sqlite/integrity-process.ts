/** The program that checks a file for somebody else: its path, and how it is opened. It writes nothing. */
import { openReader } from './reader.ts';
import type { IntegrityAnswer } from './integrity.ts';

/** More faults than this are not told. */
const MOST_FAULTS = 100;

/** Where the pages of the indexes stay while the rows are looked up in them. */
const CACHE_KIB = 256 * 1_024;

const BUSY_MS = 5_000;

async function look(file: string, isFrozen: boolean): Promise<IntegrityAnswer> {
  try {
    const reader = openReader({ file, busyTimeoutMs: BUSY_MS, readOnly: true, isFrozen });
    await reader.query(`PRAGMA cache_size = -${CACHE_KIB}`);
    const found = (await reader.query(`PRAGMA integrity_check(${MOST_FAULTS})`)).map(([text]) => String(text));
    await reader.close();
    return { kind: 'looked', faults: found[0] === 'ok' ? [] : found };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

const [file = '', access = 'read'] = process.argv.slice(2);
// Whoever asked is gone: nobody wants to know any more.
process.once('disconnect', () => process.exit());
process.send?.(await look(file, access === 'frozen'), () => process.disconnect());

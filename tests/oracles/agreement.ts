import { spawnSync } from 'node:child_process';
import type { JournalVoids } from '@kakeibo/core';
import { differences } from './compare.ts';
import type { History, HistorySource } from './histories.ts';
import { tools, type Tool } from './tools.ts';

/** How many histories are compared; each has its number as seed. */
const RUNS = Number(process.env['KAKEIBO_ORACLE_RUNS'] ?? 200);
/** The first seed, to look at one history by itself. */
const FIRST_SEED = Number(process.env['KAKEIBO_ORACLE_SEED'] ?? 1);
/** So many histories go into one journal, since starting the tools costs more than reading; more make more accounts × months. */
const BATCH = 20;

/** Some histories that are exported together. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  readonly voids: JournalVoids;
}

/** Whether the tools are there: scripts/test.ts says in a line when not, and fails when everything is asked for. */
export const hasTools = ['hledger', 'ledger', 'bean-check', 'bean-query'].every(
  (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0,
);

/** The histories that are asked for, or a share of them. */
export function batchesOf(share = 1): readonly Batch[] {
  const runs = Math.ceil(RUNS * share);
  if (runs === 1) return (['clean', 'audit'] as const).map((voids) => ({ from: FIRST_SEED, to: FIRST_SEED, voids }));
  return Array.from({ length: Math.ceil(runs / BATCH) }, (_, at) => {
    const from = FIRST_SEED + at * BATCH;
    return { from, to: Math.min(from + BATCH, FIRST_SEED + runs) - 1, voids: at % 3 === 2 ? 'audit' : 'clean' };
  });
}

/** Where the tools and the slow figures differ, by tool: nothing, if all is well. */
export async function disagreements(
  source: HistorySource,
  { from, to, voids }: Batch,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const histories: History[] = [];
  for (let seed = from; seed <= to; seed += 1) histories.push(await source(seed));
  const found: (readonly [string, readonly string[]])[] = await Promise.all(
    tools.map(async (tool) => [tool.name, await differencesOf(tool, histories, voids)] as const),
  );
  found.push(['the ledger itself', histories.flatMap(({ seed, amiss = [] }) => amiss.map((line) => `${seed}: ${line}`))]);
  return Object.fromEntries(found.filter(([, lines]) => lines.length > 0).map(([name, lines]) => [name, lines.slice(0, 10)]));
}

/** The differences of a batch; where there are some, those of the first history in it that has them by itself. */
async function differencesOf(tool: Tool, histories: readonly History[], voids: JournalVoids): Promise<readonly string[]> {
  const together = await differences(tool, histories, voids);
  if (together.length === 0 || histories.length === 1) return together;
  for (const history of histories) {
    const alone = await differences(tool, [history], voids);
    if (alone.length > 0) return [`KAKEIBO_ORACLE_SEED=${history.seed} KAKEIBO_ORACLE_RUNS=1, voids ${voids}`, ...alone];
  }
  return together;
}

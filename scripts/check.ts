/** `npm run check [-- name …]`: types, lint, format, rooms, unused code, packages. Runs all of it and reports every finding. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, ROOT, run, type Ran } from './commands.ts';

/** Scripts of package.json, by stage. Those that do not lean on one another run side by side. */
const stages: readonly (readonly string[])[] = [
  ['check:types', 'check:format', 'check:lint', 'check:rooms', 'check:unused'],
  ['check:core', 'check:adapters', 'check:http'],
];

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

function report(name: string, { code, output, seconds }: Ran): void {
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)\n`);
  if (code !== 0) process.stdout.write(`${output.trim().replaceAll(/^/gm, '       ')}\n`);
}

/** Two at a time: as many as the smallest machine has processors. */
async function runStage(names: readonly string[]): Promise<boolean> {
  const waiting = [...names];
  let isClean = true;
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const ran = await run(scripts[name] ?? 'false');
      report(name, ran);
      isClean &&= ran.code === 0;
    }
  };
  await Promise.all([work(), work()]);
  return isClean;
}

const wanted = process.argv.slice(2);
await must('tsc -b');
let isClean = true;
for (const stage of stages) {
  const names = stage.filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  isClean = (await runStage(names)) && isClean;
}
process.exit(isClean ? 0 : 1);

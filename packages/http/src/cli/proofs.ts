import { z } from 'zod';
import { EXIT } from './failure.ts';
import { table } from './output.ts';
import type { Given } from './given.ts';

const finding = z.looseObject({ stream: z.string(), what: z.string() });
const verified = z.looseObject({ events: z.number(), findings: z.array(finding) });

/** `kakeibo verify`: 0 when everything agrees, 1 when something differs. */
export async function verify({ connection: { client }, output }: Given<object>): Promise<number> {
  const progress = output.progress('Verify');
  const answer = await client.follow('/verify', verified, { onProgress: progress.update }).finally(progress.stop);
  output.result(answer, () =>
    answer.findings.length === 0
      ? [`Every figure agrees with its ${answer.events} events.`]
      : [
          `${answer.findings.length} findings:`,
          ...table(
            ['stream', 'view', 'bucket', 'what'],
            answer.findings.map(({ stream, what, ...more }) => [stream, cell(more['view']), cell(more['bucket']), what]),
          ),
        ],
  );
  return answer.findings.length === 0 ? 0 : EXIT.refused;
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `kakeibo rebuild` */
export async function rebuild({ connection: { client }, output }: Given<object>): Promise<number> {
  const progress = output.progress('Rebuild');
  const answer = await client
    .follow('/rebuild', z.looseObject({ events: z.number() }), { onProgress: progress.update })
    .finally(progress.stop);
  output.result(answer, () => [`Worked every figure out anew from ${answer.events} events.`]);
  return 0;
}

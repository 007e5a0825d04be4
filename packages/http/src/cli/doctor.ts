import type { Diagnosis } from '@kakeibo/core';
import { EXIT, Failure } from './failure.ts';
import type { GivenTarget } from './given.ts';
import { table, type Output } from './output.ts';
import { configOf, openTarget, refuseUrl } from './target.ts';

/** `kakeibo doctor`: 0 when all is well, 1 when something is weak, 3 when something is bad. */
export async function doctor({ target, output }: GivenTarget<object>): Promise<number> {
  refuseUrl(target, 'doctor');
  const config = configOf(target);
  const findings = await examine(config, output);
  const worst = (['bad', 'weak'] as const).find((state) => findings.some((finding) => finding.state === state)) ?? 'ok';
  output.result({ store: config.store.shown, state: worst, findings }, () => [
    config.store.shown,
    ...table(
      ['state', 'what', 'found'],
      findings.map(({ state, what, message }) => [state, what, message]),
    ),
  ]);
  return { ok: 0, weak: EXIT.refused, bad: EXIT.broken }[worst];
}

/** A store that does not open is a finding too: the doctor is called for when something is wrong. */
async function examine(config: ReturnType<typeof configOf>, output: Output): Promise<readonly Diagnosis[]> {
  const waiting = output.waiting();
  try {
    const store = await openTarget(config, { access: 'read', create: false });
    try {
      return await store.diagnose({ onWait: (what, seconds) => waiting.tell(`Looking at the ${what}: ${seconds} s`) });
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.usage) throw error;
    return [{ what: 'store', state: 'bad', message: error instanceof Error ? error.message : String(error) }];
  } finally {
    waiting.stop();
  }
}

import { signal } from '@preact/signals';
import type { Finding, Verified, VerifyProgress } from '../api/verify-types.ts';
import type { Wallet } from '../api/types.ts';
import { instantInWords } from '../days/format-day.ts';
import { reasonOf } from '../state/toast.ts';
import { wallets } from '../state/wallets.ts';
import { findingInWords } from './finding-words.ts';
import { verify } from './verify-call.ts';

/** It goes on while one looks at other pages. */
type Run =
  | { readonly state: 'never' }
  | { readonly state: 'running'; readonly progress: VerifyProgress | undefined }
  | { readonly state: 'done'; readonly result: Verified; readonly at: string; readonly tookMs: number }
  | { readonly state: 'failed'; readonly reason: string };

const run = signal<Run>({ state: 'never' });

async function start(): Promise<void> {
  if (run.peek().state === 'running') return;
  run.value = { state: 'running', progress: undefined };
  const startedMs = performance.now();
  try {
    const result = await verify((progress) => (run.value = { state: 'running', progress }));
    run.value = { state: 'done', result, at: new Date().toISOString(), tookMs: performance.now() - startedMs };
  } catch (error) {
    run.value = { state: 'failed', reason: reasonOf(error) };
  }
}

const count = (number: number, one: string, many: string): string => `${number.toLocaleString()} ${number === 1 ? one : many}`;

/** Recomputes all that is shown from the events, and says whether it agrees. */
export function VerifySheet({ wallet }: { readonly wallet: Wallet }) {
  const now = run.value;
  const bad = now.state === 'done' && now.result.findings.length > 0;
  const ok = now.state === 'done' && !bad;
  return (
    <section class={bad ? 'sheet sheet--bad' : 'sheet'} aria-labelledby="verify-h">
      <div class={`verdict ${ok ? 'verdict--ok' : bad ? 'verdict--bad' : ''}`}>
        <Seal bad={bad} />
        <div role="status">
          <h2 id="verify-h">{headline(now)}</h2>
          <p>{explained(now)}</p>
        </div>
        <div class="row-actions">
          <button class="btn" type="button" aria-disabled={now.state === 'running'} onClick={() => void start()}>
            {now.state === 'done' ? 'Check again' : 'Check now'}
          </button>
          {now.state === 'done' && (
            <button class="btn" type="button" onClick={() => save(now.result, now.at)}>
              Save the report
            </button>
          )}
        </div>
      </div>
      {now.state === 'running' && <Progress progress={now.progress} />}
      {bad && <Findings result={now.result} />}
      {now.state === 'done' && (
        <p class="quiet sheet__foot">
          Checked {instantInWords(now.at, wallet.zone, wallet.today)} in {(now.tookMs / 1000).toFixed(1)} s, over all wallets.
        </p>
      )}
    </section>
  );
}

function Seal({ bad }: { readonly bad: boolean }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={bad ? 'M6.500 5.500l6.500 6.500M13 5.500l-6.500 6.500' : 'M5.500 9l3 3 6-6.500'} />
      <path d="M3.500 15.500h13M3.500 17.500h13" />
    </svg>
  );
}

function headline(now: Run): string {
  if (now.state === 'running') return 'Adding everything up again';
  if (now.state === 'failed') return 'Not checked';
  if (now.state === 'never') return 'Check my books';
  const { findings, more } = now.result;
  return findings.length === 0 ? 'Everything agrees' : `${count(findings.length + more, 'thing does', 'things do')} not agree`;
}

function explained(now: Run): string {
  if (now.state === 'failed') return now.reason;
  if (now.state !== 'done') return 'Every figure is recomputed from the events. Nothing is changed by it, and booking goes on.';
  const { events, findings, buckets, unchecked } = now.result;
  if (findings.length > 0) return 'Nothing has been changed by this check, and booking goes on.';
  const stored = buckets === 0 ? '' : ` ${count(buckets, 'stored figure is', 'stored figures are')} what the events come to.`;
  const left =
    unchecked.length === 0 ? '' : ` ${count(unchecked.length, 'stored view', 'stored views')} of other programs were left out.`;
  return `${count(events, 'event is', 'events are')} complete and in order, and every figure is the sum of its entries.${stored}${left}`;
}

function Progress({ progress }: { readonly progress: VerifyProgress | undefined }) {
  const share = progress === undefined || progress.total === 0 ? 0 : Math.min(100, (progress.done / progress.total) * 100);
  return (
    <div class="booking">
      <div
        class="progress"
        role="progressbar"
        aria-label="Checking"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share)}
      >
        <i style={{ '--len': `${share}%` }} />
      </div>
      <p class="quiet">
        {progress === undefined
          ? 'Reading the events.'
          : `${progress.done.toLocaleString()} of ${progress.total.toLocaleString()}${progress.stage === 'log' ? ' events' : ' stored figures'}.`}
      </p>
    </div>
  );
}

const MOST = 50;

function walletOf(stream: string): string {
  return wallets.value.value?.find(({ id }) => stream.endsWith(id))?.name ?? stream;
}

function Findings({ result }: { readonly result: Verified }) {
  const rest = result.findings.length + result.more - MOST;
  return (
    <>
      <table class="tbl fold-table findings">
        <caption class="sr">What does not agree</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">Should be</th>
            <th scope="col">Is</th>
          </tr>
        </thead>
        <tbody>
          {result.findings.slice(0, MOST).map((finding, index) => (
            <FindingRow key={index} finding={finding} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p class="quiet">{rest.toLocaleString()} more are in the report.</p>}
    </>
  );
}

function FindingRow({ finding }: { readonly finding: Finding }) {
  const { said, where } = findingInWords(finding);
  return (
    <tr>
      <th scope="row">{said}</th>
      <td data-l="Where">
        {walletOf(finding.stream)}
        {where !== '' && `, ${where}`}
      </td>
      <td class="mono" data-l="Should be">
        {finding.expected ?? '—'}
      </td>
      <td class="mono" data-l="Is">
        {finding.found ?? '—'}
      </td>
    </tr>
  );
}

/** Gives the report as a file. */
function save(result: Verified, at: string): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify({ checkedAt: at, ...result }, null, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `kakeibo-check-${at.slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
